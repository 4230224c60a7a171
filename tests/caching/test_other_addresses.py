"""Addresses that are no pages keep their queries."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction


def test_the_login_remembers_where_to_go(reader: Client) -> None:
    response = reader.get("/admin/login/", {"next": "/admin/pages/3/"})
    assert 'value="/admin/pages/3/"' in response.content.decode()


@pytest.mark.parametrize("path", ["/kontakt/", "/en/contact/"])
def test_a_private_page_leads_to_a_login_that_leads_back(reader: Client, path: str) -> None:
    page = Page.objects.get(slug=path.strip("/").split("/")[-1])
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    response = reader.get(path, follow=True)
    assert f'value="{path}"' in response.content.decode()
