"""Test `Change`: its fields, and that nothing is taken over from a save that failed."""

from typing import Any

import pytest
from django.db import DatabaseError
from wagtail.models import Page

from cms.core.changes import Change
from cms.journal.models import ContentChange
from cms.journal.version import current_version
from pages.models import TherapyMethodPage

pytestmark = pytest.mark.django_db


class Note:
    pass


@pytest.fixture
def page() -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")


def rows_since(version: int) -> list[tuple[str, str]]:
    changes = ContentChange.objects.filter(version__gt=version)
    return [(change.action, change.kind) for change in changes]


def test_notes_are_kept_by_their_type() -> None:
    change = Change(after=None)
    assert change.recall(Note) is None
    note = Note()
    change.remember(note)
    assert change.recall(Note) is note


def test_a_page_that_is_saved_by_the_base_class_is_seen_as_its_own_type(page: Any) -> None:
    base = Page.objects.get(pk=page.pk)
    base.title = "Ny titel"
    base.slug = "annan"
    content = Change(after=base, fields=["title"]).content
    assert isinstance(content, TherapyMethodPage)
    assert (content.title, content.slug) == ("Ny titel", "ipt")


def test_a_save_by_the_base_class_takes_all_steps(page: Any) -> None:
    start = current_version()
    base = Page.objects.get(pk=page.pk)
    base.title = "Ny titel"
    base.save()
    assert ("published", "page") in rows_since(start)
    translation = page.get_translations().get().specific
    assert translation.title != "Ny titel"


def test_a_failed_save_leaves_nothing_for_the_next(page: Any, monkeypatch: Any) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError

    start = current_version()
    page.heading = "Annan rubrik"
    with monkeypatch.context() as patched:
        patched.setattr(TherapyMethodPage, "_save_table", fail)
        with pytest.raises(DatabaseError):
            page.save()
    page.save(update_fields=["latest_revision"], clean=False)
    assert rows_since(start) == []


def test_a_save_leaves_no_change_on_the_instance(page: Any) -> None:
    page.heading = "Annan rubrik"
    page.save()
    assert not [name for name in vars(page) if name.startswith("_pending")]
