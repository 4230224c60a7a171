"""Machines are told in English what is wrong, by every API."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from tests.delivery.test_wagtail_v3 import V3, client_with, token_of

# Words that Django, Wagtail and we use of errors in Swedish.
SWEDISH = ("ä", "ö", "å", "Detta", " finns", " inte ", "Sidan")


def is_english(answer: Any) -> bool:
    body = answer.content.decode()
    return answer.status_code >= 400 and not any(word in body for word in SWEDISH)


@pytest.mark.parametrize(
    "address",
    [
        "delivery/v1/pages/999999/",
        "delivery/v1/pages/?limit=x",
        "delivery/v1/faqs/?locale=xx",
        "delivery/v1/nothing/",
        "delivery/v1/preview/?token=x",
        "v2/pages/999999/",
        "v2/pages/?limit=x",
        "v2/pages/?order=x",
        "v2/pages/?child_of=x",
        "v2/faqs/?locale=xx",
        "v2/nothing/",
    ],
)
@pytest.mark.parametrize("browser", ["sv", "en"])
def test_reading(client: Client, site: Any, address: str, browser: str) -> None:
    assert is_english(client.get(f"/api/{address}", headers={"accept-language": browser}))


@pytest.mark.parametrize("address", ["delivery/v1/pages/", "v2/pages/"])
def test_a_method_that_is_not_allowed(client: Client, site: Any, address: str) -> None:
    assert is_english(client.post(f"/api/{address}"))


def test_writing(site: Any) -> None:
    machine = client_with(token_of(get_user_model().objects.get(username="admin")))
    page = Page.objects.get(slug="kontakt")
    sent = {"content_type": "application/json"}
    for method, address, data in (
        ("patch", f"pages/{page.pk}/", {"title": "", "slug": "a b"}),
        ("post", "redirects/", {"old_path": "http://[", "redirect_link": "/ny"}),
        ("patch", "pages/999999/", {"title": "x"}),
    ):
        answer = getattr(machine, method)(V3 + address, data, **sent)
        assert is_english(answer), answer.content.decode()
