"""The search page, in the language of its address. It stores and logs nothing of what is asked."""

from collections import Counter
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.core.i18n import language_of_path
from cms.public.cache_headers import has_session, mark_nodes, mark_public
from cms.public.lookup import PublicLookup
from cms.public.schemas import Translation
from cms.public.visibility import PublicScope
from cms.public.wayfinding import home_paths, language_choices

from .crisis import is_crisis
from .engine import CONCERN, ENTRY, Candidates, search
from .forms import SearchForm
from .presenting import PresentedHit, Presenter

ON_A_PAGE: Final = 10
# The names of kinds in addresses, and the hits of each; pages are all others.
KINDS: Final = {"concerns": CONCERN, "pages": None, "questions": ENTRY}


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the field, and what was found; `q`, `kind` and `page` are read of the query."""
    scope = PublicScope.for_request(request)
    language = language_of_path(request.path_info)
    locale = scope.locale(language)
    asked = "q" in request.GET
    form = SearchForm(request.GET if asked else None)
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "is_search": True,
        "query": request.GET.get("q", "") if form.is_valid() or not form.errors else "",
        "languages": language_choices(scope, language, _other_languages(scope, language)),
    }
    if locale is not None:
        context["lookup"] = PublicLookup(scope, locale)
        if form.is_valid():
            context |= _found(request, scope, locale, form.cleaned_data["q"])
    response = render(request, "search/search_page.html", context)
    response["Referrer-Policy"] = "no-referrer"
    if request.META.get("QUERY_STRING") or has_session(request):
        # Not on a disk that others may use after the visitor.
        response["Cache-Control"] = "private, no-store"
    else:
        mark_public(response)
        mark_nodes(response, scope.nodes)
    return response


def _found(request: HttpRequest, scope: PublicScope, locale: Locale, query: str) -> dict[str, Any]:
    results = search(
        scope, locale, query, Candidates.of(scope, lambda rows: rows.filter(locale=locale))
    )
    counts = Counter(_kind(hit.type) for hit in results.hits)
    kind = request.GET.get("kind", "")
    if kind not in counts:
        kind = ""
    hits = [hit for hit in results.hits if not kind or _kind(hit.type) == kind]
    part = Paginator(hits, ON_A_PAGE).get_page(request.GET.get("page"))
    presented = Presenter(scope, results).present(list(part.object_list))
    lookup = PublicLookup(scope, locale)
    lookup.prime(hit.instance for hit in presented if hit.type == ENTRY)
    address = request.path
    return {
        "query": query,
        "is_crisis": is_crisis(query),
        "suggestion": results.corrected,
        "suggestion_path": _address(address, q=results.corrected or ""),
        "number": len(results.hits),
        "part": part,
        "hits": [_shown(hit, lookup) for hit in presented],
        "choices": [
            {"name": name, "count": count, "path": _address(address, q=query, kind=value)}
            | {"is_chosen": value == kind}
            for value, name, count in _choices(counts)
        ],
        "previous_path": part.has_previous()
        and _address(address, q=query, kind=kind, page=part.previous_page_number()),
        "next_path": part.has_next()
        and _address(address, q=query, kind=kind, page=part.next_page_number()),
    }


def _shown(hit: PresentedHit, lookup: PublicLookup) -> dict[str, Any]:
    shown: dict[str, Any] = {"hit": hit, "kind": _kind(hit.type)}
    if hit.type == ENTRY:
        shown["entry"] = hit.instance.public_value(lookup)
    return shown


def _choices(counts: Counter[str]) -> list[tuple[str, str, int]]:
    """Return (value, name, number of hits) of each choice among the kinds, where there are any."""
    names = {
        "pages": gettext("Pages"),
        "questions": gettext("Questions and answers"),
        "concerns": gettext("What you can get help with"),
    }
    found = [(kind, name, counts[kind]) for kind, name in names.items() if counts[kind]]
    return [("", gettext("Everything"), counts.total()), *found] if len(found) > 1 else []


def _kind(hit_type: str) -> str:
    return next((kind for kind, name in KINDS.items() if name == hit_type), "pages")


def _address(path: str, **query: Any) -> str:
    return f"{path}?{urlencode({name: value for name, value in query.items() if value})}"


def _other_languages(scope: PublicScope, language: str) -> list[Translation]:
    """Return the empty search of each other language: words of one find little in another."""
    others = []
    for code in home_paths(scope):
        if code != language:
            with translation.override(code):
                others.append(
                    Translation(locale=code, title=gettext("Search"), path=reverse("search"))
                )
    return others
