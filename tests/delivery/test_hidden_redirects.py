"""Tests that a redirect to a page that is not public answers 404."""

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.delivery.hidden import WAYS_TO_HIDE
from tests.factories import ContentPageFactory
from tests.reading import API

pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_it_tells_nobody_the_slug_of_a_hidden_page(
    client: Client, admin_client: Client, site: Any, way: str
) -> None:
    index = Page.objects.get(slug="terapimetoder")
    page = ContentPageFactory(parent=index, slug="hemlig-slug")
    for old_path in ("/gammal", "/en/old"):
        Redirect.add_redirect(old_path, redirect_to=page)
    assert client.get("/gammal/")["Location"] == "/terapimetoder/hemlig-slug/"
    WAYS_TO_HIDE[way](page)
    for reader in (client, admin_client):
        for address in ("/gammal/", "/en/old/", "/gammal/?q=1"):
            response = reader.get(address)
            assert (response.status_code, response.get("Location")) == (404, None)
            assert "hemlig-slug" not in response.content.decode()
        answer = reader.get(f"{API}pages/by-path/", {"path": "/gammal/"})
        assert answer.status_code == 404
