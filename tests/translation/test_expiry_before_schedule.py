"""An expiry leaves what is scheduled; an editor who unpublishes is told what that cancels."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from pages.models import Concern
from tests.factories import ConcernFactory, ContentPageFactory
from tests.translation.desk.reading import log_in


def make_page() -> Any:
    return ContentPageFactory(parent=Page.objects.get(slug="hem"))


@pytest.fixture(params=[make_page, ConcernFactory])
def instance(db: None, request: pytest.FixtureRequest) -> Any:
    make: Callable[[], Any] = request.param
    made = make()
    return type(made).objects.get(pk=made.pk)


def run() -> None:
    call_command("publish_scheduled", verbosity=0)


def schedule(instance: Any, name: str, **of: int) -> Any:
    """Schedule a version with a new name for a time from now on; return its revision."""
    setattr(instance, "title" if isinstance(instance, Page) else "name", name)
    time = timezone.now() + timedelta(**of)
    instance.go_live_at = time
    return instance.save_revision(approved_go_live_at=time)


def expire(instance: Any, **ago: int) -> None:
    past = timezone.now() - timedelta(**ago)
    type(instance).objects.filter(pk=instance.pk).update(expire_at=past)


def current(instance: Any) -> Any:
    return type(instance).objects.get(pk=instance.pk)


def test_an_expiry_leaves_what_is_scheduled(instance: Any) -> None:
    revision = schedule(instance, "Efterföljaren", days=2)
    time = revision.approved_go_live_at
    expire(instance, minutes=1)
    run()
    now = current(instance)
    assert (now.live, now.expired) == (False, True)
    assert now.scheduled_revision.approved_go_live_at == time
    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    run()
    now = current(instance)
    assert (now.live, now.expired, str(now)) == (True, False, "Efterföljaren")


def test_both_are_due_in_one_run(instance: Any) -> None:
    schedule(instance, "Efterföljaren", minutes=-1)
    expire(instance, minutes=5)
    run()
    now = current(instance)
    assert (now.live, str(now)) == (True, "Efterföljaren")


def unpublish(client: Client, concern: Any, data: dict[str, str]) -> str:
    url = reverse(type(concern).snippet_viewset.get_url_name("unpublish"), args=[concern.pk])
    return client.post(url, data, follow=True).content.decode()


def test_who_unpublishes_a_snippet_is_told_what_is_cancelled(db: None) -> None:
    concern = ConcernFactory()
    schedule(concern, "Efterföljaren", days=2)
    told = unpublish(log_in("admin"), concern, {})
    assert not current(concern).live
    assert current(concern).scheduled_revision is None
    assert "that was to go live" in told


def test_nothing_is_told_where_nothing_is_scheduled(db: None) -> None:
    concern = ConcernFactory()
    assert "that was to go live" not in unpublish(log_in("admin"), concern, {})
    assert not current(concern).live


def test_of_a_translation_that_is_unpublished_with_its_original(db: None) -> None:
    concern = Concern.objects.filter(locale__language_code="sv", live=True).first()
    target = concern.get_translation(Locale.objects.get(language_code="en"))
    schedule(target, "Successor", days=2)
    told = unpublish(log_in("admin"), concern, {"translations": "same"})
    assert not current(target).live
    assert f"“{current(target)}” that was to go live" in told


def test_a_page_keeps_its_schedule_since_it_cannot_be_unpublished(db: None) -> None:
    page = make_page()
    schedule(current(page), "Efterföljaren", days=2)
    log_in("admin").post(f"/admin/pages/{page.pk}/unpublish/")
    assert current(page).live
    assert current(page).scheduled_revision is not None
