"""Kept answers, given before Django is asked.

What Django does for any request whatever, its signals, middleware and response, costs several
times what it takes to find a kept answer. So the WSGI application looks here first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.utils.http import parse_etags

from .keys import drop_unknown_parameters, is_for_everybody, key_of
from .memory import Memory
from .middleware import BASIS, MOMENT
from .moment import Basis, Moment

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
# What says something of a body, which "304 Not Modified" has none of (RFC 9110, 15.4.5).
OF_THE_BODY: Final = ("content-length", "content-type", "content-security-policy")


@dataclass(frozen=True)
class Answer:
    """The whole of an answer, as the server was given it, and what it was made of."""

    headers: Headers
    body: bytes
    basis: Basis
    etag: str

    def given(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        if self._is_known(environ.get("HTTP_IF_NONE_MATCH", "")):
            kept = [item for item in self.headers if item[0].lower() not in OF_THE_BODY]
            start_response("304 Not Modified", kept)
            return []
        start_response("200 OK", self.headers)
        return [self.body]

    def _is_known(self, said: str) -> bool:
        """Whether a reader has it, by the weak comparison of RFC 9110, 8.8.3.2."""
        tags = parse_etags(said)
        return self.etag in tags or f"W/{self.etag}" in tags or "*" in tags


class Front:
    """A WSGI application before Django's: gives what `ResponseCacheMiddleware` lets it keep.

    The keys are the same, with the journal's version read anew for each request, and so is what
    is kept: with Redis, processes share what was made, and each keeps what it has given.
    """

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = application
        self._answers: Memory[Answer] = Memory()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = _key(environ)
        answer = self._answers.get(key) if key else None
        if answer is not None and self._holds(answer, environ):
            return answer.given(environ, start_response)
        return self._asked(environ, start_response, key)

    def _holds(self, answer: Answer, environ: Environ) -> bool:
        try:
            moment = Moment.known()
        except DatabaseError:
            # Django knows how to mend its connection, and what to say where it cannot.
            return False
        if moment is None:
            return False
        environ[MOMENT] = moment
        return answer.basis.holds(moment)

    def _asked(
        self, environ: Environ, start_response: Callable[..., Any], key: str | None
    ) -> Iterable[bytes]:
        said: list[Any] = []

        def note(status: str, headers: Headers, *rest: Any) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, *rest)

        response = self._application(environ, note)
        basis = environ.get(BASIS)
        if key and basis and said and said[0].startswith("200"):
            headers = said[1]
            answer = Answer(headers, b"".join(response), basis, dict(headers)["ETag"])
            self._answers.set(key, answer)
        return response


def _key(environ: Environ) -> str | None:
    """The key of the kept answer, None where Django answers each time."""
    # Of a copy: a request writes its path, decoded, into the environ that it is made of, and
    # Django would decode it once more.
    request = WSGIRequest(environ.copy())
    if not settings.RESPONSE_CACHE or not _may_be_kept(request):
        return None
    try:
        drop_unknown_parameters(request)
        return key_of(request)
    except SuspiciousOperation:
        # Such as a query of too many parameters: Django says what is wrong.
        return None


def _may_be_kept(request: WSGIRequest) -> bool:
    return (
        request.method == "GET"
        and not request.path.startswith(settings.STATIC_URL)
        and "HTTP_IF_MATCH" not in request.META
        and is_for_everybody(request)
    )
