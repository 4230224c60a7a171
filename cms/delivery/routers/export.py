"""`export/`: every page of a language in one answer, a line for each."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router
from ninja.decorators import decorate_view
from ninja.renderers import JSONRenderer

from cms.core.release import release
from cms.public.cache_headers import conditional_response, mark_public
from cms.public.visibility import PublicScope

from ..envelope import page_envelopes
from ..languages import ListLanguages, set_content_language
from ..parameter_checks import strict
from ..parameters import ExportParameters
from ..schemas import ExportEnd, ExportLine, PageEnvelope

logger = logging.getLogger(__name__)

router = Router(tags=["pages"])

JSON_LINES: Final = "application/jsonl"
CHUNK: Final = 100

_renderer: Final = JSONRenderer()


@router.get(
    "",
    response=ExportLine,
    by_alias=True,
    operation_id="exportPages",
    summary="Every page of one language, streamed",
)
@decorate_view(strict(ExportParameters))
def export_pages(request: HttpRequest, query: Query[ExportParameters]) -> HttpResponseBase:
    """Lines of JSON: a page in each, in the editors' order, and at last one with `kind` `end`.

    An answer without that last line was cut off. `version` in it is that of the content when the
    export began: what changes while it is read is in `changes/` after that version.
    """
    scope = PublicScope.for_request(request)
    languages = ListLanguages.of(scope, query)
    etag = _etag(request, query, scope)
    # Made of nothing that has to be read, and before the pages are.
    response: HttpResponseBase | None = conditional_response(request, etag)
    if response is None:
        response = StreamingHttpResponse(
            _lines(request, scope, languages, query), content_type=JSON_LINES
        )
        set_content_language(response, languages.content_language)
    if etag:
        response["ETag"] = etag
        mark_public(response)
    else:
        response["Cache-Control"] = "no-store"
    return response


def _etag(request: HttpRequest, query: ExportParameters, scope: PublicScope) -> str | None:
    """Return the entity tag of an export, None where the content version is not known.

    It is weak (RFC 9110, 8.8.1): two exports of one version can differ in what changed while they
    were read.
    """
    version = getattr(request, "content_version", None)
    if version is None:
        return None
    site = scope.site
    parts = [release(), settings.BASE_URL, site.pk, site.root_url, *version]
    named = repr([*map(str, parts), query.model_dump()])
    return f'W/"{hashlib.sha256(named.encode()).hexdigest()[:32]}"'


def _lines(
    request: HttpRequest, scope: PublicScope, languages: ListLanguages, query: ExportParameters
) -> Iterator[bytes]:
    version: int = request.journal_version  # type: ignore[attr-defined]  # set by `strict`
    pages = languages.select(scope.pages()).order_by("path")
    keys = list(pages.values_list("pk", "locale"))
    count = 0
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        kept = _kept(request, [pk for pk, locale in chunk if locale == languages.locale.pk], query)
        # A scope of its own: pages may have been hidden since the export began.
        own = PublicScope(scope.site, known=getattr(request, "known_objects", None))
        missing = [pk for pk, _locale in chunk if pk not in kept]
        made = _sound_envelopes(missing, own, languages, query) if missing else []
        lines = kept | {envelope.id: _line(request, envelope) for envelope in made}
        count += len(lines)
        yield b"".join(lines[pk] for pk, _locale in chunk if pk in lines)
    yield _line(request, ExportEnd(version=version, count=count))


def _kept(request: HttpRequest, keys: list[int], query: ExportParameters) -> dict[int, bytes]:
    """Return the lines of those pages whose answers at their ids are kept and hold now.

    Not for fallbacks, which say of themselves that they are.
    """
    find: Callable[[Iterable[str]], dict[str, bytes]] | None = getattr(request, "kept_bodies", None)
    if find is None:
        return {}
    parameters = "" if query.rich_text == "html" else f"?rich_text={query.rich_text}"
    # A page at its id is below the list; one look-up for each would take a fifth of the time.
    pages = reverse("delivery:list_pages")
    addresses = {f"{pages}{pk}/{parameters}": pk for pk in keys}
    return {addresses[address]: body + b"\n" for address, body in find(addresses).items()}


def _sound_envelopes(
    keys: list[int], scope: PublicScope, languages: ListLanguages, query: ExportParameters
) -> list[PageEnvelope]:
    """Return the pages of a chunk without those whose data is broken, which are logged."""
    try:
        return _envelopes(keys, scope, languages, query)
    except DatabaseError:
        raise
    except Exception:
        if len(keys) == 1:
            logger.exception("Page %s is left out of an export", keys[0])
            return []
    return [page for key in keys for page in _sound_envelopes([key], scope, languages, query)]


def _envelopes(
    keys: list[int], scope: PublicScope, languages: ListLanguages, query: ExportParameters
) -> list[PageEnvelope]:
    """Return the pages of a chunk that are still public, in the order of their keys."""
    pages = languages.select(scope.pages()).filter(pk__in=keys).order_by().specific()
    found = {page.pk: page for page in pages}
    envelopes = page_envelopes(found.values(), scope, query.rich_text)
    return [
        envelopes[key].model_copy(update=languages.labels(scope, found[key]))
        for key in keys
        if key in found
    ]


def _line(request: HttpRequest, line: Any) -> bytes:
    data = line.model_dump(by_alias=True)
    text: str = _renderer.render(request, data, response_status=HTTPStatus.OK)
    return f"{text}\n".encode()
