"""The desk of a translation as a browser without JavaScript has it."""

from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation

from cms.translation.engine.segments import segment_rows


def log_in(username: str) -> Client:
    """A client of one of the demo users, with the admin in English."""
    user = get_user_model().objects.get(username=username)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(user)
    return client


def edit_url(target: Any) -> str:
    if isinstance(target, Page):
        return f"/admin/pages/{target.pk}/edit/"
    meta = target._meta
    return f"/admin/snippets/{meta.app_label}/{meta.model_name}/edit/{target.pk}/"


class Desk:
    def __init__(self, client: Client, translation: Translation) -> None:
        self.client = client
        self.translation = Translation.objects.get(pk=translation.pk)
        self.url = edit_url(translation.get_target_instance())
        self.read(client.get(self.url))

    def read(self, response: Any) -> None:
        assert response.status_code == 200
        assert "translation/desk/desk.html" in [each.name for each in response.templates]
        self.markup = response.content.decode()
        self.__dict__.pop("soup", None)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page that was read last; parsing takes as long as half of the answer."""
        return BeautifulSoup(self.markup, "html.parser")

    def key(self, path: str, rank: int = 0) -> str:
        """Return the form's key of the text at a path of the current source."""
        rows = [row for row in segment_rows(self.translation) if row.path == path]
        return str(rows[rank].key)

    def card(self, path: str, rank: int = 0) -> Any:
        card = self.soup.find(id=f"text-{self.key(path, rank)}")
        assert card is not None
        return card

    def state(self, path: str, rank: int = 0) -> str:
        return str(self.card(path, rank)["data-state"])

    def said(self, path: str, rank: int = 0) -> str:
        """All the words of a card, as a person reads them."""
        return " ".join(self.card(path, rank).get_text(" ").split())

    def text(self, path: str, rank: int = 0) -> str:
        """Return the text in the field of a path; browsers drop a first line break."""
        return str(self.card(path, rank).textarea.get_text()).removeprefix("\n")

    def messages(self) -> str:
        """All messages, without the links and buttons beside them."""
        told = self.soup.find(class_="messages").ul.find_all(string=True)
        return " ".join(
            " ".join(part for part in told if not part.find_parent(["a", "button"])).split()
        )

    def button(self, name: str) -> Any:
        return self.soup.find("button", {"name": name})

    def form(self) -> dict[str, str]:
        """The fields of the form with what they hold."""
        form = self.soup.find("form", {"data-desk": True})
        fields = {
            each["name"]: each.get("value", "")
            for each in form.find_all("input", {"name": True})
            if each["type"] != "checkbox"
        }
        texts = {each["name"]: each.get_text() for each in form.find_all("textarea")}
        return fields | {name: text.removeprefix("\n") for name, text in texts.items()}

    def send(self, button: str = "", value: Any = "yes", /, **fields: Any) -> Any:
        """Submit the form with some fields changed and go where it leads.

        Takes the button that is pressed, none being that of the draft.
        """
        data = self.form() | fields | ({button: str(value)} if button else {})
        response = self.client.post(self.url, data, follow=True)
        self.read(response)
        return response

    def write(self, path: str, text: str, button: str = "", *, rank: int = 0) -> Any:
        return self.send(button, **{f"text-{self.key(path, rank)}": text})
