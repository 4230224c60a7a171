"""Tests CORS of the public APIs, and that every error below `/api/` is a problem."""

import json
from typing import Any

import pytest
from django.test import Client
from django.views import csrf

from cms.journal.version import current_version
from tests.delivery.wagtail_api import V2
from tests.reading import API, Api

PUBLIC = [
    f"{API}locales/",
    f"{API}openapi.json",
    f"{API}pages/?locale=xx",
    f"{API}pages/4711/",
    f"{API}changes/?since=99999999",
    f"{API}locales",
    f"{V2}pages/",
    f"{V2}pages",
    f"{V2}pages/find/?html_path=/en/",
    f"{V2}pages/find/?html_path=/nothing/",
    f"{V2}faqs/?nonsense=1",
    f"{V2}nothing/",
    "/api/nothing/",
]
MANAGEMENT = "/api/v3-preview/pages/"
SENT = "accept, accept-language, cache-control, content-type, if-modified-since, x-anything"


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_of_another_origin_may_read(client: Client, address: str) -> None:
    origin = {"origin": "https://other.example"}
    response = client.get(address, headers=origin)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    preflight = client.options(
        address,
        headers={
            **origin,
            "access-control-request-method": "GET",
            "access-control-request-headers": SENT,
        },
    )
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert preflight["Access-Control-Allow-Headers"] == "*, Authorization"
    assert "GET" in preflight["Access-Control-Allow-Methods"]


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ["pages", "images", "faqs"])
def test_api_v2_answers_over_http_as_the_delivery_api_does(client: Client, endpoint: str) -> None:
    address = f"{V2}{endpoint}/"
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(first.content))
    moved = client.get(f"{address[:-1]}?limit=1")
    assert (moved.status_code, moved["Location"]) == (308, f"{address}?limit=1")
    assert_problem(client.post(address), 405)


@pytest.mark.django_db
def test_programs_that_write_are_not_open_to_other_origins(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get(MANAGEMENT).headers
    assert "Access-Control-Allow-Origin" not in client.options(MANAGEMENT).headers


def assert_problem(response: Any, status: int) -> Any:
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    problem = json.loads(response.content)
    assert problem.keys() >= {"type", "title", "status", "detail", "instance"}
    assert problem["status"] == status
    return problem


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"{API}locales/", f"{API}pages/?locale=sv", f"{V2}pages/"])
def test_a_version_that_there_is_no_more(client: Client, address: str) -> None:
    """RFC 9110, 13.1.1; such an answer was a page of HTML."""
    refused = client.get(address, headers={"if-match": '"old"'})
    assert_problem(refused, 412)
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused["Content-Length"] == str(len(refused.content))
    assert client.head(address, headers={"if-match": '"old"'}).status_code == 412
    current = client.get(address)["ETag"]
    assert client.get(address, headers={"if-match": current}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", [API, V2, "/api/v3-preview/", "/api/"])
def test_what_django_refuses_is_a_problem(
    prefix: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    client = Client(raise_request_exception=False)
    assert_problem(client.get(f"{prefix}nothing/"), 404)
    assert_problem(client.get(f"{prefix}pages/", headers={"host": "evil.example"}), 400)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Refusing"]
    for status in (403, 413, 500):
        monkeypatch.setattr(Refusing, "status", status)
        # A client loads the middleware once.
        response = Client(raise_request_exception=False).get(f"{prefix}pages/?locale=sv")
        assert_problem(response, status)
        assert (response.get("Access-Control-Allow-Origin") == "*") is ("v3" not in prefix)


class Refusing:
    """A middleware that refuses requests with a page of HTML."""

    status = 403

    def __init__(self, get_response: Any) -> None:
        pass

    def __call__(self, request: Any) -> Any:
        if self.status == 500:
            raise RuntimeError("A fault")
        response = csrf.csrf_failure(request)
        response.status_code = self.status
        return response


@pytest.mark.django_db
def test_whoever_missed_changes_is_given_the_version_to_go_on_from(api: Api) -> None:
    response = api.response("changes/", since=current_version() + 5)
    problem = assert_problem(response, 410)
    assert problem["version"] == current_version()
    assert api.get("changes/", since=problem["version"])["items"] == []
