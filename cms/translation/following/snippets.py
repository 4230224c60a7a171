"""Unpublish or delete snippets with their translations, in one transaction; see `pages`."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import ReferenceIndex

from cms.content.models import BaseSnippet
from cms.upstream import actions

from ..engine.time_sentences import told_time
from .choice import AffectedTranslation, SourceAction, ask_or_apply, targets_of


def before_unpublish(request: HttpRequest, snippet: Any) -> HttpResponse | None:
    """Handle `before_unpublish`, called after the editor's confirmation."""
    if not isinstance(snippet, BaseSnippet):
        return None
    live = [target for target in targets_of([snippet]) if target.live]
    affected = [
        AffectedTranslation(target, _obstacle(request, target, "publish")) for target in live
    ]

    def apply() -> HttpResponse:
        _warn_of_cancelled_schedules(request, [snippet, *live])
        with transaction.atomic():
            for each in [snippet, *live]:
                actions.unpublish_snippet(each, request.user)
        message = _("“%(snippet)s” and its translations are unpublished.")
        messages.success(request, message % {"snippet": snippet})
        return _to_list(snippet)

    response = ask_or_apply(request, SourceAction.UNPUBLISH, str(snippet), affected, apply)
    if response is None:
        _warn_of_cancelled_schedules(request, [snippet])
    return response


def before_delete(request: HttpRequest, snippets: Iterable[Any]) -> HttpResponse | None:
    """Handle `before_delete_snippet`, called for the confirmation page and its form."""
    snippets = list(snippets)
    if request.method != "POST" or not snippets or not isinstance(snippets[0], BaseSnippet):
        return None
    if any(_is_protected(snippet) for snippet in snippets):
        return None
    affected = [
        AffectedTranslation(target, _obstacle(request, target, "delete"))
        for target in targets_of(snippets)
    ]
    subject = ", ".join(map(str, snippets))

    def apply() -> HttpResponse:
        with transaction.atomic():
            for each in [*(translation.target for translation in affected), *snippets]:
                actions.delete_snippet(each, request.user)
        message = _("“%(snippets)s” and the translations are deleted.")
        messages.success(request, message % {"snippets": subject})
        return _to_list(snippets[0])

    return ask_or_apply(request, SourceAction.DELETE, subject, affected, apply)


def _warn_of_cancelled_schedules(request: HttpRequest, snippets: Iterable[Any]) -> None:
    """Tell which scheduled versions end when snippets are unpublished, before Wagtail ends them.

    Pages need no such warning: Wagtail unpublishes none that has a scheduled version.
    """
    for snippet in snippets:
        if snippet.scheduled_revision is not None:
            told = _(
                "The version of “%(title)s” that was to go live %(time)s is not scheduled any "
                "more. Schedule it anew if it should still go live."
            )
            time = told_time(snippet.scheduled_revision.approved_go_live_at)
            messages.warning(request, told % {"title": snippet, "time": time})


def _obstacle(request: HttpRequest, target: Any, action: str) -> str:
    codename = get_permission_codename(action, target._meta)
    if not request.user.has_perm(f"{target._meta.app_label}.{codename}"):
        return _("You may not do this with this one.")
    if action == "delete" and _is_protected(target):
        return _("It is used where it cannot be taken away.")
    return ""


def _is_protected(snippet: Any) -> bool:
    return bool(ReferenceIndex.get_grouped_references_to(snippet).is_protected)


def _to_list(snippet: Any) -> HttpResponse:
    return redirect(type(snippet).snippet_viewset.get_url_name("list"))
