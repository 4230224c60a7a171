"""Gives programs that ask for Markdown the Markdown of a page (RFC 9110, 12.5.1)."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.handlers.wsgi import WSGIRequest

from cms.caching.keys import is_page_address

HTML: Final = "text/html"
MARKDOWN: Final = "text/markdown"


class MarkdownNegotiation:
    """A WSGI application that asks another for `…/index.md` where a request prefers Markdown.

    It stands before the cache of answers, which knows them by their addresses.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if MARKDOWN in environ.get("HTTP_ACCEPT", "") and environ["PATH_INFO"].endswith("/"):
            # Made of a copy, since a request changes its environ.
            request = WSGIRequest(environ.copy())
            preferred = request.get_preferred_type([HTML, MARKDOWN])
            if preferred == MARKDOWN and is_page_address(request.path_info):
                environ["PATH_INFO"] += "index.md"
        return self._application(environ, start_response)
