"""Unpublish, move or delete pages with their translations, in one transaction.

Handlers of Wagtail's hooks, which `cms.translation.wagtail_hooks` registers.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, ReferenceIndex

from cms.public.visibility import below_q, no_foreign_alias_q
from cms.upstream import actions
from cms.upstream.admin_views import is_deletion_confirmed, valid_next_url

from ..engine.aliases import free
from .choice import AffectedTranslation, SourceAction, ask_or_apply, targets_of


def before_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Handle `before_unpublish_page`, called after the editor's confirmation."""
    affected = translations_to_unpublish(request, [page])

    def apply() -> HttpResponse:
        below = bool(request.POST.get("include_descendants"))
        with transaction.atomic():
            unpublish(request, [page, *_targets(affected)], below=below)
        message = _("“%(page)s” and its translations are unpublished.")
        return _finish(request, page, message, "after_unpublish_page", page.get_parent().pk)

    return ask_or_apply(
        request,
        SourceAction.UNPUBLISH,
        page.get_admin_display_title(),
        affected,
        apply,
        partial(keep_shown, affected),
    )


def before_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Handle `before_delete_page`, called for the confirmation page (GET) and its form (POST)."""
    if request.method != "POST" or not is_deletion_confirmed(request):
        return None
    if ReferenceIndex.get_references_to(page).group_by_source_object().is_protected:
        return None
    affected = translations_to_delete(request, [page])

    def apply() -> HttpResponse:
        parent = page.get_parent().pk
        with transaction.atomic():
            delete(request, [*_targets(affected), page])
        message = _("“%(page)s” and its translations are deleted.")
        return _finish(request, page, message, "after_delete_page", parent)

    return ask_or_apply(
        request, SourceAction.DELETE, page.get_admin_display_title(), affected, apply
    )


def before_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Handle `before_move_page`, called for the confirmation page (GET) and its form (POST)."""
    if request.method != "POST":
        return None
    affected = translations_to_move(request, [page], destination)

    def apply() -> HttpResponse:
        with transaction.atomic():
            actions.move_page(page, destination, request.user)
            move(request, _targets(affected), destination)
        message = _("“%(page)s” and its translations are moved.")
        return _finish(request, page, message, "after_move_page", destination.pk)

    return ask_or_apply(request, SourceAction.MOVE, page.get_admin_display_title(), affected, apply)


