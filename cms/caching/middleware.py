"""Caches public answers for as long as no change affects them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from cms.journal.lease import lease
from cms.public.cache_headers import conditional_response, entity_tag, nodes_of, without_database

from .answer_store import answers
from .answers import Answer, is_compressible, is_text
from .codings import PLAIN, encode_stream, preferred_coding
from .content_version import ContentVersion, Dependencies
from .kept_bodies import kept_bodies
from .keys import READING, cache_key, drop_unknown_parameters, is_anonymous
from .known_objects import KnownAtVersion

# Keys in the environ of a request, by which this module and `wsgi_cache` pass the content version
# that was already read, and the kept answer that was sent; `making` learns whether it is new.
CONTENT_VERSION: Final = "samtal.content_version"
ANSWER: Final = "samtal.answer"
MADE_ANEW: Final = "samtal.made_anew"
# Longer than any page takes; a request that has waited so long computes its own answer.
WAIT_SECONDS: Final = 10.0
# The version of an answer that is not kept.
UNKNOWN: Final = ContentVersion(0, 0.0)


class SingleFlight:
    """Lets one request of this process compute an answer while others wait for it, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, threading.Event] = {}

    @contextmanager
    def lead_or_wait(self, key: str) -> Iterator[None]:
        """Let the first caller for a key in, and the others once it is done."""
        with self._lock:
            leads = key not in self._running
            done = self._running.setdefault(key, threading.Event())
        if not leads:
            done.wait(WAIT_SECONDS)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._running[key]
            done.set()


class ResponseCacheMiddleware:
    """Caches answers with `Cache-Control: public` together with their dependencies.

    The content version is read before the content: a change is in the next answer of every
    process, and nothing has to be purged. An answer whose view marks its nodes stays cached until
    a change touches one of them. The entity tag is a digest of the bytes, the same in every
    process, so a client whose copy is unchanged gets 304 (RFC 9110, 8.8.3).

    Not cached are answers to requests with a session or an authorization, errors, redirects,
    answers with a cookie, and those that the view marks with `mark_transient`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._single_flight = SingleFlight()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_anonymous(request):
            return self._answered_apart(request)
        drop_unknown_parameters(request)
        version = request.META.pop(CONTENT_VERSION, None) or ContentVersion.read()
        # Read before any content, so that answers may share what they find.
        request.content_version = version  # type: ignore[attr-defined]
        request.known_objects = KnownAtVersion(version)  # type: ignore[attr-defined]
        key = cache_key(request) if settings.RESPONSE_CACHE else None
        if key is None:
            return self.get_response(request)
        request.kept_bodies = partial(kept_bodies, request)  # type: ignore[attr-defined]
        answer = answers.get(key, version)
        response = _given(request, key, answer) if answer else self._made(request, key, version)
        if not (etag := response.get("ETag")):
            return response
        return conditional_response(request, etag, response) or response

    def _answered_apart(self, request: HttpRequest) -> HttpResponseBase:
        """Return an answer that is not kept.

        One that is public has the headers of those that are: a network may keep it.
        """
        response = self.get_response(request)
        if not (settings.RESPONSE_CACHE and request.method in READING and _is_public(response)):
            return response
        answer = _answer(response, UNKNOWN)
        _fill(response, request, answer)
        return conditional_response(request, response["ETag"], response) or response

    def _made(self, request: HttpRequest, key: str, version: ContentVersion) -> HttpResponse:
        with self._single_flight.lead_or_wait(f"{key} {version}"):
            # Others may have made it since this request has looked.
            if answer := answers.in_memory(key, version):
                return _given(request, key, answer)
            response = self.get_response(request)
            if response.streaming:
                _compress_stream(response, request)
            if _is_public(response):
                answer = _answer(response, version)
                coding = _fill(response, request, answer)
                answer.bodies = {coding: answer.bodies[coding]}
                if request.method == "GET" and not getattr(response, "transient", False):
                    answers.set(key, answer)
                    request.META[ANSWER] = answer
                    request.META[MADE_ANEW] = True
            return response


def _given(request: HttpRequest, key: str, answer: Answer) -> HttpResponse:
    """Return the response with a kept answer."""
    response = HttpResponse(headers=answer.headers)
    _fill(response, request, answer)
    # It may have grown by a coding.
    answers.memory.set(key, answer)
    if lease.is_confirmed:
        request.META[ANSWER] = answer
    else:
        for name, value in without_database({}).items():
            response[name] = value
    if request.method == "HEAD":
        response.content = b""
    return response


def _answer(response: HttpResponse, version: ContentVersion) -> Answer:
    """Return what is kept of a response that was just made."""
    response["ETag"] = entity_tag(response.content)
    if is_compressible(response.headers, response.content):
        patch_vary_headers(response, ["Accept-Encoding"])
    return Answer(
        headers=dict(response.items()),
        dependencies=Dependencies(version, nodes_of(response)),
        bodies={PLAIN: response.content},
        is_lasting=getattr(response, "is_lasting", False),
    )


def _fill(response: HttpResponse, request: HttpRequest, answer: Answer) -> str:
    """Give a response the body of an answer in the coding that its reader prefers; return it."""
    coding = answer.coding_for(preferred_coding(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    response.content = answer.body(coding)
    for name, value in answer.coding_headers(coding).items():
        response[name] = value
    return coding


def _compress_stream(response: Any, request: HttpRequest) -> None:
    """Let a long answer, such as an export, leave in the coding that its reader prefers."""
    if "Content-Length" in response or not is_text(response.headers):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    coding = preferred_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if coding != PLAIN:
        response.streaming_content = encode_stream(response.streaming_content, coding)
        response["Content-Encoding"] = coding


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
