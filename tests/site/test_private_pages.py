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
