"""Which requests have one answer for everybody, and under which key it is kept."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from cms.content.models import page_models
from cms.public.cache_headers import ASKED_QUERY, REVALIDATE, asked_query, has_session

CODE_FOLDERS: Final = ("cms", "faq", "pages", "templates", "locale")


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether a request can be answered without knowing who asks."""
    return (
        request.method in ("GET", "HEAD")
        and not has_session(request)
        and "HTTP_AUTHORIZATION" not in request.META
    )


def drop_unknown_parameters(request: HttpRequest) -> None:
    """Take from the query of a web page what no page reads, such as marks of campaigns.

    Otherwise each invented parameter would be an address of its own. The API refuses what it
    does not know, and other addresses, such as a login's, know their queries themselves. A
    redirect may be from an address with its query, which `asked_query` gives still.
    """
    if not (query := request.META.get("QUERY_STRING")):
        return
    request.META.setdefault(ASKED_QUERY, query)
    if not _is_page(request.path_info):
        return
    kept = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in _page_parameters():
            kept.setlist(name, values[-1:])
    request.META["QUERY_STRING"] = kept.urlencode()
    request.GET = kept  # type: ignore[assignment]  # Django has a cached property here


def key_of(request: HttpRequest) -> str | None:
    """The key of a request's address, None for a host that the site does not answer to."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    parts = [
        _release(),
        request.scheme or "",
        host,
        request.path,
        # As Django reads it, in whatever order, escapes and encoding it came.
        urlencode(sorted(request.GET.lists()), doseq=True),
    ]
    if settings.PUBLIC_CACHE_CONTROL != REVALIDATE:
        # Answers to other spellings of an address tell networks otherwise how long to keep them.
        query = request.META.get("QUERY_STRING", "")
        parts.append("as purged" if asked_query(request) in _purged_spellings(query) else "")
    return hashlib.sha256("\n".join(parts).encode(errors="surrogateescape")).hexdigest()[:40]


@lru_cache(maxsize=4096)
def _purged_spellings(query: str) -> tuple[str, str]:
    """How `cms.delivery.urls_of_pages` writes a query where it names its address to networks."""
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    return urlencode(pairs), urlencode(pairs, safe="/")


@lru_cache(maxsize=4096)
def _is_page(path: str) -> bool:
    try:
        return resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return False


@cache
def _page_parameters() -> frozenset[str]:
    return frozenset().union(*(model.query_parameters for model in page_models()))


@cache
def _release() -> str:
    """A fingerprint of the code and templates: a new release answers nothing from an old one."""
    seen = hashlib.sha256()
    for folder in CODE_FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in {".py", ".html", ".mo", ".css", ".js"}:
                state = path.stat()
                seen.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return seen.hexdigest()
