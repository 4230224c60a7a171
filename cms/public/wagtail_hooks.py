"""What Wagtail serves as a page is what the public may see, by the same rule as the API."""

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
    """404 for a live page below an unpublished one and for one that has expired."""
    if not PublicScope.for_request(request).is_published(page):
        raise Http404
    return None


@hooks.register("on_serve_page")
def guard_translations(callback: ServeCallback) -> ServeCallback:
    """A page that is private in one language is private in all, and so is what is below it.

    So is an alias of it, which shows the same words.
    """

    def serve(page: Page, request: HttpRequest, args: list[Any], kwargs: Any) -> HttpResponse:
        answer = partial(callback, page, request, args, kwargs)
        if PublicScope.for_request(request).restricted_paths:
            line = page.get_ancestors(inclusive=True)
            same = Q(translation_key__in=line.values("translation_key"))
            sources = Q(translation_key__in=line.values("alias_of__translation_key"))
            for other in Page.objects.filter(same | sources).exclude(pk=page.pk):
                answer = partial(behind_page_restrictions, other, answer, request, args, kwargs)
        return answer()

    return serve
