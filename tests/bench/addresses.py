"""The addresses that are asked for, and a list of one address for each page of the site."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from .servers import Server

API = "/api/delivery/v1/"
BY_PATH = f"{API}pages/by-path/?path="
PAGE = f"{BY_PATH}/en/therapy-methods/ipt/"
WEB = "/en/therapy-methods/ipt/"
LIST = f"{API}pages/?locale=en&limit=20"
NAVIGATION = f"{API}navigation/?locale=en"
# As many pages as both sizes have hold the word.
SEARCH = f"{API}search/?locale=en&q=lighthouse"
MATRIX = "/admin/reports/translations/"


def pages(server: Server, language: str) -> Iterator[dict[str, Any]]:
    """Yield the summary of every page of a language."""
    address: str | None = f"{API}pages/?locale={language}&limit=100"
    while address:
        answer = json.loads(server.get(address)[1])
        yield from answer["items"]
        address = answer["next"]


def paths(server: Server, *languages: str) -> list[str]:
    """Return the path of every page of some languages."""
    return [page["path"] for language in languages for page in pages(server, language)]


def one_of_each(paths: list[str]) -> list[str]:
    """Return an address for each page: of every other one its web page, of the others the API's."""
    return [BY_PATH + quote(path) if place % 2 else path for place, path in enumerate(paths)]
