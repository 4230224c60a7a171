"""Tests methods, slashes, validators, CORS and errors of the Delivery API."""

from typing import Any

import pytest
from django.test import Client

from tests.reading import API, Api

pytestmark = pytest.mark.sampled

ENDPOINTS = [
    "locales/",
    "navigation/?locale=sv",
    "pages/?locale=sv",
    "pages/by-path/?path=/en/",
    "openapi.json",
]


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_unchanged_answer_is_not_sent_again(client: Client, endpoint: str) -> None:
    first = client.get(API + endpoint)
    assert first.status_code == 200
    assert first["ETag"].startswith('"')
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "public" in first["Cache-Control"]
    again = client.get(API + endpoint, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(API + endpoint, headers={"if-none-match": '"another"'})
    assert other.content == first.content


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_answer_depends_on_the_address_alone(client: Client, endpoint: str) -> None:
    answer = client.get(API + endpoint, headers={"accept-language": "sv"})
    client.cookies["django_language"] = "en"
    other = client.get(API + endpoint, headers={"accept-language": "en-GB,en;q=0.9"})
    assert other.content == answer.content
    assert "Vary" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.django_db
def test_an_editor_gets_the_same_answer(client: Client, admin_client: Client) -> None:
    address = f"{API}pages/by-path/?path=/en/"
    assert admin_client.get(address).content == client.get(address).content


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ["pages?locale=sv", "locales", "pages/by-path?path=/en/"])
def test_a_missing_slash_is_added_for_good(client: Client, endpoint: str) -> None:
    response = client.get(API + endpoint)
    assert response.status_code == 308
    path, _, query = endpoint.partition("?")
    assert response["Location"] == f"{API}{path}/" + (f"?{query}" if query else "")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = client.generic(method, f"{API}pages/?locale=sv")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_head_and_options(client: Client) -> None:
    head = client.head(f"{API}locales/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == client.get(f"{API}locales/")["ETag"]
    options = client.options(f"{API}locales/")
    assert options.status_code == 204
    assert options["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("endpoint", "named"),
    [
        ("pages/", "locale"),
        ("pages/?locale=de", "sv, en"),
        ("pages/?locale=", "locale"),
        ("pages/?locale=sv&locale=en", "locale"),
        ("pages/?locale=sv&colour=red", "colour"),
        ("pages/?locale=sv&limit=0", "limit"),
        ("pages/?locale=sv&limit=101", "limit"),
        ("pages/?locale=sv&limit=ten", "limit"),
        ("pages/?locale=sv&offset=-1", "offset"),
        ("pages/?locale=sv&offset=99999999999999999999999", "offset"),
        ("pages/?locale=sv&parent=99999999999999999999999", "parent"),
        ("pages/?locale=sv&type=blog", "therapy_method"),
        ("pages/?locale=sv&order=colour", "-title"),
        ("pages/?locale=sv&concern=a%00b", "concern"),
        ("pages/?locale=sv&concern=%ff%fe", "concern"),
        ("pages/?locale=sv&concern=%ed%a0%80", "concern"),
        ("pages/?locale=sv&fallback=de", "fallback"),
        ("pages/by-path/", "path"),
        ("pages/by-path/?path=%00", "path"),
        (f"pages/by-path/?path=/{'a' * 3000}/", "path"),
        ("pages/by-path/?path=http://[broken", "path"),
        ("pages/1/?fields=colour", "fields"),
        ("navigation/", "locale"),
        ("navigation/?locale=xx", "sv, en"),
        ("locales/?locale=sv", "locale"),
    ],
)
def test_a_bad_parameter_is_named(api: Api, endpoint: str, named: str) -> None:
    response = api.client.get(API + endpoint)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem.keys() == {"type", "title", "status", "detail", "instance"}
    assert named in problem["detail"]
    assert problem["instance"] == API + endpoint.partition("?")[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "endpoint",
    [
        "nothing/",
        "pages/4711/",
        "pages/99999999999999999999999999/",
        "pages/by-path/?path=/nothing/",
        "pages/by-path/?path=https://other.example/en/",
        "pages/by-path/?path=//%2f..%2f",
        "pages/by-path/?path=/en/%2500/",
        "pages/by-path/?path=/en/%25ff/",
    ],
)
def test_an_address_that_leads_nowhere(api: Api, endpoint: str) -> None:
    response = api.client.get(API + endpoint)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
