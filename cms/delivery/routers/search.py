"""`search/`: pages and questions that contain the words of a query."""

from typing import Any

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

from ..item_schemas import SearchHit, SearchHitList
from ..languages import ListLanguages, set_content_language
from ..pagination import Source, paginate
from ..parameter_checks import strict
from ..parameters import SearchParameters

router = Router(tags=["search"])


@router.get("", response=SearchHitList, summary="Pages and questions that hold all given words")
@decorate_view(strict(SearchParameters))
def search_site(
    request: HttpRequest, response: HttpResponse, query: Query[SearchParameters]
) -> SearchHitList:
    """Pages come before questions, and the language asked for before the one that stands in."""
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    mark_transient(response)
    sources: list[Source | None] = []
    pages = languages.parts(scope.pages())
    entries = languages.parts(public_entries())
    for locale, found_pages, found_entries in zip(
        (languages.locale, languages.fallback), pages, entries, strict=True
    ):
        if locale is not None:
            hits = _Hits(scope, languages, locale, query.q)
            sources += [hits.pages(found_pages), hits.entries(found_entries)]
    return paginate(
        request,
        response,
        SearchHitList,
        [source for source in sources if source],
        query,
    )


class _Hits:
    """The hits of a search in one language."""

    def __init__(
        self, scope: PublicScope, languages: ListLanguages, locale: Locale, words: str
    ) -> None:
        self.scope = scope
        self.languages = languages
        self.locale = locale
        self.words = words

    def pages(self, queryset: Any) -> Source:
        return self._source("page", queryset, self._present_pages)

    def entries(self, queryset: Any) -> Source | None:
        """Return the questions; None without an FAQ page in the language to link to."""
        faq_page = (
            self.scope.pages().exact_type(FaqPage).filter(locale=self.locale).order_by("path")
        ).first()
        if faq_page is None:
            return None
        path = page_path(faq_page)

        def present(found: Any) -> list[SearchHit]:
            return [
                self._hit(entry, "faq_entry", entry.question, f"{path}#question-{entry.pk}")
                for entry in found
            ]

        return self._source("faq_entry", queryset, present)

    def _source(self, kind: str, queryset: Any, present: Any) -> Source:
        def find(candidates: Any) -> Any:
            return search(candidates, self.words, self.locale.language_code)

        return Source(
            kind,
            find(queryset),
            present,
            rows_without=lambda given: find(queryset.exclude(pk__in=given)),
        )

    def _present_pages(self, found: Any) -> list[SearchHit]:
        order = [page.pk for page in found]
        pages = self.scope.pages().filter(pk__in=order).specific()
        by_pk = {page.pk: page for page in pages}
        return [
            self._hit(page, page.public_type, page.title, page_path(page))
            for page in (by_pk[pk] for pk in order)
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
