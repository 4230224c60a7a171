"""Refuse to publish pages about health in a language without confirmed crisis help.

Whatever publishes ends in saving the object, so these steps of `cms.saving` decide before the
write. Crisis help itself stays as long as such a page is live in its language.
"""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, get_page_models

from cms.content.clinical_review import ClinicalPage
from cms.core.changes import Change
from cms.core.i18n import language_in_sentence
from cms.public.visibility import is_live, live_q
from pages.crisis_help import CrisisHelpState, crisis_help_states
from pages.models import SiteFurniture


def check_crisis_help(change: Change) -> None:
    """Refuse a page that goes live without confirmed crisis help in its language.

    What is live already may be saved, moved and told of. Raises ValidationError.
    """
    page = change.after
    if change.is_housekeeping or not page.live or not _needs_help(page.specific_class):
        return
    if _is_published_by(change):
        check_confirmed(page)


def check_schedule(change: Change) -> None:
    """Refuse a publication time where the crisis help is not confirmed; that is asked then too.

    Raises ValidationError.
    """
    revision: Revision = change.after
    is_timed = revision.approved_go_live_at is not None
    if is_timed and _needs_help(revision.content_type.model_class()):
        check_confirmed(revision.as_object())


def check_confirmed(page: Any) -> None:
    """Raises ValidationError where the crisis help of a page's language is not confirmed."""
    (state,) = crisis_help_states(page.locale)
    if not state.is_confirmed():
        raise ValidationError({NON_FIELD_ERRORS: [_refusal(page, state)]})


def check_help_stays(change: Change) -> None:
    """Refuse to take crisis help away from live pages about health. Raises ValidationError.

    That is to unpublish it, to let it expire, and to leave no telephone number in it.
    """
    furniture: SiteFurniture = change.after
    if change.fields is not None and not {"live", "expire_at"} & {*change.fields}:
        return
    if furniture.live and furniture.expire_at is None and furniture.has_crisis_help:
        return
    before = change.before
    if before is None or not before.live or not before.has_crisis_help:
        return
    _refuse_to_take_from_pages(furniture)


def check_help_is_not_deleted(change: Change) -> None:
    """Refuse to delete the crisis help of live pages about health. Raises ValidationError."""
    if change.before is not None and change.before.live:
        _refuse_to_take_from_pages(change.before)


def live_clinical_pages() -> Any:
    """Return the live pages of the types that need crisis help beside them, as `Page`s."""
    keys = [
        model._meta.model_name for model in get_page_models() if issubclass(model, ClinicalPage)
    ]
    return Page.objects.filter(live_q(), content_type__model__in=keys, alias_of=None)


def _needs_help(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, ClinicalPage)


def _is_published_by(change: Change) -> bool:
    before, page = change.before, change.after
    if before is None or not is_live(before) or before.alias_of_id != page.alias_of_id:
        # Also one whose time was over.
        return is_live(page)
    return change.fields is None and before.live_revision_id != page.live_revision_id


def _refuse_to_take_from_pages(furniture: SiteFurniture) -> None:
    if not live_clinical_pages().filter(locale=furniture.locale_id).exists():
        return
    message = _(
        "The crisis help in %(language)s must stay: pages about health are live in that "
        "language, and visitors in danger find the numbers there. Change what it says instead, "
        "or unpublish those pages first."
    ) % {"language": language_in_sentence(furniture.locale.language_code)}
    raise ValidationError({NON_FIELD_ERRORS: [message]})


def _refusal(page: Any, state: CrisisHelpState) -> str:
    words: dict[str, Any] = {
        "title": page.title,
        "language": language_in_sentence(state.locale.language_code),
    }
    if state.furniture is None:
        message = _(
            "“%(title)s” cannot be published: visitors have no crisis help in %(language)s. "
            "Publish it under Shared content first, with at least one telephone number."
        )
    elif state.furniture.expire_at is not None:
        message = _(
            "“%(title)s” cannot be published: the crisis help in %(language)s has a time at which "
            "it expires. Take that away first."
        )
    elif state.due_on is None:
        message = _(
            "“%(title)s” cannot be published: nobody has confirmed the crisis help in "
            "%(language)s. Check its numbers and hours, and confirm it on the admin’s first page."
        )
    else:
        words["date"] = date_format(state.due_on)
        message = _(
            "“%(title)s” cannot be published: the confirmation of the crisis help in "
            "%(language)s ends on %(date)s. Check its numbers and hours, and confirm it on the "
            "admin’s first page."
        )
    return message % words
