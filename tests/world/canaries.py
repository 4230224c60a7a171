"""Find canaries in answers: which may be read, which are foreign, and what stands around them."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

from bs4 import BeautifulSoup

from tests.world.model import Model
from tests.world.objects import LANGUAGES, SLUG, Version, words_of
from tests.world.parts import numbers_of
from tests.world.words import CANARY


class Visible:
    """The canaries that the public may read now, by language; "" stands for all languages."""

    def __init__(self, model: Model) -> None:
        self.texts: dict[str, set[str]] = {"": set()}
        self.slugs: set[str] = set()
        self.numbers: dict[str, set[str]] = {"": set()}
        for language in LANGUAGES:
            self.texts[language], self.numbers[language] = set(), set()
            for version in model.public(language):
                self.texts[language] |= words_of(version.row)
                self.numbers[language] |= numbers_of(version.row)
                self.slugs |= slugs_of(model, version)
            self.texts[""] |= self.texts[language]
            self.numbers[""] |= self.numbers[language]
        self.anywhere = self.texts[""] | self.slugs
        self.all_texts = {
            word
            for version in model.versions()
            for content in (version.row, version.draft)
            for word in words_of(content)
        }


def slugs_of(model: Model, version: Version) -> set[str]:
    """Return the slugs in the address of a version; what only keeps a place has one as well."""
    above = model.version(version.parent, version.language) if version.parent else None
    own = {version.row[SLUG]} if SLUG in version.row else set()
    return own | (slugs_of(model, above) if above else set())


def differences(one: bytes, other: bytes) -> str:
    lines = [re.sub("([,>])", r"\1\n", text.decode()).splitlines() for text in (one, other)]
    return "\n".join([*unified_diff(*lines, n=1, lineterm="")][:30])


def excerpts(text: str, words: Any) -> str:
    """Return what stands around canaries in an answer."""
    found = []
    for word in words:
        place = text.find(word)
        found.append(" ".join(text[max(0, place - 200) : place + 100].split()))
    return " … ".join(found)


def unmarked_in_json(value: Any, language: str) -> Iterator[str]:
    """Yield the canaries of other languages than that of the nearest object around them."""
    if isinstance(value, dict):
        own = value.get("locale") or (value.get("meta") or {}).get("locale")
        language = own if isinstance(own, str) else language
        for child in value.values():
            yield from unmarked_in_json(child, language)
    elif isinstance(value, list):
        for child in value:
            yield from unmarked_in_json(child, language)
    elif isinstance(value, str):
        foreign = {match[0] for match in CANARY.finditer(value) if match[1] != language}
        yield from foreign & unmarked_in_html(value, language) if "<" in value else foreign


def unmarked_in_html(html: str, language: str) -> set[str]:
    soup = BeautifulSoup(html, "html.parser")
    for marked in soup.find_all(lang=True):
        if marked.name != "html" and marked["lang"] != language:
            marked.decompose()
    for marked in soup.find_all(hreflang=True):
        if marked["hreflang"] != language:
            del marked["href"]
    return {match[0] for match in CANARY.finditer(str(soup)) if match[1] != language}
