"""A purge of old revisions keeps those that are live, and what is live stays so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from tests.factories import ConcernFactory, ContentPageFactory


@pytest.fixture(params=["page", "snippet"])
def live(db: None, request: pytest.FixtureRequest) -> Any:
    """Return a page or snippet that is live, with an older version and with a draft."""
    if request.param == "page":
        made = ContentPageFactory(parent=Page.objects.get(slug="hem"))
    else:
        made = ConcernFactory()
    for _time in range(2):
        current(made).save_revision().publish()
    current(made).save_revision()
    return current(made)


@pytest.fixture(autouse=True)
def by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Delete each revision in a transaction of its own, as the command does outside of tests."""
    delete = Revision.delete

    def delete_by_itself(revision: Revision) -> Any:
        with transaction.atomic():
            return delete(revision)

    monkeypatch.setattr(Revision, "delete", delete_by_itself)


def current(instance: Any) -> Any:
    return type(instance).objects.get(pk=instance.pk)


def test_a_purge_leaves_what_is_live(live: Any) -> None:
    revision = live.live_revision_id
    older = live.revisions.exclude(pk__in=[revision, live.latest_revision_id])
    assert older.exists()
    call_command("purge_revisions", verbosity=0)
    assert current(live).live_revision_id == revision
    assert not older.exists()


def test_a_version_that_is_scheduled_after_a_purge_leaves_what_is_live(live: Any) -> None:
    call_command("purge_revisions", verbosity=0)
    draft = current(live)
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision().publish()
    assert current(live).live
    assert current(live).scheduled_revision is not None


def test_revisions_go_with_what_they_are_of(live: Any) -> None:
    revision = live.live_revision_id
    live.delete()
    assert not Revision.objects.filter(pk=revision).exists()


def schedule(revision: Any, days: int = 2) -> None:
    revision.content["go_live_at"] = (timezone.now() + timedelta(days=days)).isoformat()
    revision.save()
    current(revision).publish()


def come_due(instance: Any) -> None:
    past = timezone.now() - timedelta(minutes=1)
    scheduled = instance.revisions.get(approved_go_live_at__isnull=False)
    scheduled.content["go_live_at"] = past.isoformat()
    scheduled.approved_go_live_at = past
    scheduled.save()
    call_command("publish_scheduled", verbosity=0)


def test_a_draft_of_a_purged_live_version_is_scheduled(live: Any) -> None:
    """Its content names the version that was live when it was written."""
    draft, old = live.latest_revision, live.live_revision
    live.save_revision().publish()
    old.delete()
    schedule(draft)
    assert current(live).live
    assert current(live).live_revision_id not in (None, old.pk)
    come_due(live)
    assert current(live).live_revision_id == draft.pk


def test_what_lost_its_live_version_in_an_earlier_purge_stays_live(live: Any) -> None:
    name = "title" if isinstance(live, Page) else "name"
    shown = getattr(live, name)
    type(live).objects.filter(pk=live.pk).update(live_revision=None)
    draft = current(live)
    setattr(draft, name, "Ny text")
    revision = draft.save_revision()
    schedule(revision)
    assert (current(live).live, getattr(current(live), name)) == (True, shown)
    assert getattr(current(live).live_revision.as_object(), name) == shown
    assert current(live).latest_revision_id == revision.pk
    call_command("purge_revisions", verbosity=0)
    come_due(live)
    assert (current(live).live, getattr(current(live), name)) == (True, "Ny text")


def test_a_scheduled_version_survives_a_purge_and_goes_live(live: Any) -> None:
    name = "title" if isinstance(live, Page) else "name"
    draft = current(live)
    setattr(draft, name, "Ny text")
    schedule(draft.save_revision())
    # Not the latest any more.
    current(live).save_revision()
    call_command("purge_revisions", verbosity=0)
    come_due(live)
    assert getattr(current(live), name) == "Ny text"
