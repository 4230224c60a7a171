"""WSGI application that returns cached answers without calling Django.

Django's signals, middleware and response objects cost several times as much as finding a cached
answer. `cms.wsgi` puts this application in front of Django's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.utils.http import parse_etags

from cms.journal.lease import lease
from cms.public.cache_headers import without_database

from .content_version import ContentVersion, Dependencies
from .keys import cache_key, drop_unknown_parameters, is_anonymous
from .memory_cache import BoundedDict
from .middleware import CONTENT_VERSION, DEPENDENCIES

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
# Headers that describe a body, which "304 Not Modified" does not have (RFC 9110, 15.4.5).
BODY_HEADERS: Final = ("content-length", "content-type", "content-security-policy")


@dataclass(frozen=True)
class WsgiAnswer:
    """A whole answer as it was passed to the server, and its dependencies."""

    headers: Headers
    body: bytes
    dependencies: Dependencies
    etag: str

    def send(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        headers = self.headers
        if not lease.is_confirmed:
            headers = list(without_database(dict(headers)).items())
        if self._is_unmodified(environ.get("HTTP_IF_NONE_MATCH", "")):
            unchanged = [item for item in headers if item[0].lower() not in BODY_HEADERS]
            start_response("304 Not Modified", unchanged)
            return []
        start_response("200 OK", headers)
        return [self.body]

    def _is_unmodified(self, if_none_match: str) -> bool:
        """Return whether the client has this answer, by weak comparison (RFC 9110, 8.8.3.2)."""
        tags = parse_etags(if_none_match)
        return self.etag in tags or f"W/{self.etag}" in tags or "*" in tags


class WsgiCache:
    """A WSGI application that keeps the answers which `ResponseCacheMiddleware` may cache.

    It uses the same keys and dependencies, and the content version for each request. The
    middleware's cache may be shared by processes; this one belongs to its process.
    """

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = application
        self._answers: BoundedDict[WsgiAnswer] = BoundedDict()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            # Nothing is sent, but Django would read the query in the charset that is named here.
            environ.pop("CONTENT_TYPE", None)
        key = _key(environ)
        answer = self._answers.get(key) if key else None
        if answer is not None and self._is_current(answer, environ):
            return answer.send(environ, start_response)
        return self._call_django(environ, start_response, key)

    def _is_current(self, answer: WsgiAnswer, environ: Environ) -> bool:
        try:
            version = ContentVersion.read_if_known()
        except DatabaseError:
            # Django reconnects, or answers with its own page for a database that is away.
            return False
        if version is None:
            return False
        environ[CONTENT_VERSION] = version
        return answer.dependencies.are_current(version)

    def _call_django(
        self, environ: Environ, start_response: Callable[..., Any], key: str | None
    ) -> Iterable[bytes]:
        started: list[Any] = []

        def record(status: str, headers: Headers, *rest: Any) -> Any:
            started[:] = [status, headers]
            return start_response(status, headers, *rest)

        response = self._application(environ, record)
        dependencies = environ.get(DEPENDENCIES)
        if key and dependencies and started and started[0].startswith("200"):
            headers = started[1]
            answer = WsgiAnswer(headers, b"".join(response), dependencies, dict(headers)["ETag"])
            self._answers.set(key, answer)
        return response


def _key(environ: Environ) -> str | None:
    """Return the cache key of a request, None where Django must answer it each time."""
    # Made of a copy: WSGIRequest writes the decoded path into its environ, and Django would decode
    # it a second time.
    request = WSGIRequest(environ.copy())
    if not settings.RESPONSE_CACHE or not _is_cacheable(request):
        return None
    try:
        drop_unknown_parameters(request)
        return cache_key(request)
    except SuspiciousOperation:
        # Such as a query of too many parameters: Django answers with the reason.
        return None


def _is_cacheable(request: WSGIRequest) -> bool:
    return request.method == "GET" and "HTTP_IF_MATCH" not in request.META and is_anonymous(request)
