"""Write rows for redirects.

Those that Wagtail makes when a page's address changes count a version but are not told: the
page's own row tells of its old address, where that was public.
"""

from dataclasses import dataclass
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.core.changes import Change

from ..changed_nodes import Nodes, nodes_of_redirects, nodes_of_redirects_to
from ..models import Action, Kind
from ..public_urls import public_urls
from ..recording import record


@dataclass(frozen=True)
class WasPublic:
    """A redirect that led visitors somewhere, and is about to go from its address."""

    redirect: Redirect


def remember_old_address(change: Change) -> None:
    old = change.before
    if old is not None and _address(old) != _address(change.after) and _is_public(old):
        change.remember(WasPublic(old))


def record_redirect(change: Change) -> None:
    nodes = nodes_of_redirects([change.after, change.before or change.after])
    was_public = change.recall(WasPublic)
    if was_public is not None:
        _record(was_public.redirect, Action.DELETED, nodes, withdrawn=True)
    _record(change.after, Action.CHANGED, nodes)


def remember_doomed_redirect(change: Change) -> None:
    redirect: Any = change.before
    if _is_public(redirect):
        change.remember(WasPublic(redirect))


def record_deleted_redirect(change: Change) -> None:
    withdrawn = change.recall(WasPublic) is not None
    nodes = nodes_of_redirects([change.after])
    _record(change.after, Action.DELETED, nodes, withdrawn=withdrawn)


def record_automatic_redirect(change: Change) -> None:
    """Write a row for the redirects that Wagtail has made, in bulk, for a page with a new address.

    The page's own redirect stands for those of the pages below it.
    """
    if change.before is None or change.before.url_path == change.after.url_path:
        return
    made = Redirect.objects.filter(redirect_page_id=change.after.pk, automatically_created=True)
    newest = made.order_by("-pk").first()
    if newest is not None:
        _record(newest, Action.CHANGED, nodes_of_redirects_to(change.after))


def _address(redirect: Redirect) -> tuple[str, int | None]:
    return redirect.old_path, redirect.site_id


def _is_public(redirect: Redirect) -> bool:
    """Return whether an editor's redirect leads visitors anywhere."""
    if redirect.automatically_created:
        return False
    if redirect.redirect_page_id is None:
        return True
    return bool(public_urls(Page.objects.filter(pk=redirect.redirect_page_id)))


def _record(redirect: Redirect, action: Action, nodes: Nodes, *, withdrawn: bool = False) -> None:
    record(
        nodes=nodes,
        kind=Kind.REDIRECT,
        type=redirect._meta.label,
        object_id=redirect.pk,
        action=action,
        path=redirect.old_path,
        site_id=redirect.site_id,
        withdrawn=withdrawn,
    )
