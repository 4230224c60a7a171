"""Files that programs ask for by fixed names."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    assert not response.cookies
    return response.content.decode()


def test_robots_may_read_all_but_the_admin(client: Client) -> None:
    robots = text(client, "/robots.txt")
    assert robots == (
        f"User-agent: *\nDisallow: /admin/\n\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    )
    assert not client.get("/").has_header("X-Robots-Tag")


def test_a_staging_site_asks_to_be_left_alone_everywhere(client: Client, settings: Any) -> None:
    settings.SEARCH_ENGINES = False
    settings.RESPONSE_CACHE = False
    assert text(client, "/robots.txt") == "User-agent: *\nDisallow: /\n"
    for path in ("/", "/en/", "/sitemap.xml", "/api/delivery/v1/locales/", "/finns-inte/"):
        assert client.get(path)["X-Robots-Tag"] == "noindex, nofollow", path


def test_llms_txt_leads_to_each_language_in_ten_lines(client: Client) -> None:
    lines = text(client, "/llms.txt").splitlines()
    assert lines[0] == "# Samtal"
    assert len(lines) <= 10
    for link in (part.split(")")[0] for line in lines for part in line.split("](")[1:]):
        assert link.startswith(settings.BASE_URL)
        assert client.get(link.removeprefix(settings.BASE_URL)).status_code == 200, link


def test_security_txt_is_there_once_the_operator_has_named_a_contact(
    client: Client, settings: Any
) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    lines = text(client, "/.well-known/security.txt").splitlines()
    facts = dict(line.split(": ", 1) for line in lines)
    assert facts["Contact"] == "mailto:security@example.org"
    assert facts["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    until = datetime.fromisoformat(facts["Expires"]) - timezone.now()
    assert timedelta(days=90) < until < timedelta(days=365)


def test_icons_exist(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["name"] == "Samtal"
    icons = [icon["src"] for icon in manifest["icons"]]
    icons.append(client.get("/favicon.ico")["Location"])
    for icon in icons:
        assert finders.find(icon.removeprefix(settings.STATIC_URL)), icon
