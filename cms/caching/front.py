"""Kept answers, given before Django is asked.

What Django does for any request whatever, its signals, middleware and response, costs several
times what it takes to find a kept answer. So the WSGI application looks here first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.utils.http import parse_etags

from .keys import drop_unknown_parameters, is_for_everybody, is_known, key_of
from .memory import Memory
from .middleware import KEEP, MOMENT
from .moment import Moment

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
# What says something of a body, which "304 Not Modified" has none of (RFC 9110, 15.4.5).
OF_THE_BODY: Final = ("content-length", "content-type", "content-security-policy")


@dataclass(frozen=True)
class Answer:
    """The whole of an answer, as the server was given it."""

    headers: Headers
    body: bytes

    def given(self, environ: Environ, etag: str, start_response: Callable[..., Any]) -> list[bytes]:
        known = parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))
        if "*" in known or is_known(known, etag):
            kept = [item for item in self.headers if item[0].lower() not in OF_THE_BODY]
            start_response("304 Not Modified", kept)
            return []
        start_response("200 OK", self.headers)
        return [self.body]


class Front:
    """A WSGI application before Django's: gives what `ResponseCacheMiddleware` lets it keep.

    The keys are the same, with the journal's version read anew for each request, and so is what
    is kept: with Redis, processes share what was made, and each keeps what it has given.
    """

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = application
        self._answers: Memory[Answer] = Memory()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or not settings.RESPONSE_CACHE:
            return self._application(environ, start_response)
        key = self._key(environ)
        answer = self._answers.get(key) if key else None
        if answer is not None:
            return answer.given(environ, f'"{key}"', start_response)
        return self._asked(environ, start_response)

    def _key(self, environ: Environ) -> str | None:
        request = WSGIRequest(environ)
        if request.path.startswith(settings.STATIC_URL) or not is_for_everybody(request):
            return None
        try:
            moment = Moment.known()
        except DatabaseError:
            # Django knows how to mend its connection, and what to say where it cannot.
            return None
        if moment is None:
            return None
        drop_unknown_parameters(request)
        environ[MOMENT] = moment
        return key_of(request, moment)

    def _asked(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said: list[Any] = []

        def note(status: str, headers: Headers, *rest: Any) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, *rest)

        response = self._application(environ, note)
        key = environ.get(KEEP)
        if key and said and said[0].startswith("200"):
            self._answers.set(key, Answer(said[1], b"".join(response)))
        return response
