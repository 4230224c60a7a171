"""`search/`: pages, questions and concerns that a query finds, as the site's own search does."""

from collections import Counter
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.public.cache_headers import mark_transient
from cms.public.schemas import RichTextHtml
from cms.public.visibility import PublicScope
from cms.search.crisis import is_crisis
from cms.search.engine import Candidates, Hit, Results, search
from cms.search.presenting import Presenter
from pages.frame import build_frame

from ..item_schemas import SearchHit, SearchHitList, TypeCount
from ..languages import ListLanguages, set_content_language
from ..pagination import Loaded, Source, paginate
from ..parameter_checks import strict
from ..parameters import SearchParameters
from ..schemas import HIT_TYPES

router = Router(tags=["search"])


@router.get(
    "",
    response=SearchHitList,
    operation_id="search",
    summary="Pages, questions and concerns that a query finds",
)
@decorate_view(strict(SearchParameters))
def search_site(
    request: HttpRequest, response: HttpResponse, query: Query[SearchParameters]
) -> SearchHitList:
    """The best hits come first, and the language asked for before the one that stands in.

    Other forms of words, compounds, synonyms, misspelt words and words without accents are found as
    well.
    """
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    set_content_language(response, languages.content_language)
    mark_transient(response)
    found = list(_search(scope, languages, query.q))
    wanted = frozenset(query.type or HIT_TYPES)
    counts = sum((each.counts for each in found), Counter[str]())
    sources = [
        Source(
            f"hit-{each.locale.language_code}",
            Loaded(each.of_types(wanted)),
            partial(_present, scope, languages, each),
        )
        for each in found
    ]
    return paginate(
        request,
        response,
        SearchHitList,
        sources,
        query,
        counts=[
            TypeCount(type=name, count=count)
            for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        ],
        suggestions=list(dict.fromkeys(each.corrected for each in found if each.corrected)),
        crisis_help=build_frame(scope, languages.locale).crisis if is_crisis(query.q) else None,
    )


def _search(scope: PublicScope, languages: ListLanguages, words: str) -> Any:
    yield search(scope, languages.locale, words, Candidates.of(scope, languages.own))
    if languages.fallback:
        yield search(scope, languages.fallback, words, Candidates.of(scope, languages.missing))


def _present(
    scope: PublicScope, languages: ListLanguages, results: Results, hits: list[Hit]
) -> list[SearchHit]:
    return [
        SearchHit(
            **languages.labels(scope, hit.instance),
            id=hit.instance.pk,
            type=hit.type,
            title=hit.title,
            path=hit.path,
            extract=RichTextHtml(html=hit.extract),
        )
        for hit in Presenter(scope, results).present(hits)
    ]
