"""WSGI application that returns cached answers without calling Django.

Django's signals, middleware and response objects cost several times as much as finding a cached
answer. `cms.wsgi` puts this application in front of Django's.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.utils.http import parse_etags

from cms.journal.lease import lease
from cms.public.cache_headers import without_database

from .answer_store import answers
from .answers import Answer
from .codings import preferred_coding
from .content_version import ContentVersion
from .keys import cache_key, drop_unknown_parameters, is_anonymous
from .middleware import ANSWER, CONTENT_VERSION

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
# All of a request that its cache key depends on, apart from cookies.
ADDRESS: Final = (
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SERVER_NAME",
    "SERVER_PORT",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "wsgi.url_scheme",
)
# A request with one of these is read each time. Django itself answers those with the first two.
SELDOM: Final = ("HTTP_IF_MATCH", "HTTP_AUTHORIZATION", "HTTP_COOKIE", "SCRIPT_URL", "REDIRECT_URL")
# A process remembers the keys of so many addresses, each of so many characters at most.
ADDRESSES: Final = 32_768
LONGEST_ADDRESS: Final = 1000
# Headers that describe a body, which "304 Not Modified" does not have (RFC 9110, 15.4.5).
BODY_HEADERS: Final = (
    "content-encoding",
    "content-length",
    "content-type",
    "content-security-policy",
)


class WsgiCache:
    """A WSGI application that keeps the answers which `ResponseCacheMiddleware` may cache.

    It uses the memory of the middleware's answers, and the content version for each request.
    """

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            # Nothing is sent, but Django would read the query in the charset that is named here.
            environ.pop("CONTENT_TYPE", None)
        key = _key(environ)
        answer = answers.memory.get(key) if key else None
        if key and answer and answer.wire_headers is not None and _is_current(answer, environ):
            coding = answer.coding_for(preferred_coding(environ.get("HTTP_ACCEPT_ENCODING", "")))
            if coding not in answer.bodies:
                answer.body(coding)
                answers.memory.set(key, answer)
            return _send(answer, coding, environ, start_response)
        return self._call_django(environ, start_response)

    def _call_django(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        started: list[Any] = []

        def record(status: str, headers: Headers, *rest: Any) -> Any:
            started[:] = [status, headers]
            return start_response(status, headers, *rest)

        response = self._application(environ, record)
        answer = environ.get(ANSWER)
        if answer and started and started[0].startswith("200"):
            answer.set_wire(started[1])
        return response


def _is_current(answer: Answer, environ: Environ) -> bool:
    try:
        version = ContentVersion.read_if_known()
    except DatabaseError:
        # Django reconnects, or answers with its own page for a database that is away.
        return False
    if version is None:
        return False
    environ[CONTENT_VERSION] = version
    return answer.dependencies.are_current(version)


def _send(
    answer: Answer, coding: str, environ: Environ, start_response: Callable[..., Any]
) -> list[bytes]:
    headers, etag = answer.wire(coding)
    if not lease.is_confirmed:
        headers = list(without_database(dict(headers)).items())
    if (known := environ.get("HTTP_IF_NONE_MATCH")) and _names(known, etag):
        unchanged = [item for item in headers if item[0].lower() not in BODY_HEADERS]
        start_response("304 Not Modified", unchanged)
        return []
    start_response("200 OK", headers)
    return [answer.body(coding)]


def _names(if_none_match: str, etag: str) -> bool:
    """Return whether a header names an entity tag, by weak comparison (RFC 9110, 8.8.3.2)."""
    tags = parse_etags(if_none_match)
    return etag in tags or f"W/{etag}" in tags or "*" in tags


def _key(environ: Environ) -> str | None:
    """Return the cache key of a request, None where Django must answer it each time.

    Most requests are for an address that this process has seen: to have Django read it once more
    takes as long as all else that sends a kept answer.
    """
    if not settings.RESPONSE_CACHE or environ["REQUEST_METHOD"] != "GET":
        return None
    if any(name in environ for name in SELDOM):
        # Made of a copy: WSGIRequest writes the decoded path into its environ, and Django would
        # decode it a second time.
        return _key_of_request(WSGIRequest(environ.copy()))
    address = tuple(environ.get(name) for name in ADDRESS)
    is_short = sum(map(len, filter(None, address))) <= LONGEST_ADDRESS
    return (key_of if is_short else key_of.__wrapped__)(address)


@lru_cache(maxsize=ADDRESSES)
def key_of(address: tuple[str | None, ...]) -> str | None:
    """Return the key of the request that has the given values of `ADDRESS`, and nothing else."""
    environ: Environ = {
        name: value for name, value in zip(ADDRESS, address, strict=True) if value is not None
    }
    environ |= {"REQUEST_METHOD": "GET", "wsgi.input": BytesIO()}
    return _key_of_request(WSGIRequest(environ))


def _key_of_request(request: WSGIRequest) -> str | None:
    if "HTTP_IF_MATCH" in request.META or not is_anonymous(request):
        return None
    try:
        drop_unknown_parameters(request)
        return cache_key(request)
    except SuspiciousOperation:
        # Such as a query of too many parameters: Django answers with the reason.
        return None
