"""Comments as the desk and their own page show them."""

from typing import Any

from bs4 import BeautifulSoup
from wagtail_localize.models import Translation

from tests.translation.desk.reading import Desk

QUESTION = "Är “samtal” här ett besök <b>eller</b> ett prat? 🤔"


def threads(desk: Desk, path: str, rank: int = 0) -> list[str]:
    """The words of each thread on the card of a text."""
    found = desk.card(path, rank).find_all(class_="desk-thread")
    return [" ".join(each.get_text(" ").split()) for each in found]


def pk_of(desk: Desk) -> str:
    return str(desk.button("resolve")["value"])


def others(desk: Desk) -> str:
    section = desk.soup.find(id="other-comments")
    return " ".join(section.get_text(" ").split()) if section else ""


def comments_url(translation: Translation) -> str:
    source = translation.source
    return f"/admin/translations/comments/{source.object_id}/{source.locale_id}/"


def said(response: Any) -> str:
    assert response.status_code == 200
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    return " ".join(soup.get_text(" ").split())
