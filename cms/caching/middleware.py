"""Public answers, computed once for as long as no change concerns them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from cms.public.cache_headers import entity_tag, shown_pages

from .answers import Kept
from .flights import Flights
from .keys import drop_unknown_parameters, is_for_everybody, key_of
from .moment import Basis, Moment
from .store import Store

# What this and the front before Django tell each other in the environment of a request: the moment
# that was read already, and what an answer is made of that may be kept there too.
MOMENT: Final = "samtal.moment"
BASIS: Final = "samtal.basis"


class ResponseCacheMiddleware:
    """Keeps answers that say `Cache-Control: public` and gives them again while they are true.

    With each answer the journal's version is kept that was read before the content: what is
    published is in the next answer of every process, and nothing has to be purged. An answer
    that names the pages it shows outlives changes of other pages' content. The entity tag is
    that of the bytes, so whoever has them is told so after changes elsewhere and by every
    process alike (RFC 9110, 8.8.3).

    Nothing is kept of a request with a session or an authorization, of an error or a redirect,
    of an answer with a cookie, and of what the view says is not worth it (`mark_transient`).
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
        # Read before any content, so that `cms.public.site_facts` may remember what holds then.
        request.moment = moment  # type: ignore[attr-defined]
        key = key_of(request) if settings.RESPONSE_CACHE else None
        if key is None:
            return self.get_response(request)
        response = self._kept(request, key, moment) or self._made(request, key, moment)
        if not (etag := response.get("ETag")):
            return response
        return get_conditional_response(request, etag=etag, response=response) or response

    def _kept(self, request: HttpRequest, key: str, moment: Moment) -> HttpResponse | None:
        kept = self._store.get(key)
        if kept is None or not kept.basis.holds(moment):
            return None
        response = HttpResponse(kept.content, headers=kept.headers)
        request.META[BASIS] = kept.basis
        if request.method == "HEAD":
            response.content = b""
        return response

    def _made(self, request: HttpRequest, key: str, moment: Moment) -> HttpResponse:
        with self._flights.lead_or_wait(f"{key} {moment}") as leads:
            if not leads and (kept := self._kept(request, key, moment)):
                return kept
            response = self.get_response(request)
            if _is_public(response):
                response["ETag"] = entity_tag(response)
                if request.method == "GET" and not getattr(response, "transient", False):
                    response["Content-Length"] = str(len(response.content))
                    basis = Basis(moment, shown_pages(response))
                    self._store.set(key, Kept(response.content, dict(response.items()), basis))
                    request.META[BASIS] = basis
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
