"""Refuse to let pages become public that lack what their type is for.

Drafts may lack it. Whatever publishes ends in saving the page, so a step of `cms.saving` decides,
as `cms.review.gate` and the guard of translations do. Forms ask before, to show each message at its
field; publications for several pages and at a set time ask before, to tell it in words.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.models import Revision

from cms.core.changes import Change

from .content_digest import shows_content


class MustBeComplete:
    """Mixin of page types that cannot be published without some of their content."""

    def publication_errors(self) -> Mapping[str, list[str]]:
        """Return what the page lacks, in the active language, by the name of the field."""
        raise NotImplementedError


def check_complete(change: Change) -> None:
    """Raises ValidationError where an incomplete page would be public."""
    model = getattr(change.after, "specific_class", None) or type(change.after)
    if not issubclass(model, MustBeComplete):
        return
    if change.fields is None or shows_content(change.after, change.fields):
        refuse_incomplete(change.content, change.before)


def check_scheduled(change: Change) -> None:
    """Raises ValidationError for the publication time of a revision that is not complete."""
    revision: Revision = change.after
    model: Any = revision.content_type.model_class()
    if revision.approved_go_live_at is not None and issubclass(model, MustBeComplete):
        check_publication(revision.as_object())


def check_publication(instance: Any) -> None:
    """Check a page that is about to be published as it is. Raises ValidationError."""
    if isinstance(instance, MustBeComplete) and (errors := instance.publication_errors()):
        raise _refusal(errors)


def refuse_incomplete(instance: Any, before: Any | None) -> None:
    """Refuse an incomplete page that is live, unless it is live already with the same content.

    Such a page was published before its type had to be complete, and may be moved.

    Raises ValidationError, which names no field: wagtail-localize would take the texts of that
    field for faulty.
    """
    if not instance.live:
        return
    errors = instance.publication_errors()
    if not errors:
        return
    if before is not None and before.live and before.content_digest() == instance.content_digest():
        return
    raise _refusal(errors)


def _refusal(errors: Mapping[str, list[str]]) -> ValidationError:
    return ValidationError(
        {NON_FIELD_ERRORS: [text for texts in errors.values() for text in texts]}
    )
