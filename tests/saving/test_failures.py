"""Test that a save, move or deletion that fails or repeats does not mislead the next one."""

import contextvars
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.models import Collection, Locale, Page, PageViewRestriction

from cms.journal.models import ContentChange
from faq.models import FaqTopic
from pages.models import ContentPage, HomePage, TherapyMethodIndexPage, TherapyMethodPage

pytestmark = pytest.mark.django_db


class Interrupted(Exception):
    """Raised by the receivers of these tests."""


def interrupt(**kwargs: Any) -> None:
    raise Interrupted


def save_and_fail(instance: Any) -> None:
    """Save an instance in a transaction that is rolled back."""
    with transaction.atomic():
        instance.save()
        raise Interrupted


@contextmanager
def receiver(signal: Any, function: Callable[..., None], sender: Any) -> Iterator[None]:
    signal.connect(function, sender=sender)
    try:
        yield
    finally:
        signal.disconnect(function, sender=sender)


class Journal:
    """Rows of the journal since this was made."""

    def __init__(self) -> None:
        latest = ContentChange.objects.order_by("-version").first()
        self.start = latest.version if latest else 0

    def rows(self, *names: str) -> list[tuple[Any, ...]]:
        rows = ContentChange.objects.filter(version__gt=self.start).order_by("version")
        return list(rows.values_list(*names))


def ipt(locale: Locale) -> TherapyMethodPage:
    found: TherapyMethodPage = TherapyMethodPage.objects.get(slug="ipt", locale=locale)
    return found


def home(locale: Locale) -> Page:
    return Page.objects.get(pk=HomePage.objects.get(locale=locale).pk)


def test_a_move_that_failed_is_not_taken_for_one_by_another_worker(sv: Locale) -> None:
    page = ipt(sv)
    with receiver(post_save, interrupt, Page), pytest.raises(Interrupted), transaction.atomic():
        page.move(home(sv), pos="last-child")
    # What is under way is kept for each context by itself, as for each thread.
    again = Page.objects.get(pk=page.pk).move
    contextvars.Context().run(again, home(sv), pos="last-child")
    journal = Journal()
    ipt(sv).unpublish()
    assert journal.rows("action", "path", "withdrawn") == [("unpublished", "/ipt/", True)]


def test_a_move_whose_redirects_fail_has_ended(sv: Locale, monkeypatch: Any) -> None:
    monkeypatch.setattr("wagtail.contrib.redirects.signal_handlers.create_redirects", interrupt)
    page = ipt(sv)
    with pytest.raises(Interrupted):
        page.move(home(sv), pos="last-child")
    journal = Journal()
    ipt(sv).unpublish()
    assert journal.rows("action", "path", "withdrawn") == [("unpublished", "/ipt/", True)]


@pytest.mark.parametrize("how", ["new", "rolled back", "copied"])
def test_a_new_language_is_set_up(sv: Locale, how: str, monkeypatch: Any) -> None:
    calls: list[int] = []
    monkeypatch.setattr("cms.review.setting_up.set_up_languages", lambda: calls.append(1))
    locale = Locale(language_code="fi")
    if how == "rolled back":
        with pytest.raises(Interrupted):
            save_and_fail(locale)
        calls.clear()
    if how == "copied":
        locale = Locale.objects.get(pk=sv.pk)
        locale.pk, locale.language_code = None, "fi"
    locale.save()
    assert calls == [1]


def test_translators_may_work_on_a_copied_home_page(sv: Locale, monkeypatch: Any) -> None:
    calls: list[int] = []
    monkeypatch.setattr("cms.review.setting_up.permit_on_home_page", lambda page: calls.append(1))
    page = HomePage.objects.get(locale=sv)
    last = Page.objects.get(depth=1).get_children().order_by("path").last()
    page.pk = page.id = page.page_ptr_id = None
    page.slug, page.translation_key, page.numchild = "h2", uuid.uuid4(), 0
    page.path = last._inc_path()
    page.save()
    assert calls == [1]


@pytest.mark.parametrize("how", ["copied by its key", "rolled back", "interrupted"])
def test_a_copy_in_another_language_is_a_draft(sv: Locale, en: Locale, how: str) -> None:
    topic = FaqTopic.objects.create(locale=sv, name="Nytt ämne", slug="nytt-amne")
    if how == "copied by its key":
        copy = FaqTopic.objects.get(pk=topic.pk)
        copy.pk, copy.locale = None, en
        copy.save()
        assert not FaqTopic.objects.get(pk=copy.pk).live
        return
    copy = topic.copy_for_translation(en)
    if how == "rolled back":
        with pytest.raises(Interrupted):
            save_and_fail(copy)
    else:
        interrupted = receiver(post_save, interrupt, FaqTopic)
        with interrupted, pytest.raises(Interrupted), transaction.atomic():
            copy.save()
    copy.save()
    again = FaqTopic.objects.get(pk=copy.pk)
    again.live = True
    with pytest.raises(ValidationError):
        again.save()


def test_a_collection_saved_under_its_key_is_no_new_one(db: None) -> None:
    collection = Collection.get_first_root_node().add_child(name="P")
    journal = Journal()
    Collection(
        pk=collection.pk, name="Q", path=collection.path, depth=collection.depth, numchild=0
    ).save()
    assert journal.rows("action", "kind") == [("changed", "collection")]


@pytest.mark.parametrize("signal", [pre_save, post_save])
def test_a_lock_saved_during_a_save_takes_nothing_from_it(sv: Locale, signal: Any) -> None:
    done: list[int] = []

    def save_lock(instance: Any, **kwargs: Any) -> None:
        if not done:
            done.append(1)
            instance.save(update_fields=["locked"])

    page = ipt(sv)
    journal = Journal()
    with receiver(signal, save_lock, TherapyMethodPage):
        page.title, page.change_weight = "x", "meaning"
        page.save()
    paths = [path for (path,) in journal.rows("path")]
    assert paths == ["/terapimetoder/ipt/", "/en/therapy-methods/ipt/"]


def test_a_deletion_during_another_ends_neither(sv: Locale) -> None:
    index = TherapyMethodIndexPage.objects.get(locale=sv)
    other = ContentPage.objects.filter(locale=sv).exclude(path__startswith=index.path)[0]
    PageViewRestriction.objects.create(page=Page.objects.get(pk=index.pk), restriction_type="login")
    done: list[int] = []

    def delete_too(instance: Any, **kwargs: Any) -> None:
        if not done:
            done.append(1)
            Page.objects.filter(pk=other.pk).delete()

    journal = Journal()
    with receiver(pre_delete, delete_too, Page):
        index.delete()
    assert sorted(journal.rows("action", "path")) == [
        ("deleted", f"/{other.slug}/"),
        ("deleted", "/terapimetoder/"),
        # It stays as private as its original was.
        ("restricted", "/en/therapy-methods/"),
    ]