def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Handle `before_bulk_action`, called inside the transaction of the bulk action."""
    form = action.cleaned_form.cleaned_data
    subject = ", ".join(str(page.get_admin_display_title()) for page in objects)

    if action_type == "unpublish":
        affected = translations_to_unpublish(request, objects)
    elif action_type == "delete":
        affected = translations_to_delete(request, objects)
    elif action_type == "move":
        affected = translations_to_move(request, objects, form["chooser"])
    else:
        return None
    source_action = SourceAction(action_type)

    def apply() -> None:
        if source_action == SourceAction.UNPUBLISH:
            unpublish(request, _targets(affected), below=form["include_descendants"])
        elif source_action == SourceAction.DELETE:
            delete(request, _targets(affected))
        else:
            move(request, _targets(affected), form["chooser"])

    def keep() -> None:
        if source_action == SourceAction.UNPUBLISH:
            keep_shown(affected)

    return ask_or_apply(request, source_action, subject, affected, apply, keep)


def keep_shown(affected: list[AffectedTranslation]) -> None:
    """Keep what is below the aliases of a source that is unpublished, and these with it."""
    for translation in affected:
        if translation.is_alias:
            branch = translation.target.get_descendants(inclusive=True)
            parents = branch.filter(numchild__gt=0).exclude(no_foreign_alias_q())
            for alias in parents.specific():
                free(alias)


def unpublish(request: HttpRequest, pages: list[Page], *, below: bool) -> None:
    """Unpublish pages, and the pages below them if `below`."""
    for page in pages:
        actions.unpublish_page(page, request.user, include_descendants=below)


def delete(request: HttpRequest, pages: list[Page]) -> None:
    """Delete pages; one that was deleted with its parent is skipped."""
    for key in [page.pk for page in pages]:
        page = Page.objects.filter(pk=key).first()
        if page is not None:
            actions.delete_page(page.specific, request.user)


def move(request: HttpRequest, pages: list[Page], destination: Page) -> None:
    """Move each page below the destination's translation in the page's language.

    Reads each page again, since moving the others may have changed its tree path.
    """
    for key in [page.pk for page in pages]:
        page = Page.objects.get(pk=key).specific
        place = Page.objects.get(translation_key=destination.translation_key, locale=page.locale_id)
        actions.move_page(page, place, request.user)


def translations_to_unpublish(request: HttpRequest, pages: list[Page]) -> list[AffectedTranslation]:
    """Return the live translations of pages, and live aliases that would hide pages."""
    return [
        AffectedTranslation(
            page,
            ""
            if page.permissions_for_user(request.user).can_unpublish()
            else _("You may not unpublish this one."),
        )
        for page in [*targets_of(pages), *aliases_of(pages)]
        if page.live
    ]


def translations_to_delete(request: HttpRequest, pages: list[Page]) -> list[AffectedTranslation]:
    """Return the translations of pages and of those below them, live or not.

    One that goes with a page above it is not named.
    """
    doomed = Page.objects.filter(below_q([page.pk for page in pages])).specific()
    found: list[Page] = []
    for page in sorted([*targets_of(doomed), *aliases_of(pages)], key=lambda page: page.path):
        if not found or not page.path.startswith(found[-1].path):
            found.append(page)
    return [AffectedTranslation(page, _obstacle_to_deletion(request, page)) for page in found]


def aliases_of(pages: list[Page]) -> list[Page]:
    """Return the aliases of pages in other languages that keep a place for pages of their own."""
    parents = Page.objects.filter(alias_of__in=pages, numchild__gt=0)
    aliases = parents.exclude(no_foreign_alias_q())
    return [
        alias
        for alias in aliases.order_by("path").specific()
        if alias.get_descendants().filter(no_foreign_alias_q()).exists()
    ]


def translations_to_move(
    request: HttpRequest, pages: list[Page], destination: Page
) -> list[AffectedTranslation]:
    """Return the translations and aliases that are not at the destination's translation yet."""
    affected = []
    for page in [*targets_of(pages), *aliases_of(pages)]:
        place = destination.get_translation_or_none(page.locale)
        if place is None:
            obstacle = _("“%(page)s” has no page in this language.") % {
                "page": destination.get_admin_display_title()
            }
        elif page.is_child_of(place):
            continue
        elif not page.permissions_for_user(request.user).can_move_to(place):
            obstacle = _("You may not move this one there.")
        elif place.get_children().filter(slug=page.slug).exists():
            obstacle = _("Another page has its address there already.")
        else:
            obstacle = ""
        affected.append(AffectedTranslation(page, obstacle))
    return affected


def _obstacle_to_deletion(request: HttpRequest, page: Page) -> str:
    if not page.permissions_for_user(request.user).can_delete():
        return _("You may not delete this one.")
    if ReferenceIndex.get_references_to(page).group_by_source_object().is_protected:
        return _("It is used where it cannot be taken away.")
    return ""


def _targets(affected: list[AffectedTranslation]) -> list[Any]:
    return [translation.target for translation in affected]


def _finish(request: HttpRequest, page: Page, message: str, hook: str, parent: int) -> HttpResponse:
    messages.success(request, message % {"page": page.get_admin_display_title()})
    for function in hooks.get_hooks(hook):
        result = function(request, page)
        if hasattr(result, "status_code"):
            return result
    next_url = valid_next_url(request)
    return redirect(next_url) if next_url else redirect("wagtailadmin_explore", parent)
