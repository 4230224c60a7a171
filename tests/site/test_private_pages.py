"""Private pages are shown to users with access, in every language."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from tests.factories import ContentPageFactory


@pytest.mark.django_db
def test_a_reader_with_access_reads_on(client: Client, admin_client: Client) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="internt", title="Internt")
    child = ContentPageFactory(parent=page, slug="under", title="Under")
    english = Locale.objects.get(language_code="en")
    copy = page.copy_for_translation(english)
    copy.title, copy.introduction = "Internal", "<p>In English.</p>"
    copy.save_revision().publish()
    PageViewRestriction.objects.create(page=copy, restriction_type="login")
    for path in ("/internt/", "/internt/under/", copy.url):
        assert client.get(path).status_code == 302, path
        assert admin_client.get(path).status_code == 200, path
    assert child.title in admin_client.get("/internt/under/").content.decode()


def test_a_page_is_private_below_a_private_page_in_any_language(client: Client, en: Locale) -> None:
    """The translation has another place: below the translation of a private page."""
    home = Page.objects.get(slug="hem")
    page = ContentPageFactory(parent=home, slug="flyttad", heading="Flyttad")
    private = ContentPageFactory(parent=home, slug="privat")
    above, english = private.copy_for_translation(en), page.copy_for_translation(en)
    english.move(above, pos="last-child")
    assert client.get("/flyttad/").status_code == 200
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert client.get(f"/api/delivery/v1/pages/{page.pk}/").status_code == 404
    response = client.get("/flyttad/")
    assert response.status_code == 302
    assert "Flyttad" not in response.content.decode()


def test_what_is_below_a_private_page_in_another_place_is_private(
    client: Client, en: Locale
) -> None:
    """The page above is public in its own place, but for its translation below a private page."""
    private = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="privat")
    page = ContentPageFactory(parent=private, slug="flyttad")
    english = page.copy_for_translation(en, copy_parents=True)
    english.move(Page.objects.get(slug="home"), pos="last-child")
    english = Page.objects.get(pk=english.pk).specific
    english.title, english.introduction = "Moved", "<p>In English.</p>"
    english.save_revision().publish()
    below = ContentPageFactory(parent=english, slug="below", heading="Below", locale=en)
    lists = "/api/delivery/v1/pages/?locale=en&limit=100"
    assert client.get(below.url).status_code == 200
    assert below.url in client.get(lists).content.decode()
    restriction = PageViewRestriction.objects.create(page=private, restriction_type="login")
    for hidden in (english, below):
        assert client.get(hidden.url).status_code == 302
        assert client.get(f"/api/delivery/v1/pages/{hidden.pk}/").status_code == 404
        assert hidden.url not in client.get(lists).content.decode()
    restriction.delete()
    assert client.get(below.url).status_code == 200
    assert client.get(f"/api/delivery/v1/pages/{below.pk}/").status_code == 200
