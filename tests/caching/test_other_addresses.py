"""Tests that the cache leaves addresses alone that are no public pages."""

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


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/no-such-page/", 404),
        ("/admin/", 302),
        ("/api/nothing/", 404),
        ("/api/v3-preview/pages/", 401),
        ("/api/delivery/v1/pages/4711/", 404),
        ("/api/delivery/v1/locales/", 304),
        ("/", 304),
    ],
)
def test_any_version_means_one_that_there_is(reader: Client, address: str, status: int) -> None:
    """RFC 9110, 13.1.2: `*` matches where the target has a current representation."""
    for _made_then_kept in range(2):
        assert reader.get(address, headers={"if-none-match": "*"}).status_code == status


def test_a_weak_tag_matches_too(reader: Client) -> None:
    tag = reader.get("/")["ETag"]
    assert reader.get("/", headers={"if-none-match": f'"x", W/{tag}'}).status_code == 304


def test_an_address_without_a_slash_keeps_its_query_on_the_way(reader: Client) -> None:
    """Scripts in the browser read campaign tags."""
    response = reader.get("/kontakt?utm_source=x")
    assert (response.status_code, response["Location"]) == (301, "/kontakt/?utm_source=x")
