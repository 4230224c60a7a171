"""`urls/` and `redirects/`: every address of the site that answers, for sitemaps and hosts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view
from wagtail.models import Page

from cms.public.page_urls import page_urls
from cms.public.visibility import PublicScope

from ..item_schemas import RedirectItem, RedirectList, UrlItem, UrlList
from ..pagination import Loaded, Source, paginate
from ..parameter_checks import strict
from ..parameters import SliceParameters
from ..redirect_list import PublicRedirect, public_redirects, shown_path

router = Router(tags=["addresses"])


@router.get(
    "urls/",
    response=UrlList,
    operation_id="listUrls",
    summary="The addresses of all pages, in every language",
)
@decorate_view(strict(SliceParameters))
def list_urls(
    request: HttpRequest, response: HttpResponse, query: Query[SliceParameters]
) -> UrlList:
    """What a sitemap needs; language by language, each in the editors' order."""
    scope = PublicScope.for_request(request)
    pages = scope.pages().order_by("path")

    def present(found: list[Page]) -> list[UrlItem]:
        return [UrlItem(**vars(url)) for url in page_urls(found, scope)]

    return paginate(request, response, UrlList, [Source("page", pages, present)], query)


@router.get(
    "redirects/",
    response=RedirectList,
    by_alias=True,
    operation_id="listRedirects",
    summary="The redirects of the site",
)
@decorate_view(strict(SliceParameters))
def list_redirects(
    request: HttpRequest, response: HttpResponse, query: Query[SliceParameters]
) -> RedirectList:
    """Those that lead somewhere public, in the order of their paths.

    A redirect that Wagtail made when a page got another address is among them where the journal
    knows that the public could read the page at the old one. `by-path/` knows the others too.
    """
    scope = PublicScope.for_request(request)

    def present(found: list[PublicRedirect]) -> list[Any]:
        return [
            RedirectItem(
                id=redirect.pk,
                source=shown_path(redirect.path),
                location=redirect.location,
                permanent=redirect.is_permanent,
            )
            for redirect in found
        ]

    rows = Loaded(public_redirects(scope))
    return paginate(request, response, RedirectList, [Source("redirect", rows, present)], query)
