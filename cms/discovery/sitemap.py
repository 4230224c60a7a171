"""`sitemap.xml`: every public page in every language (https://www.sitemaps.org/protocol.html)."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cms.public.cache_headers import mark_lasting
from cms.public.page_paths import absolute_url
from cms.public.page_urls import page_urls
from cms.public.visibility import PublicScope

# The protocol allows 50,000; small files are made and read without a long wait.
LONGEST = 5000


def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with all pages, or with the list of `sitemap-1.xml` and on where they are many."""
    scope = PublicScope.for_request(request)
    parts = _parts(scope)
    if parts.num_pages == 1:
        return _pages(request, scope, parts.page(1))
    files = [
        {"location": absolute_url(scope.site, reverse("sitemap_part", args=[number]))}
        for number in parts.page_range
    ]
    return _xml(request, scope, "sitemap_index.xml", {"sitemaps": files})


def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with the pages of one file of several."""
    scope = PublicScope.for_request(request)
    try:
        return _pages(request, scope, _parts(scope).page(number))
    except EmptyPage as error:
        raise Http404("The sitemap has fewer files.") from error


def _parts(scope: PublicScope) -> Paginator[Any]:
    return Paginator(scope.pages().order_by("path"), LONGEST)


def _pages(request: HttpRequest, scope: PublicScope, part: Page[Any]) -> HttpResponse:
    urls = [
        {
            "location": url.html_url,
            "lastmod": url.lastmod,
            "alternates": [
                {"lang_code": alternate.hreflang, "location": alternate.href}
                for alternate in url.alternates
            ],
        }
        for url in page_urls([*part.object_list], scope)
    ]
    return _xml(request, scope, "sitemap.xml", {"urlset": urls})


def _xml(
    request: HttpRequest, scope: PublicScope, template: str, context: dict[str, Any]
) -> HttpResponse:
    # The templates are Django's.
    response = render(request, template, context, content_type="application/xml")
    mark_lasting(request, response, scope.site)
    return response
