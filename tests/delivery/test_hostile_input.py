"""Tests hostile input to every endpoint and parameter: 400, never a server error."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from cms.settings import base
from tools.openapi import committed

pytestmark = pytest.mark.sampled

PROBLEM = "application/problem+json"

# As they stand in an address, percent-encoded.
VALUES = {
    "NUL": "%00",
    "NUL in a word": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "invalid UTF-8": "%FF%FE",
    "overlong UTF-8": "%C0%AF",
    "Latin-1": "%E5%E4%F6",
    "byte order mark": "%EF%BB%BF",
    "right to left": "%E2%80%AEabc",
    "line feed": "%0A",
    "blank": "",
    "space": "%20%20",
    "huge number": "9" * 400,
    "exponent": "1e5",
    "other digits": "%D9%A1%D9%A2",
    "hexadecimal": "0x10",
    "signed": "%2B5",
    "fraction": "5.5",
    "null": "null",
    "object": "%7B%22a%22%3A1%7D",
    "quotes": "%22%22",
    "SQL": "1'%20OR%20'1'%3D'1",
    "FTS": "a*%20NEAR(b)",
    "emoji": "%F0%9F%98%80",
    "broken escape": "%zz",
    "long": "a" * 20_000,
    "up and away": "..%2F..%2F",
    "backslashes": "%5C%5Chost%5Cshare",
    "other site": "https%3A%2F%2Fevil.example%2F",
}
REQUIRED = {"locale": "sv", "path": "/", "q": "samtal", "since": "0", "token": "x"}


def operations() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for path, item in committed()["paths"].items():
        parameters = item["get"].get("parameters", [])
        queries = [parameter for parameter in parameters if parameter["in"] == "query"]
        yield path.replace("{page_id}", "3"), queries


def asked() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each endpoint with each of its parameters, and with the others that it requires."""
    for path, queries in operations():
        for parameter in queries:
            name = parameter["name"]
            others = {
                query["name"]: REQUIRED[query["name"]]
                for query in queries
                if query.get("required") and query["name"] != name
            }
            yield path, name, others


# Parameters that can be given several times.
SEVERAL = {"type", "concern", "ids", "fields"}


def assert_problem(response: Any, context: str) -> dict[str, Any]:
    assert response.status_code < 500, context
    assert response["Content-Type"] == PROBLEM, context
    problem: dict[str, Any] = response.json()
    assert problem["status"] == response.status_code, context
    assert problem["detail"], context
    return problem


@pytest.mark.django_db
@pytest.mark.parametrize("kind", VALUES)
def test_no_value_is_too_strange(client: Client, kind: str) -> None:
    for path, name, others in asked():
        query = "&".join(filter(None, [urlencode(others), f"{name}={VALUES[kind]}"]))
        response = client.get(f"{path}?{query}")
        context = f"{path}?{name}={kind}"
        assert response.status_code in (200, 400, 403, 404, 410), context
        if response.status_code != 200:
            problem = assert_problem(response, context)
            if response.status_code == 400:
                assert name in problem["detail"], context


@pytest.mark.django_db
def test_every_parameter_is_given_once_and_known(client: Client) -> None:
    for path, name, others in asked():
        value = REQUIRED.get(name, "1")
        if name in SEVERAL:
            blank = client.get(f"{path}?{urlencode(others)}&{name}={value}&{name}=")
            assert f"{name}: is blank" in assert_problem(blank, path)["detail"]
            continue
        twice = client.get(f"{path}?{urlencode(others)}&{name}={value}&{name}={value}")
        assert twice.status_code == 400, path
        assert name in assert_problem(twice, path)["detail"]
        for odd in (f"{name}[]=1", f"{name.upper()}=1", "__proto__=1", "%00=1", "=1", "&&;=x"):
            response = client.get(f"{path}?{urlencode(others)}&{odd}")
            assert response.status_code == 400, f"{path}?{odd}"
            assert_problem(response, f"{path}?{odd}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "pages/-1/",
        "pages/0/",
        "pages/00003/",
        "pages/٣/",
        f"pages/{'9' * 400}/",
        "pages/3.5/",
        "pages/3;a=b/",
        "pages//",
        "pages/%2e%2e/",
        "pages/..%2f..%2fadmin/",
        "%00/",
        "%ff/",
        "a" * 8000 + "/",
        "faqs/topics/1/",
        "\\windows\\",
    ],
)
def test_no_path_is_too_strange(client: Client, path: str) -> None:
    response = client.get(f"/api/delivery/v1/{path}")
    if response.status_code != 200:
        assert response.status_code == 404
        assert_problem(response, path)


