"""Due content is published once, also with concurrent publications, and after others' failures."""

from collections.abc import Callable, Iterator
from concurrent.futures import wait
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.signals import published

from cms.journal.models import ContentChange
from cms.journal.version import current_version
from cms.translation.management.commands import publish_scheduled
from pages.models import Concern, ContentPage
from tests.factories import ConcernFactory, ContentPageFactory
from tests.journal.parallel import Parallel, copy_of_the_database

Run = Callable[[], None]


def run() -> None:
    call_command("publish_scheduled", verbosity=0)


def schedule(instance: Any, name: str, minutes: int = 5) -> Any:
    """Set a new name to be published some minutes ago; gives the revision."""
    setattr(instance, "title" if isinstance(instance, Page) else "name", name)
    past = timezone.now() - timedelta(minutes=minutes)
    return instance.save_revision(approved_go_live_at=past)


def make_page(**fields: Any) -> Any:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), **fields)
    return ContentPage.objects.get(pk=page.pk)


def expire(instance: Any) -> None:
    past = timezone.now() - timedelta(minutes=1)
    type(instance).objects.filter(pk=instance.pk).update(expire_at=past)


class Due:
    """A page and a concern to be published, and one of each that have expired."""

    def __init__(self) -> None:
        self.page, self.concern = make_page(), ConcernFactory()
        schedule(self.page, "Ny titel")
        schedule(self.concern, "Nytt namn")
        self.old_page, self.old_concern = make_page(), ConcernFactory()
        expire(self.old_page)
        expire(self.old_concern)
        self.start = current_version()

    def check_done_once(self) -> None:
        assert Page.objects.get(pk=self.page.pk).title == "Ny titel"
        assert Concern.objects.get(pk=self.concern.pk).name == "Nytt namn"
        for instance, action in (
            (self.page, "published"),
            (self.concern, "published"),
            (self.old_page, "unpublished"),
            (self.old_concern, "unpublished"),
        ):
            rows = ContentChange.objects.filter(version__gt=self.start, object_id=instance.pk)
            kind = "page" if isinstance(instance, Page) else "snippet"
            assert [row.action for row in rows.filter(kind=kind)] == [action], instance
            log = f"wagtail.{action.removesuffix('ed')}.scheduled"
            entries = PageLogEntry if isinstance(instance, Page) else ModelLogEntry
            assert entries.objects.for_instance(instance).filter(action=log).count() == 1


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], None]:
    """Does something when a run knows what is due, and has done nothing of it."""

    def interrupt(work: Run) -> None:
        find = publish_scheduled.find_due

        def find_then_work() -> Any:
            monkeypatch.setattr(publish_scheduled, "find_due", find)
            found = find()
            work()
            return found

        monkeypatch.setattr(publish_scheduled, "find_due", find_then_work)

    return interrupt


@pytest.mark.django_db
def test_a_second_run_that_overtakes_the_first(meanwhile: Callable[[Run], None]) -> None:
    due = Due()
    meanwhile(run)
    run()
    due.check_done_once()


@pytest.mark.django_db
def test_an_editor_who_publishes_meanwhile_has_the_last_word(
    meanwhile: Callable[[Run], None],
) -> None:
    page = make_page()
    schedule(page, "Till klockan tio")

    def edit() -> None:
        page.title = "Skrivet efteråt"
        page.save_revision().publish()

    meanwhile(edit)
    run()
    page.refresh_from_db()
    assert (page.title, page.has_unpublished_changes) == ("Skrivet efteråt", False)


@pytest.mark.django_db
def test_what_an_editor_takes_back_or_puts_off_meanwhile(meanwhile: Callable[[Run], None]) -> None:
    pages = [make_page() for _number in range(3)]
    revisions = [schedule(page, "Ny titel") for page in pages]

    def take_back() -> None:
        pages[0].revisions.update(approved_go_live_at=None)
        later = timezone.now() + timedelta(hours=1)
        pages[1].revisions.filter(pk=revisions[1].pk).update(approved_go_live_at=later)
        pages[2].delete()

    meanwhile(take_back)
    run()
    assert "Ny titel" not in Page.objects.values_list("title", flat=True)


@pytest.mark.django_db
def test_an_expiry_that_is_put_off_meanwhile() -> None:
    page = make_page()
    expire(page)
    ((_name, key),) = publish_scheduled.find_expired()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    publish_scheduled.unpublish(*key)
    assert Page.objects.get(pk=page.pk).live


@pytest.mark.django_db
def test_one_that_fails_stays_due_and_stops_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    broken = make_page()
    schedule(broken, "Trasig", minutes=60)
    due = Due()
    version = current_version()

    def fail(instance: Any, **kwargs: Any) -> None:
        if instance.pk == broken.pk and isinstance(instance, Page):
            raise RuntimeError("The disk is full")

    published.connect(fail)
    try:
        with pytest.raises(CommandError, match="Trasig"):
            run()
    finally:
        published.disconnect(fail)
    assert "The disk is full" in capsys.readouterr().err
    due.check_done_once()
    # Half of it is nothing of it: neither the page nor its row in the journal.
    assert Page.objects.get(pk=broken.pk).title != "Trasig"
    assert not ContentChange.objects.filter(version__gt=version, object_id=broken.pk).exists()
    run()
    assert Page.objects.get(pk=broken.pk).title == "Trasig"
    assert current_version() == version + 5


@pytest.mark.django_db
def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    due = Due()
    call_command("publish_scheduled", dryrun=True)
    assert current_version() == due.start
    assert "Ny titel" in capsys.readouterr().out


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Parallel]:
    with django_db_blocker.unblock(), copy_of_the_database("scheduled") as parallel:
        yield parallel


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite lets one transaction write at a time, so no two can interleave.",
)
def test_runs_and_editors_at_the_same_moment(
    database: Parallel, monkeypatch: pytest.MonkeyPatch
) -> None:
    due: Due = database.run(Due)
    edited = database.run(make_page)
    database.run(lambda: schedule(edited, "Till klockan tio"))
    everybody = Barrier(4)
    find = publish_scheduled.find_due

    def find_together() -> Any:
        found = find()
        everybody.wait(timeout=20)
        return found

    def edit() -> None:
        page = ContentPage.objects.get(pk=edited.pk)
        everybody.wait(timeout=20)
        page.title = "Skrivet efteråt"
        page.save_revision().publish()

    monkeypatch.setattr(publish_scheduled, "find_due", find_together)
    running = [database.start(work) for work in (run, run, run, edit)]
    wait(running, timeout=60)
    for one in running:
        one.result()
    database.run(due.check_done_once)
    assert database.run(lambda: Page.objects.get(pk=edited.pk).title) == "Skrivet efteråt"
