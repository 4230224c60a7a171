"""Prepares pages for Wagtail's bulk publication, which expects no page to be refused.

Each refused page is named with its fields. A translation is published from the texts at its desk
where its draft cannot be: an autosave stores texts and makes no draft.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from cms.content.siblings import slug_taken
from cms.content.told_losses import check_losses

from ..engine import targets
from ..engine.family import to_itself, translations_of
from ..engine.guard import check_publication
from .actions import in_words, is_newer_than_draft
from .desk import Desk


def prepare_publication(
    request: HttpRequest, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Tell why pages cannot be published together; None where they can.

    Called in the transaction of the bulk action. Raises WouldLose once for all of them.
    """
    pages = [page for page in objects if not page.alias_of_id]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += _drafts_below(objects, request.user)
    refused = []
    places: set[tuple[str, str]] = set()
    for page in pages:
        try:
            _prepare(page, request.user, places)
        except ValidationError as error:
            title = page.get_admin_display_title() or page.title
            refused.append(f"{title}: {in_words(error, page.specific_class or page)}")
    if refused:
        for words in refused:
            messages.error(request, words)
        # Of the drafts that were made of other pages.
        transaction.set_rollback(True)
        return redirect(action.next_url)
    check_losses(page.get_latest_revision_as_object() for page in pages)
    return None


def _drafts_below(objects: list[Any], user: Any) -> Iterator[Page]:
    """Yield the pages that Wagtail publishes with those above them."""
    for each in objects:
        for page in each.get_descendants().not_live().specific():
            if page.alias_of_id is None and page.permissions_for_user(user).can_publish():
                yield page


def _prepare(page: Any, user: Any, places: set[tuple[str, str]]) -> None:
    """Check the draft of a page, or make one of what is ready at its desk.

    `places` are the parents and slugs that the pages before it get. Raises ValidationError.
    """
    if page.latest_revision is None:
        return
    try:
        instance = _checked(page)
    except ValidationError:
        if not _take_ready_texts(page, user):
            raise
        instance = _checked(page)
    place = (page.path[: -page.steplen], instance.slug)
    if place in places:
        raise slug_taken(instance.slug)
    places.add(place)


def _checked(page: Any) -> Any:
    """Return the draft of a page that may be published. Raises ValidationError."""
    instance = page.latest_revision.as_object()
    instance.full_clean()
    check_publication(page.latest_revision)
    return instance


def _take_ready_texts(page: Any, user: Any) -> bool:
    """Make a draft of newer texts at the desk of a translation; False where they are not ready."""
    translation = to_itself(page, translations_of(page))
    if translation is None or not translation.enabled or not is_newer_than_draft(translation, page):
        return False
    if not Desk(translation, user, page.specific).progress.is_ready:
        return False
    try:
        page.latest_revision = targets.save_draft(translation, user)
    except PermissionDenied:
        return False
    return True
