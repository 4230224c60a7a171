"""Applies the public visibility rules to the pages that Wagtail serves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from cms.upstream.serving import behind_page_restrictions

from .visibility import PublicScope

ServeCallback = Callable[..., HttpResponse]


@hooks.register("before_serve_page")
def refuse_what_is_not_published(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Raise Http404 for an expired page, and for a live page below an unpublished one."""
    if not PublicScope.for_request(request).is_published(page):
        raise Http404
    return None


def _line_q(page: Page) -> Q:
    """Match a page, its translations, what it is an alias of, and all pages above these."""
    keys = [page.translation_key]
    if page.alias_of_id:
        keys.append(page.alias_of.translation_key)
    step = page.steplen
    paths = {
        path[:end]
        for path in Page.objects.filter(translation_key__in=keys).values_list("path", flat=True)
        for end in range(step, len(path) + 1, step)
    }
    return Q(path__in=paths)


@hooks.register("on_serve_page")
def guard_translations(callback: ServeCallback) -> ServeCallback:
    """Apply a page's view restrictions to all its translations and aliases as well.

    Restrictions of an ancestor count for all pages below it, and those of a page above a
    translation for the page: `PublicScope` hides the same pages.
    """

    def serve(page: Page, request: HttpRequest, args: list[Any], kwargs: Any) -> HttpResponse:
        answer = partial(callback, page, request, args, kwargs)
        if PublicScope.for_request(request).restricted_paths:
            line = Page.objects.filter(_line_q(page))
            same = Q(translation_key__in=line.values("translation_key"))
            sources = Q(translation_key__in=line.values("alias_of__translation_key"))
            for other in Page.objects.filter(same | sources).exclude(pk=page.pk):
                answer = partial(behind_page_restrictions, other, answer, request, args, kwargs)
        return answer()

    return serve
