"""Reads the site as its users do: pages by their HTML, the API by its JSON."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup
from django.test import Client

API = "/api/delivery/v1/"


def without_dialogs(response: Any) -> BeautifulSoup:
    """Return a page of the admin as it is shown.

    Wagtail keeps its dialogs in templates, which older versions of Python read as part of the page.
    """
    page = BeautifulSoup(response.content, "html.parser")
    for dialog in page.select("template"):
        dialog.decompose()
    return page


class Api:
    """A client of the Delivery API."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def response(self, endpoint: str, /, **query: Any) -> Any:
        return self.client.get(API + endpoint, query)

    def get(self, endpoint: str, /, **query: Any) -> Any:
        response = self.response(endpoint, **query)
        assert response.status_code == 200, response.content
        return response.json()

    def page(self, path: str) -> Any:
        return self.get("pages/by-path/", path=path)

    def problem(self, endpoint: str, /, **query: Any) -> Any:
        """Return the problem details of a request that must fail."""
        response = self.response(endpoint, **query)
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == response.status_code >= 400
        return problem


def text_of(response: Any) -> str:
    """Return the text of an answer, streamed or not."""
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


def words(markup: str) -> str:
    """Return the text of HTML on one line."""
    return squeeze(BeautifulSoup(markup, "html.parser").get_text(" ") if "<" in markup else markup)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


# Values that name or locate things for programs, in no language.
CODES = {"type", "kind", "slug", "path", "locale", "tone", "url", "src", "hreflang", "location"} | {
    "stale_parts"
}


def strings(value: Any) -> Iterator[str]:
    """Yield every string inside a JSON answer that is meant for people."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, child in value.items():
            if name not in CODES:
                yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)


def soup_of(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


Walks = dict[str, dict[str, BeautifulSoup]]


def walk(client: Client, start: str) -> dict[str, BeautifulSoup]:
    """Every page that links lead to from a start, by path with query; each must answer 200.

    Links with `hreflang` are not followed: they lead to another language.
    """
    pages: dict[str, BeautifulSoup] = {}
    waiting = [start]
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        if not response["Content-Type"].startswith("text/html"):
            continue
        page = pages[address] = BeautifulSoup(response.content, "html.parser")
        for link in page.find_all("a", href=True):
            target, fragment = urldefrag(link["href"])
            if fragment and not target:
                assert page.find(id=fragment), f"{address}: #{fragment} is nowhere"
            elif target.startswith(("/", "?")) and not link.has_attr("hreflang"):
                waiting.append(urljoin(address, target))
    return pages
