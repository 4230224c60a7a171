"""Public answers, computed once for each state of the content and address."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from cms.core.caching import mark_public

from .flights import Flights
from .keys import drop_unknown_parameters, is_for_everybody, is_known, key_of
from .moment import Moment
from .store import Store

# What this and the front before Django tell each other in the environment of a request: the moment
# that was read already, and the key under which an answer may be kept there too.
MOMENT: Final = "samtal.moment"
KEEP: Final = "samtal.keep"


class ResponseCacheMiddleware:
    """Keeps answers that say `Cache-Control: public` and gives them again while they are true.

    The key holds the journal's version, read before the content: what is published is in the
    next answer of every process, and nothing has to be purged. The entity tag is the key, so
    that a reader who has the answer is told so without making it (RFC 9110, 13.1.2).

    Nothing is kept of a request with a session or an authorization, of an error or a redirect,
    of an answer with a cookie, and of what the view says is not worth it (`responses.transient`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._store = Store()
        self._flights = Flights()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_for_everybody(request):
            return self.get_response(request)
        drop_unknown_parameters(request)
        moment = request.META.pop(MOMENT, None) or Moment.now()
        # Read before any content, so that `cms.core.facts` may remember what holds then.
        request.moment = moment  # type: ignore[attr-defined]
        key = key_of(request, moment) if settings.RESPONSE_CACHE else None
        if key is None:
            return self.get_response(request)
        etag = f'"{key}"'
        known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
        if is_known(known, etag):
            # Only an answer that was given had this tag.
            return _not_modified(etag)
        response = self._kept(request, key) or self._made(request, key, etag)
        if "*" in known and response.get("ETag") == etag:
            return _not_modified(etag)
        return response

    def _kept(self, request: HttpRequest, key: str) -> HttpResponse | None:
        kept = self._store.get(key)
        if kept is None:
            return None
        content, headers = kept
        response = HttpResponse(content, headers=headers)
        request.META[KEEP] = key
        if request.method == "HEAD":
            response.content = b""
        return response

    def _made(self, request: HttpRequest, key: str, etag: str) -> HttpResponseBase:
        with self._flights.lead_or_wait(key) as leads:
            if not leads and (kept := self._kept(request, key)):
                return kept
            response = self.get_response(request)
            if _is_public(response):
                response["ETag"] = etag
                if request.method == "GET" and not getattr(response, "transient", False):
                    response["Content-Length"] = str(len(response.content))
                    self._store.set(key, (response.content, dict(response.items())))
                    request.META[KEEP] = key
            return response


def _not_modified(etag: str) -> HttpResponse:
    """With the headers that the whole answer would have for caches (RFC 9110, 15.4.5)."""
    response = HttpResponseNotModified(headers={"ETag": etag})
    mark_public(response)
    return response


def _is_public(response: Any) -> bool:
    directives = response.get("Cache-Control", "")
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and "public" in directives
        and "no-store" not in directives
        and not response.cookies
        and "Cookie" not in response.get("Vary", "")
    )
