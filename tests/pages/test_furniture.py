"""Crisis help and footer have one name, whoever saves or reads."""

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import ModelLogEntry

from pages.models import SiteFurniture


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_stored_of_its_name_is_the_same_in_every_language(language: str) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    with translation.override(language):
        revision = furniture.save_revision(log_action=True)
        revision.publish()
    labels = {str(furniture), revision.object_str}
    labels |= {entry.label for entry in ModelLogEntry.objects.for_instance(furniture)[:2]}
    assert labels == {"Behöver du hjälp nu?"}


@pytest.mark.django_db
def test_the_list_names_both_languages_by_their_own_words(admin_client: Client) -> None:
    page = admin_client.get("/admin/snippets/pages/sitefurniture/").content.decode()
    assert "Behöver du hjälp nu?" in page
    assert "Do you need help now?" in page
