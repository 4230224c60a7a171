"""Rows for redirects.

Those that Wagtail makes when a page's address changes count a version but are not told: the
page's own row tells of its old address, where that was public.
"""

from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from ..models import Action, Kind
from ..public_urls import public_urls
from ..recording import record


def before_save(instance: Redirect, raw: bool = False, **kwargs: Any) -> None:
    instance.before_change = None
    if not raw:
        previous = Redirect.objects.filter(pk=instance.pk).first()
        elsewhere = previous is not None and _address(previous) != _address(instance)
        instance.before_change = {"left": previous if elsewhere and _is_public(previous) else None}


def after_save(instance: Redirect, **kwargs: Any) -> None:
    before = instance.__dict__.pop("before_change", None)
    if before is None:
        return
    if before["left"] is not None:
        _record(before["left"], Action.DELETED, withdrawn=True)
    _record(instance, Action.CHANGED)


def before_delete(instance: Redirect, **kwargs: Any) -> None:
    instance.was_public = _is_public(instance)


def after_delete(instance: Redirect, **kwargs: Any) -> None:
    _record(instance, Action.DELETED, withdrawn=instance.__dict__.pop("was_public"))


def after_slug_change(instance: Page, **kwargs: Any) -> None:
    _record_automatic(instance)


def after_move(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    if url_path_before != url_path_after:
        _record_automatic(instance)


def _record_automatic(page: Page) -> None:
    """Wagtail makes redirects in bulk; the page's own stands for those of the pages below it."""
    made = Redirect.objects.filter(redirect_page_id=page.pk, automatically_created=True)
    newest = made.order_by("-pk").first()
    if newest is not None:
        _record(newest, Action.CHANGED)


def _address(redirect: Redirect) -> tuple[str, int | None]:
    return redirect.old_path, redirect.site_id


def _is_public(redirect: Redirect) -> bool:
    """Whether an editor's redirect leads visitors anywhere."""
    if redirect.automatically_created:
        return False
    if redirect.redirect_page_id is None:
        return True
    return bool(public_urls(Page.objects.filter(pk=redirect.redirect_page_id)))


def _record(redirect: Redirect, action: Action, withdrawn: bool = False) -> None:
    record(
        kind=Kind.REDIRECT,
        type=redirect._meta.label,
        object_id=redirect.pk,
        action=action,
        path=redirect.old_path,
        site_id=redirect.site_id,
        withdrawn=withdrawn,
    )
