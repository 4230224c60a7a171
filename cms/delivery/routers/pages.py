"""`pages/`: lists of pages, one page by id, and the page or redirect at a path."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view
from wagtail.models import Page, Site

from cms.core.collation import in_alphabetical_order
from cms.public.cache_headers import mark_nodes, mark_public
from cms.public.lookup import PublicLookup
from cms.public.page_paths import absolute_url, find_page
from cms.public.redirects import find_redirect
from cms.public.schemas import PageSummary
from cms.public.visibility import PublicScope, public_snippets
from pages.models import Concern, TherapyMethodConcern

from ..envelope import page_envelope, set_page_headers
from ..languages import ListLanguages, set_content_language
from ..pagination import Counted, Source, paginate
from ..parameter_checks import strict
from ..parameters import PageListParameters, PathParameters, RichTextParameters
from ..problems import BadRequest
from ..schemas import PAGE_TYPES, AnyPage, PageEnvelope, PageList, PageOrRedirect, Redirect

router = Router(tags=["pages"])

ORDERS = {"position": "path"}


@router.get("", response=PageList, summary="Pages of one language")
@decorate_view(strict(PageListParameters))
def list_pages(
    request: HttpRequest, response: HttpResponse, query: Query[PageListParameters]
) -> PageList:
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    pages = _filtered(languages.select(scope.pages()), languages, query)
    ordered: Any = pages.order_by(ORDERS.get(query.order, query.order), "pk")
    ordered = in_alphabetical_order(ordered, query.locale).defer_streamfields().specific()
    if query.concern is None and query.parent is None:
        # There are few such lists. The database would count their pages for each reader, and
        # look for the first of them through those of the languages before.
        extent = scope.fact(
            ("pages", query.locale, query.fallback, query.type),
            lambda: pages.order_by().aggregate(number=Count("pk"), first=Min("path")),
        )
        ordered = Counted(ordered.filter(path__gte=extent["first"] or ""), extent["number"])
    return paginate(
        request,
        response,
        PageList,
        [Source("page", ordered, lambda found: _summaries(scope, languages, found))],
        query,
    )


@router.get(
    "by-path/",
    response=PageOrRedirect,
    by_alias=True,
    summary="The page or redirect that a path leads to",
)
@decorate_view(strict(PathParameters))
def page_by_path(
    request: HttpRequest, response: HttpResponse, query: Query[PathParameters]
) -> PageEnvelope | Redirect:
    scope = PublicScope.for_request(request)
    path, path_query = _on_site(query.path, scope.site)
    page = find_page(path, scope)
    if page is None:
        target = find_redirect(path, path_query, scope)
        if target is None:
            raise Http404(f"No page has the path {query.path!a}.")
        mark_public(response)
        mark_nodes(response, scope.nodes)
        return Redirect(location=target.location, permanent=target.is_permanent)
    envelope = page_envelope(page, scope, query.rich_text)
    if envelope.path != query.path:
        # Networks purge only the URL with the page's own path.
        mark_public(response)
    set_page_headers(response, envelope, scope)
    return envelope


@router.get("{int:page_id}/", response=AnyPage, by_alias=True, summary="One page")
@decorate_view(strict(RichTextParameters))
def page_by_id(
    request: HttpRequest, response: HttpResponse, page_id: int, query: Query[RichTextParameters]
) -> PageEnvelope:
    scope = PublicScope.for_request(request)
    page = scope.pages().filter(pk=page_id).specific().first()
    if page is None:
        raise Http404(f"There is no public page with the id {page_id}.")
    envelope = page_envelope(page, scope, query.rich_text)
    set_page_headers(response, envelope, scope)
    return envelope


def _filtered(pages: Any, languages: ListLanguages, query: PageListParameters) -> Any:
    if query.type:
        pages = pages.exact_type(PAGE_TYPES[query.type])
    if query.parent:
        parent = Page.objects.filter(pk=query.parent).first()
        pages = pages.child_of(parent) if parent else pages.none()
    if query.concern:
        languages.note(Concern)
        concerns = public_snippets(Concern).filter(slug=query.concern, locale=languages.locale)
        links = TherapyMethodConcern.objects.filter(
            concern__translation_key__in=concerns.values("translation_key")
        )
        pages = pages.filter(pk__in=links.values("page"))
    return pages


def _summaries(scope: PublicScope, languages: ListLanguages, found: Any) -> list[PageSummary]:
    """Return summaries in the order given, each in its page's own locale."""
    summaries: dict[int, PageSummary] = {}
    for own in {page.locale_id for page in found}:
        lookup = PublicLookup(scope, scope.locales[own])
        for summary in lookup.summaries(page for page in found if page.locale_id == own):
            summaries[summary.id] = summary
    return [summaries[page.pk].model_copy(update=languages.labels(scope, page)) for page in found]


def _on_site(address: str, site: Site) -> tuple[str, str]:
    """Return the decoded path and the query of a path or an `html_url` of this site.

    For URLs of other sites the path leads to no page.
    """
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise BadRequest("path: is not a path or an address.") from error
    if (
        parts.netloc
        and f"{parts.scheme}://{parts.netloc}".lower() != absolute_url(site, "").lower()
    ):
        raise Http404(f"{address!a} is not an address of this site.")
    path = unquote(parts.path)
    if not path.isprintable() or "\ufffd" in path:
        raise Http404(f"No page has the path {address!a}.")
    return path, parts.query
