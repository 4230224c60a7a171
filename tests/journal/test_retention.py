"""Tests that old rows are pruned, and that readers are told that rows are missing."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Site

from cms.journal import retention
from cms.journal.models import ContentChange, JournalCounter
from cms.journal.version import current_version
from tests.factories import ConcernFactory
from tests.journal.conftest import Journal
from tests.reading import Api


def make_old(version: int, days: int) -> None:
    """Move all changes up to a version some days into the past."""
    time = timezone.now() - timedelta(days=days)
    ContentChange.objects.filter(version__lte=version).update(time=time)


def test_old_changes_are_deleted_and_new_ones_kept(api: Api, journal: Journal) -> None:
    ConcernFactory.create_batch(3)
    make_old(journal.start + 1, days=91)
    call_command("prune_journal", verbosity=0)
    assert ContentChange.objects.first().version == journal.start + 2
    problem = api.problem("changes/", since=journal.start)
    assert problem["status"] == 410
    assert f"go on from version {journal.start + 3}" in problem["detail"]
    answer = api.get("changes/", since=journal.start + 1)
    assert [item["version"] for item in answer["items"]] == [journal.start + 2, journal.start + 3]


def test_days_can_be_chosen(journal: Journal) -> None:
    make_old(journal.start, days=5)
    call_command("prune_journal", verbosity=0)
    call_command("prune_journal", days=6, verbosity=0)
    assert ContentChange.objects.count() == journal.start
    call_command("prune_journal", days=4, verbosity=0)
    assert ContentChange.objects.count() == 0


def test_an_emptied_journal_remembers_how_far_it_was(api: Api, journal: Journal) -> None:
    call_command("prune_journal", days=0, verbosity=0)
    assert current_version() == journal.start
    assert api.problem("changes/", since=journal.start - 1)["status"] == 410
    assert api.get("changes/", since=journal.start)["items"] == []
    ConcernFactory()
    (item,) = journal.feed()
    assert item["version"] == journal.start + 1


def test_pruning_again_changes_nothing(api: Api, journal: Journal) -> None:
    make_old(journal.start, days=91)
    ConcernFactory()
    call_command("prune_journal", verbosity=0)
    call_command("prune_journal", verbosity=0)
    assert [item["version"] for item in journal.feed()] == [journal.start + 1]


@pytest.mark.parametrize("option", ["days", "hold_days"])
def test_days_are_not_negative(site: Site, option: str) -> None:
    name = option.replace("_", "-")
    with pytest.raises(CommandError, match=f"--{name} must be 0 or more"):
        call_command("prune_journal", **{option: -1})


def test_the_command_line(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    make_old(journal.start - 1, days=3)
    call_command("prune_journal", "--days", "2", "--hold-days", "2")
    assert f"Rows deleted: {journal.start - 1}." in capsys.readouterr().out
    call_command("prune_journal", verbosity=0)
    assert not capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("prune_journal", "--help")
    said = " ".join(capsys.readouterr().out.split())
    assert "--days DAYS how many days to keep (default: 90)" in said
    assert "--hold-days HOLD_DAYS how many days to keep what" in said
    assert "has yet to be told (default: 180)" in said


def test_what_a_reader_has_yet_to_read_is_held(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = journal.start - 5
    monkeypatch.setattr(retention, "_cursors", [])
    for cursor in (lambda: None, lambda: read, lambda: read + 2):
        retention.register_cursor(cursor)
    make_old(journal.start, days=179)
    call_command("prune_journal", verbosity=0)
    assert ContentChange.objects.first().version == read + 1
    assert JournalCounter.objects.get().floor == read
    make_old(journal.start - 2, days=181)
    call_command("prune_journal", verbosity=0)
    assert ContentChange.objects.first().version == journal.start - 1
    make_old(journal.start, days=30)
    retention.prune(timezone.now() - timedelta(days=20))
    assert ContentChange.objects.first().version == journal.start - 1
