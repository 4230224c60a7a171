"""Keeps the slugs of pages that have one parent apart, also where two requests write at once.

Wagtail asks whether a slug is free and writes it later, under no lock: of two requests each can
ask before the other one writes. The table has no constraint either, and visitors of an address
that two pages have get an error of the server.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.changes import Change


def lock_children(parent: Page) -> None:
    """Wait for others who add, move or rename pages below a page, and take its number of children.

    Holds until the end of the transaction; without one, nothing is locked. Locks the parent's row,
    as treebeard does where it adds or moves a page.
    """
    if connection.in_atomic_block:
        parent.numchild = _locked().get(pk=parent.pk).numchild


def lock_if_renamed(page: Page, slug: str, parent: Page) -> None:
    """Lock the pages below a parent where a page is about to get another slug there.

    Takes the page as its form has loaded it: as its latest draft is.
    """
    if page.pk and slug == page.slug and not page.has_unpublished_changes:
        return
    if not Page.objects.filter(pk=page.pk, slug=slug).exists():
        lock_children(parent)


def keep_slug_apart(change: Change) -> None:
    """Check the slug of a page that is new, moved or renamed once more, when it is its turn.

    Raises ValidationError for the field, as the validation of a page does.
    """
    page, old = change.after, change.before
    if change.is_housekeeping or (change.fields is not None and "slug" not in change.fields):
        return
    if old is not None and change.part_of is None and old.slug == page.slug:
        return
    # The page may know its parent from before it was moved. A root has none.
    parent = _locked().filter(path=page.path[: -page.steplen]).first()
    if parent is None:
        return
    if Page.objects.child_of(parent).not_page(page).filter(slug=page.slug).exists():
        raise slug_taken(page.slug)


def slug_taken(slug: str) -> ValidationError:
    """Return the error of a page whose slug another page below the same parent has."""
    words = _("The slug “%(slug)s” is already in use by another page here.")
    return ValidationError({"slug": words % {"slug": slug}})


def _locked() -> Any:
    return Page.objects.select_for_update(no_key=True)
