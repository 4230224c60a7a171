"""What Wagtail serves as a page is what the public may see, by the same rule as the API."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

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
    """A page that is private in one language is private in all."""

    def serve(page: Page, request: HttpRequest, args: list[Any], kwargs: Any) -> HttpResponse:
        if PublicScope.for_request(request).restricted_paths:
            for translation in page.get_translations():
                response = _refusal(translation, request, args, kwargs)
                if response is not None:
                    return response
        return callback(page, request, args, kwargs)

    return serve


# What Wagtail answers where a restriction is not met, and None where there is none to meet.
_refusal = check_view_restrictions(lambda page, request, args, kwargs: None)
