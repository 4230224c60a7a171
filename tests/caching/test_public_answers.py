"""Tests that a public answer is the same for everybody, in its headers too."""

import pytest
from django.contrib.auth import get_user_model
from django.http.response import HttpResponseBase
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Page

from tests.reading import API

# The page for visitors is another one for readers with a session.
ADDRESSES = (
    f"{API}pages/by-path/?path=/en/",
    f"{API}export/?locale=sv",
    f"{API}openapi.json",
    "/api/v2/pages/?limit=1",
    "/en/index.md",
    "/sitemap.xml",
    "/robots.txt",
)
# Each is one of a reader whom the site does not know.
BROKEN = ({"sessionid": "xyz"}, {"sessionid": "a" * 32}, {"csrftoken": "abc"})
ALIKE = ("Cache-Control", "Vary", "ETag", "Content-Encoding", "Set-Cookie")


def asked(address: str, cookies: dict[str, str] | None = None, **headers: str) -> HttpResponseBase:
    client = Client(headers={"accept-encoding": "br", **headers})
    for name, value in (cookies or {}).items():
        client.cookies[name] = value
    response: HttpResponseBase = client.get(address)
    response.getvalue()
    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public")
    return response


def headers_of(response: HttpResponseBase) -> dict[str, str | None]:
    assert not response.cookies
    return {name: response.get(name) for name in ALIKE}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("cookies", BROKEN)
def test_a_broken_cookie_makes_no_difference(
    reader: Client, address: str, cookies: dict[str, str]
) -> None:
    assert headers_of(asked(address, cookies)) == headers_of(asked(address))


@pytest.mark.parametrize("address", ADDRESSES)
def test_neither_do_a_session_and_an_authorization(reader: Client, address: str) -> None:
    editor = Client()
    editor.force_login(get_user_model().objects.get(username="admin"))
    session = {"sessionid": editor.cookies["sessionid"].value}
    public = headers_of(asked(address))
    assert headers_of(asked(address, session)) == public
    assert headers_of(asked(address, authorization="Bearer x")) == public


def test_nor_on_web_pages_for_everybody(reader: Client) -> None:
    public = headers_of(asked("/"))
    assert headers_of(asked("/", {"csrftoken": "abc"})) == public
    assert headers_of(asked("/", authorization="Basic x")) == public


def test_nor_for_images(reader: Client) -> None:
    page = Page.objects.get(slug="ipt", locale__language_code="sv").specific
    image = get_image_model().objects.get(pk=page.image_id).get_rendition("width-400")
    public = headers_of(asked(image.url))
    for cookies in BROKEN:
        assert headers_of(asked(image.url, cookies)) == public
