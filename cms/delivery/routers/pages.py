"""`pages/`: lists of pages, one page by id, and the page or redirect at a path."""

from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, IntegerField, Min, When
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view
from wagtail.models import Page, Site

from cms.core.collation import in_alphabetical_order
from cms.public.cache_headers import mark_nodes, mark_public, mark_transient
from cms.public.lookup import PublicLookup
from cms.public.nodes import list_node
from cms.public.page_paths import absolute_url, find_page, page_with_id
from cms.public.redirects import find_redirect
from cms.public.schemas import PageSummary
from cms.public.visibility import PublicScope, public_snippets
from pages.models import Concern, TherapyMethodConcern

from ..chosen_fields import item_with_fields, list_with_fields
from ..envelope import page_envelope, page_envelopes, set_page_headers
from ..languages import ListLanguages, set_content_language
from ..pagination import Counted, Loaded, Source, paginate
from ..parameter_checks import strict
from ..parameters import EnvelopeParameters, PageListParameters, PathParameters
from ..problems import BadRequest, Problem
from ..schemas import (
    PAGE_TYPES,
    AnyPage,
    PageEnvelope,
    PageList,
    PageListItem,
    PageOrRedirect,
    Redirect,
)

router = Router(tags=["pages"])

ORDERS = {"position": "path"}
ORDERS_OF_NAMES = ("position", "title", "-title")


class Listed(NamedTuple):
    """A page in a list, as far as the list chooses it."""

    pk: int
    locale_id: int
    content_type_id: int

    @property
    def specific_class(self) -> Any:
        return ContentType.objects.get_for_id(self.content_type_id).model_class()


@router.get(
    "", response=PageList, by_alias=True, operation_id="listPages", summary="Pages of one language"
)
@decorate_view(strict(PageListParameters))
def list_pages(
    request: HttpRequest, response: HttpResponse, query: Query[PageListParameters]
) -> HttpResponse:
    """Summaries of pages, and with `include=content` the whole pages."""
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    rows: Any = _common_list(scope, languages, query) or _chosen(scope, languages, query)
    if query.ids or query.changed_since or len(query.concern or ()) > 1:
        # Readers can invent as many.
        mark_transient(response)
    answer: PageList = paginate(
        request,
        response,
        PageList,
        [Source("page", rows, lambda found: _items(scope, languages, found, query))],
        query,
    )
    fields = {*(query.fields or PageSummary.model_fields)}
    if query.include:
        fields.add("page")
    return list_with_fields(request, response, answer, fields)


@router.get(
    "by-path/",
    response={HTTPStatus.OK: PageOrRedirect, HTTPStatus.NOT_FOUND: Problem},
    by_alias=True,
    operation_id="getPageByPath",
    summary="The page or redirect that a path leads to",
)
@decorate_view(strict(PathParameters))
def page_by_path(
    request: HttpRequest, response: HttpResponse, query: Query[PathParameters]
) -> PageEnvelope | Redirect | HttpResponse:
    """Takes any `path` or `html_url` that the API gives."""
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
    if query.fields:
        return item_with_fields(request, response, envelope, query.fields)
    return envelope


@router.get(
    "{int:page_id}/",
    response={HTTPStatus.OK: AnyPage, HTTPStatus.NOT_FOUND: Problem},
    by_alias=True,
    operation_id="getPage",
    summary="One page",
)
@decorate_view(strict(EnvelopeParameters))
def page_by_id(
    request: HttpRequest, response: HttpResponse, page_id: int, query: Query[EnvelopeParameters]
) -> PageEnvelope | HttpResponse:
    """The same as at its path."""
    scope = PublicScope.for_request(request)
    page = page_with_id(page_id, scope)
    if page is None:
        raise Http404(f"There is no public page with the id {page_id}.")
    envelope = page_envelope(page, scope, query.rich_text)
    set_page_headers(response, envelope, scope)
    if query.fields:
        return item_with_fields(request, response, envelope, query.fields)
    return envelope


