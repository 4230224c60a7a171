"""Crisis help and footer have one name, whoever saves or reads."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.models import ModelLogEntry

from pages.models import SiteFurniture
from tests.reading import Api


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


def contact(**value: str) -> list[tuple[str, dict[str, str]]]:
    return [("contact", {"name": "Någon", "description": "När det är svårt.", **value})]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["116 123, dygnet runt", "112 eller 1177", "08-465 004 20 (8–12 vardagar)", "abc"]
)
def test_a_phone_number_is_a_number_alone(words: str) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    block = furniture.crisis_contacts.stream_block
    furniture.crisis_contacts = contact(phone=words)
    with pytest.raises(ValidationError):
        block.clean(furniture.crisis_contacts)
    furniture.crisis_contacts = contact(phone="+46 (0)8-465 004 20", text_number="112")
    block.clean(furniture.crisis_contacts)


@pytest.mark.django_db
def test_the_loudest_come_first_and_112_is_known_however_it_is_written(api: Api) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    furniture.crisis_contacts = [
        *contact(chat_url="https://chatt.example/"),
        *contact(phone="90101"),
        *contact(phone="112\u00a0", text_number="112"),
        *contact(phone="1177", level="support"),
    ]
    furniture.save_revision().publish()
    contacts = api.get("navigation/", locale="sv")["crisis"]["contacts"]
    assert [each["level"] for each in contacts] == ["emergency", "urgent", "support", "support"]
    furniture.crisis_contacts = contact(phone="abc")
    assert not furniture.has_crisis_help