HEADERS: dict[str, dict[str, str]] = {
    "no JSON wanted": {"accept": "text/html;q=0"},
    "broken Accept": {"accept": "/;;q=x,,"},
    "broken languages": {"accept-language": "\x80;;q=zz"},
    "range": {"range": "bytes=0-1"},
    "weak tag": {"if-none-match": 'W/"x"'},
    "broken tag": {"if-none-match": '"'},
    "long tag": {"if-none-match": '"x",' * 3000},
    "broken date": {"if-modified-since": "yesterday"},
    "date far away": {"if-modified-since": "Mon, 01 Jan 99999 00:00:00 GMT"},
    "match": {"if-match": '"x"'},
    "override": {"x-http-method-override": "DELETE"},
    "forwarded": {"x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher"},
    "cookie": {"cookie": "sessionid=x; django_language=en; \x01=;;=="},
    "authorization": {"authorization": "Basic Og=="},
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize("is_cached", [False, True], ids=["made", "kept"])
def test_no_header_changes_the_answer(
    client: Client, settings: Any, kind: str, is_cached: bool
) -> None:
    if is_cached:
        settings.MIDDLEWARE = base.MIDDLEWARE
    plain = Client().get("/api/delivery/v1/locales/")
    response = Client().get("/api/delivery/v1/locales/", headers=HEADERS[kind])
    if kind == "match":
        # RFC 9110, 13.1.1: the reader asked for the version it names, and for no other.
        assert response.status_code in (200, 412)
        return
    assert response.status_code == 200
    assert response.content == plain.content


@pytest.mark.django_db
def test_any_current_version_will_do(client: Client) -> None:
    response = client.get("/api/delivery/v1/locales/", headers={"if-none-match": "*"})
    assert response.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "a b", "[::1", "testserver:x", "\x00"])
def test_a_host_that_is_not_ours(client: Client, host: str) -> None:
    response = client.get("/api/delivery/v1/locales/", headers={"host": host})
    assert response.status_code == 400
    assert_problem(response, host)


@pytest.mark.django_db
def test_a_body_on_a_read_is_passed_over(client: Client) -> None:
    response = client.generic("GET", "/api/delivery/v1/locales/", b"\x00" * 10_000, "text/plain")
    assert response.status_code == 200


def integers() -> Iterator[tuple[str, str, dict[str, str]]]:
    for path, queries in operations():
        required = {
            query["name"]: REQUIRED[query["name"]] for query in queries if query.get("required")
        }
        for query in queries:
            if '"integer"' in json.dumps(query["schema"]):
                yield path, query["name"], required


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "name", "required"), list(integers()))
def test_an_integer_is_one_as_the_contract_means_it(
    client: Client, path: str, name: str, required: dict[str, str]
) -> None:
    for value in ("1_0", "+5", "05", "5.0", " 5 ", "-0", "5 ", "٥", "1e1"):
        response = client.get(path, {**required, name: value})
        assert (response.status_code, response["Content-Type"]) == (400, PROBLEM), value
        assert response.json()["detail"].startswith(f"{name}: ")
    assert client.get(path, {**required, name: "5"}).status_code in (200, 410)
