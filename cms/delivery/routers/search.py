"""`search/`: pages and questions that contain the words of a query."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view
from wagtail.models import Locale

from cms.core.search.full_text import search, searchable_text
from cms.core.search.highlighting import highlighted_extract
from cms.public.cache_headers import mark_transient
from cms.public.page_paths import page_path
from cms.public.schemas import RichTextHtml
from cms.public.visibility import PublicScope
from faq.models import FaqPage, public_entries

from ..item_schemas import SearchHit, SearchHitList, TypeCount
from ..languages import ListLanguages, set_content_language
from ..pagination import Counted, Source, paginate
from ..parameter_checks import strict
from ..parameters import SearchParameters
from ..schemas import PAGE_TYPES

router = Router(tags=["search"])

ENTRY: Final = "faq_entry"


@router.get(
    "",
    response=SearchHitList,
    operation_id="search",
    summary="Pages and questions that hold all given words",
)
@decorate_view(strict(SearchParameters))
def search_site(
    request: HttpRequest, response: HttpResponse, query: Query[SearchParameters]
) -> SearchHitList:
    """Pages come before questions, and the language asked for before the one that stands in."""
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    mark_transient(response)
    wanted = frozenset(query.type or (*PAGE_TYPES, ENTRY))
    hits: list[_Hits] = []
    pages = languages.parts(scope.pages())
    entries = languages.parts(public_entries())
    for locale, found_pages, found_entries in zip(
        (languages.locale, languages.fallback), pages, entries, strict=True
    ):
        if locale is not None:
            hits.append(_Hits(scope, languages, locale, query.q, found_pages, found_entries))
    counts = sum((each.counts for each in hits), Counter[str]())
    return paginate(
        request,
        response,
        SearchHitList,
        [source for each in hits for source in each.sources(wanted)],
        query,
        counts=[
            TypeCount(type=name, count=count)
            for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        ],
    )


class _Hits:
    """The hits of a search in one language."""

    def __init__(
        self,
        scope: PublicScope,
        languages: ListLanguages,
        locale: Locale,
        words: str,
        pages: Any,
        entries: Any,
    ) -> None:
        self.scope = scope
        self.languages = languages
        self.locale = locale
        self.words = words
        self._pages = pages
        self._entries = entries
        # Without an FAQ page in the language, questions have no address.
        self._faq_page = (
            scope.pages().exact_type(FaqPage).filter(locale=locale).order_by("path").first()
        )
        self.counts = self._count()

    def sources(self, types: frozenset[str]) -> Iterator[Source]:
        """Yield the parts of the list that hold hits of the given types."""
        models = [model for name, model in PAGE_TYPES.items() if name in types]
        if models:
            pages = self._pages
            if len(models) < len(PAGE_TYPES):
                pages = pages.exact_type(*models)
            number = sum(self.counts[name] for name in types - {ENTRY})
            yield self._source("page", pages, number, self._present_pages)
        if ENTRY in types and self._faq_page:
            yield self._source(ENTRY, self._entries, self.counts[ENTRY], self._present_entries)

    def _count(self) -> Counter[str]:
        """Return the number of hits of each type, in a query for pages and one for questions."""
        found = self._search(self._pages)
        # What is no search result has no words to search for.
        by_type = found.facet("content_type_id") if hasattr(found, "facet") else {}
        types = ContentType.objects.get_for_models(*PAGE_TYPES.values())
        counts = Counter(
            {model.public_type: by_type.get(types[model].pk, 0) for model in PAGE_TYPES.values()}
        )
        if self._faq_page:
            counts[ENTRY] = self._search(self._entries).count()
        return +counts

    def _search(self, candidates: Any) -> Any:
        return search(candidates, self.words, self.locale.language_code)

    def _source(self, kind: str, candidates: Any, number: int, present: Any) -> Source:
        return Source(
            kind,
            Counted(self._search(candidates), number),
            present,
            rows_without=lambda given: self._search(candidates.exclude(pk__in=given)),
        )

    def _present_entries(self, found: Any) -> list[SearchHit]:
        path = page_path(self._faq_page)
        return [
            self._hit(entry, ENTRY, entry.question, f"{path}#question-{entry.pk}")
            for entry in found
        ]

    def _present_pages(self, found: Any) -> list[SearchHit]:
        order = [page.pk for page in found]
        pages = self.scope.pages().filter(pk__in=order).specific()
        by_pk = {page.pk: page for page in pages}
        return [
            self._hit(page, page.public_type, page.title, page_path(page))
            for page in (by_pk[pk] for pk in order if pk in by_pk)
        ]

    def _hit(self, instance: Any, kind: str, title: str, path: str) -> SearchHit:
        extract = highlighted_extract(
            searchable_text(instance), self.words, self.locale.language_code
        )
        return SearchHit(
            **self.languages.labels(self.scope, instance),
            id=instance.pk,
            type=kind,
            title=title,
            path=path,
            extract=RichTextHtml(html=extract),
        )
