"""The strings that we translate for Wagtail exist in Wagtail and are shown in the admin."""

from pathlib import Path

import polib
import pytest
import wagtail
from django.test import Client
from wagtail.users.models import UserProfile

from cms.editing import wagtail_words


@pytest.fixture(scope="module")
def theirs() -> set[str]:
    """Return Wagtail's English strings."""
    catalogues = Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po")
    return {entry.msgid for path in catalogues for entry in polib.pofile(str(path))}


@pytest.mark.parametrize(
    "group", ["LANGUAGE", "EDITOR", "OTHERS", "PUBLICATION", "CHECKER", "LISTINGS", "CONFIRMATIONS"]
)
def test_each_word_is_still_one_of_wagtails(group: str, theirs: set[str]) -> None:
    assert set(getattr(wagtail_words, group)) <= theirs


def test_a_language_is_called_a_language(admin_client: Client, admin_user: object) -> None:
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": "sv"})
    html = admin_client.get("/admin/snippets/faq/faqentry/").content.decode()
    assert "Plats" not in html
    assert "Språk" in html
