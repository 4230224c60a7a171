"""Tests the headers by which browsers protect who reads."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = ("/", "/en/", "/sjalvtest/", "/terapimetoder/?concern=angest", "/en/faq/")


def test_nobody_learns_which_page_a_visitor_comes_from(client: Client) -> None:
    for path in PAGES:
        assert client.get(path)["Referrer-Policy"] == "no-referrer", path


def test_the_admin_keeps_what_its_forms_are_checked_by(admin_client: Client) -> None:
    assert admin_client.get("/admin/")["Referrer-Policy"] == "same-origin"


def test_no_page_may_use_what_the_site_does_not_need(client: Client) -> None:
    for path in (*PAGES, "/finns-inte/"):
        policy = client.get(path)["Permissions-Policy"]
        for feature in ("camera", "microphone", "geolocation", "browsing-topics"):
            assert f"{feature}=()" in policy, path


def test_no_browser_guesses_what_a_file_is(client: Client) -> None:
    image = client.get("/api/delivery/v1/pages/by-path/?path=/").json()["content"]["image"]
    source = image["src"][image["src"].index("/media/") :]
    response = client.get(source)
    b"".join(response.streaming_content)
    for answer in (response, client.get("/"), client.get("/robots.txt")):
        assert answer["X-Content-Type-Options"] == "nosniff"
