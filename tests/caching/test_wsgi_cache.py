"""Tests answers that are returned before Django: the same, for the same readers, as fresh."""

import io
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from wagtail.models import Page

from cms.caching.wsgi_cache import WsgiCache
from cms.journal.version import QUERY as QUERY_OF_VERSION
from tests.reading import API

IPT = f"{API}pages/by-path/"
QUERY = "path=/terapimetoder/ipt/"


class Server:
    """Calls the WSGI application as a server does, and counts the calls of Django."""

    def __init__(self) -> None:
        self.asked = 0
        self._django = WSGIHandler()
        self._application = WsgiCache(self._ask_django)

    def _ask_django(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        return self._django(environ, start_response)

    def get(
        self, path: str, query: str = "", method: str = "GET", **headers: str
    ) -> tuple[str, dict[str, str], bytes]:
        said: list[Any] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            **headers,
        }
        body = b"".join(self._application(environ, lambda *args: said.extend(args)))
        return said[0], dict(said[1]), body


@pytest.fixture
def server(reader: Client, monkeypatch: pytest.MonkeyPatch) -> Server:
    # The end of a request would close the connection that holds the test's transaction.
    monkeypatch.setattr("django.http.response.signals.request_finished.send", lambda **_: None)
    monkeypatch.setattr("django.core.signals.request_started.send", lambda *_, **__: None)
    return Server()


@pytest.mark.parametrize(("path", "query"), [(IPT, QUERY), ("/terapimetoder/ipt/", "")])
def test_the_second_answer_is_the_first_without_django(
    server: Server, path: str, query: str
) -> None:
    first = server.get(path, query)
    assert first[0] == "200 OK"
    assert server.get(path, query) == first
    assert server.asked == 1


def test_who_has_the_answer_is_told_so_with_the_headers_that_it_needs(server: Server) -> None:
    _status, headers, _body = server.get(IPT, QUERY)
    for known in (headers["ETag"], f"W/{headers['ETag']}", f'"x", {headers["ETag"]}'):
        status, again, body = server.get(IPT, QUERY, HTTP_IF_NONE_MATCH=known)
        assert (status, body) == ("304 Not Modified", b"")
        assert again["ETag"] == headers["ETag"]
        assert again["Cache-Control"] == headers["Cache-Control"]
        assert again["Access-Control-Allow-Origin"] == "*"
        # RFC 9110, 15.4.5: what describes a body is left out.
        assert not {"Content-Length", "Content-Type", "Content-Security-Policy"} & set(again)
    assert server.get(IPT, QUERY, HTTP_IF_NONE_MATCH='"x"')[0] == "200 OK"
    assert server.asked == 1


def test_a_change_is_in_the_next_answer(server: Server) -> None:
    server.get(IPT, QUERY)
    page = Page.objects.get(slug="ipt", locale__language_code="sv").specific
    page.heading = "En ny rubrik"
    page.save_revision().publish()
    assert "En ny rubrik" in server.get(IPT, QUERY)[2].decode()
    page.unpublish()
    assert server.get(IPT, QUERY)[0].startswith("404")


@pytest.mark.parametrize(
    "who", [{"HTTP_COOKIE": "sessionid=x"}, {"HTTP_AUTHORIZATION": "Bearer x"}]
)
def test_who_may_be_somebody_is_answered_by_django(server: Server, who: dict[str, str]) -> None:
    server.get("/kontakt/")
    server.get("/kontakt/", **who)
    assert server.asked == 2


def test_what_is_no_kept_answer_is_for_django_each_time(server: Server) -> None:
    for number, (path, method) in enumerate(
        [(IPT, "HEAD"), (IPT, "OPTIONS"), ("/finns-inte/", "GET"), ("/static/x.css", "GET")]
    ):
        for again in (1, 2):
            server.get(path, QUERY, method)
            assert server.asked == 2 * number + again


def test_what_is_kept_has_no_body_for_head(server: Server) -> None:
    _status, headers, _body = server.get("/kontakt/")
    status, again, body = server.get("/kontakt/", method="HEAD")
    assert (status, body, again["ETag"]) == ("200 OK", b"", headers["ETag"])


def test_a_condition_on_the_state_is_for_django(server: Server) -> None:
    """RFC 9110, 13.1.1: the request fails where the answer is another one."""
    server.get(IPT, QUERY)
    assert server.get(IPT, QUERY, HTTP_IF_MATCH='"x"')[0] == "412 Precondition Failed"


def test_a_reader_without_an_answer_gets_what_another_was_told_unchanged(server: Server) -> None:
    first = server.get(IPT, QUERY)[1]
    other = Server()
    status, headers, _body = other.get(IPT, QUERY, HTTP_IF_NONE_MATCH=first["ETag"])
    assert status == "304 Not Modified"
    for name in ("ETag", "Cache-Control"):
        assert headers[name] == first[name]
    status, _headers, body = other.get(IPT, QUERY)
    assert status == "200 OK"
    assert body


def test_a_database_that_is_away_is_told_of(server: Server) -> None:
    server.get("/en/contact/")

    def fail(*_: Any) -> None:
        raise OperationalError("The server closed the connection.")

    with connection.execute_wrapper(fail):
        assert server.get("/kontakt/")[0].startswith("503")


def test_the_version_is_read_once_for_an_answer_that_is_made_anew(server: Server) -> None:
    server.get("/kontakt/")
    page = Page.objects.get(slug="kontakt").specific
    page.heading = "En ny rubrik"
    page.save_revision().publish()
    server.get("/en/contact/")
    with CaptureQueriesContext(connection) as queries:
        assert "En ny rubrik" in server.get("/kontakt/")[2].decode()
    assert len([query for query in queries if query["sql"] == QUERY_OF_VERSION]) == 1


def test_another_host_or_scheme_has_no_part_in_it(server: Server) -> None:
    server.get("/kontakt/")
    assert server.get("/kontakt/", HTTP_HOST="evil.example")[0].startswith("400")
    server.get("/kontakt/", **{"wsgi.url_scheme": "https"})
    assert server.asked == 3


@pytest.mark.usefixtures("server")
def test_what_a_proxy_says_of_the_scheme_counts_for_each_request(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    # Its middleware has read the settings.
    server = Server()
    for _again in range(2):
        for cookies in ({}, {"HTTP_COOKIE": "a=b"}):
            secure = server.get("/kontakt/", HTTP_X_FORWARDED_PROTO="https", **cookies)
            assert secure[0] == "200 OK"
        for said in ({}, {"HTTP_X_FORWARDED_PROTO": ""}, {"HTTP_X_FORWARDED_PROTO": "http"}):
            assert server.get("/kontakt/", **said)[0].startswith("301")


def test_settings_that_refuse_a_host_count_at_once(server: Server, settings: Settings) -> None:
    assert server.get("/kontakt/")[0] == "200 OK"
    settings.ALLOWED_HOSTS = ["other.example"]
    assert server.get("/kontakt/")[0].startswith("400")


@pytest.mark.parametrize("charset", ["unicode_escape", "base64", "rot13", "undefined", "utf-7"])
@pytest.mark.parametrize("query", ["locale=%5Cud800", "page=%C3%A5"])
def test_a_charset_of_nothing_that_is_sent_changes_nothing(
    server: Server, charset: str, query: str
) -> None:
    path = "/api/delivery/v1/pages/"
    strange = server.get(path, query, CONTENT_TYPE=f"text/plain; charset={charset}")
    assert strange[0] == server.get(path, query)[0]
    assert strange[0].startswith("4")
