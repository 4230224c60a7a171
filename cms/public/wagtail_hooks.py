"""Applies the public visibility rules to the pages that Wagtail serves."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from cms.upstream.serving import behind_page_restrictions

from .image_sizes import AvifSpeedOperation
from .visibility import PublicScope, paths_that_close

ServeCallback = Callable[..., HttpResponse]


@hooks.register("before_serve_page")
def refuse_what_is_not_published(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Raise Http404 for an expired page, and for a live page below an unpublished one."""
    if not PublicScope.for_request(request).is_published(page):
        raise Http404
    return None


@hooks.register("register_image_operations")
def register_image_operations() -> list[tuple[str, type[AvifSpeedOperation]]]:
    return [("avifspeed", AvifSpeedOperation)]


@hooks.register("on_serve_page")
def guard_translations(callback: ServeCallback) -> ServeCallback:
    """Apply a page's view restrictions to all its translations and aliases as well.

    They count for all pages below each of these, in all places of those: `PublicScope` hides the
    same pages.
    """

    def serve(page: Page, request: HttpRequest, args: list[Any], kwargs: Any) -> HttpResponse:
        answer = partial(callback, page, request, args, kwargs)
        if PublicScope.for_request(request).restricted_pages:
            line = Page.objects.filter(path__in=paths_that_close(_keys_of(page)))
            private = line.filter(view_restrictions__isnull=False, alias_of=None)
            for other in private.exclude(pk=page.pk):
                answer = partial(behind_page_restrictions, other, answer, request, args, kwargs)
        return answer()

    return serve


def _keys_of(page: Page) -> set[UUID]:
    """Return the translation keys of a page and of what it is an alias of."""
    return {each.translation_key for each in (page, page.alias_of) if each is not None}
