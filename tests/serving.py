"""A test client that passes requests through everything before Django, as a server does."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test.client import ClientHandler

from cms.wsgi import served


class ServedHandler(ClientHandler):
    """Answers as the WSGI application does, and with Django's response where Django was asked.

    A plain `ClientHandler` asks Django at once, so that no test sees a fault of what is before it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._application = served(self._ask_django)

    def __call__(self, environ: dict[str, Any]) -> HttpResponseBase:
        said: list[Any] = []
        answer = self._application(environ, lambda *args: said.extend(args))
        if isinstance(answer, HttpResponseBase):
            return answer
        status, headers = said
        response = HttpResponse(b"".join(answer), status=int(status[:3]))
        del response["Content-Type"]
        for name, value in headers:
            response[name] = value
        response.wsgi_request = WSGIRequest(environ)
        return response

    def _ask_django(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().__call__(environ)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response