def _filtered(pages: Any, languages: ListLanguages, query: PageListParameters) -> Any:
    if query.type:
        pages = pages.exact_type(*(PAGE_TYPES[name] for name in query.type))
    if query.parent:
        parent = Page.objects.filter(pk=query.parent).first()
        pages = pages.child_of(parent) if parent else pages.none()
    if query.concern:
        concerns = public_snippets(Concern).filter(slug__in=query.concern, locale=languages.locale)
        links = TherapyMethodConcern.objects.filter(
            concern__translation_key__in=concerns.values("translation_key")
        )
        pages = pages.filter(pk__in=links.values("page"))
    if query.ids:
        pages = pages.filter(pk__in=query.ids)
    if query.changed_since:
        pages = pages.filter(last_published_at__gte=query.changed_since)
    return pages


def _ordered(pages: Any, query: PageListParameters) -> Any:
    if query.ids and "order" not in query.model_fields_set:
        places = [When(pk=pk, then=place) for place, pk in enumerate(dict.fromkeys(query.ids))]
        return pages.order_by(Case(*places, output_field=IntegerField()))
    return pages.order_by(ORDERS.get(query.order, query.order), "pk")


def _common_list(
    scope: PublicScope, languages: ListLanguages, query: PageListParameters
) -> Loaded | Counted | None:
    """Return the pages of a list that nothing but types narrows, None for any other list.

    There are few lists of one type or of all; in an order of names and places they are known until
    one of these changes. Of the others the database counts the pages once for each version.
    """
    if query.concern or query.parent or query.ids or query.changed_since:
        return None
    types = frozenset(query.type or ())
    name = ("pages", query.locale, query.fallback, types)
    if len(types) <= 1 and query.order in ORDERS_OF_NAMES:
        return Loaded(scope.shared(lambda: _listed(scope, languages, query), *name, query.order))
    chosen = _chosen(scope, languages, query)
    # The database would look for the first of them through those of the languages before.
    extent = scope.fact(
        name, lambda: chosen.order_by().aggregate(number=Count("pk"), first=Min("path"))
    )
    return Counted(chosen.filter(path__gte=extent["first"] or ""), extent["number"])


def _listed(
    scope: PublicScope, languages: ListLanguages, query: PageListParameters
) -> list[Listed]:
    scope.note(list_node(Page, languages.locale.pk))
    if languages.fallback:
        scope.note(list_node(Page, languages.fallback.pk))
    rows = _chosen(scope, languages, query).values_list("pk", "locale_id", "content_type_id")
    return [*map(Listed._make, rows)]


def _chosen(scope: PublicScope, languages: ListLanguages, query: PageListParameters) -> Any:
    """Return the queryset of the pages of a list, in order."""
    pages = _ordered(_filtered(languages.select(scope.pages()), languages, query), query)
    return in_alphabetical_order(pages, query.locale)


def _items(
    scope: PublicScope, languages: ListLanguages, found: list[Any], query: PageListParameters
) -> list[PageListItem]:
    """Return the items for pages in the order given, each in its page's own locale."""
    items: dict[int, PageListItem] = {}
    for own in {page.locale_id for page in found}:
        lookup = PublicLookup(scope, scope.locales[own])
        for summary in lookup.summaries(page for page in found if page.locale_id == own):
            items[summary.id] = PageListItem(**dict(summary))
    envelopes = {}
    if query.include:
        pages = scope.pages().filter(pk__in=items).specific()
        envelopes = page_envelopes(pages, scope, query.rich_text)
    return [
        items[page.pk].model_copy(
            update={
                **(labels := languages.labels(scope, page)),
                "page": envelope.model_copy(update=labels)
                if (envelope := envelopes.get(page.pk))
                else None,
            }
        )
        for page in found
        if page.pk in items
    ]


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
