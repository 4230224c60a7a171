"""Pages of earlier versions of a translation, as a browser without JavaScript has them."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision
from wagtail_localize.models import Translation


def latest(translation: Translation) -> Revision:
    return Revision.objects.for_instance(translation.get_target_instance()).latest("pk")


def url_of(translation: Translation, revision: Revision) -> str:
    return reverse("translation_version", args=[translation.pk, revision.pk])


class Version:
    """The page of one version."""

    def __init__(
        self, client: Client, translation: Translation, revision: Revision, query: str = ""
    ) -> None:
        self.client = client
        self.url = url_of(translation, revision)
        self.read(client.get(self.url + query))

    def read(self, response: Any) -> None:
        assert response.status_code == 200
        self.soup = BeautifulSoup(response.content.decode(), "html.parser")

    @property
    def cards(self) -> list[Any]:
        return list(self.soup.find_all("article", {"data-version-text": True}))

    def pairs(self) -> list[tuple[str, str]]:
        """The texts then and now, in the order of the page."""
        return [(_words(card, "data-then"), _words(card, "data-now")) for card in self.cards]

    def card(self, words: str) -> Any:
        found = [card for card in self.cards if words in card.get_text()]
        assert len(found) == 1
        return found[0]

    def said(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    def offers(self) -> list[tuple[str, bool]]:
        """The version's texts that can be restored, and whether they are chosen."""
        return [
            (_words(card, "data-then"), card.find("input", {"name": "take"}).has_attr("checked"))
            for card in self.cards
            if card.find("input", {"name": "take"})
        ]

    def restore(self, take: list[str] | None = None, client: Client | None = None) -> Any:
        """Press the button and go where it leads; takes the words of the texts to choose."""
        boxes = [
            card.find("input", {"name": "take"})
            for card in self.cards
            if card.find("input", {"name": "take"})
            and (take is None or any(words in card.get_text() for words in take))
        ]
        data = {
            "shown": self.soup.find("input", {"name": "shown"})["value"],
            "take": [box["value"] for box in boxes if take is not None or box.has_attr("checked")],
        }
        return (client or self.client).post(self.url, data, follow=True)


def _words(card: Any, name: str) -> str:
    found = card.find(attrs={name: True})
    return found.get_text() if found else ""
