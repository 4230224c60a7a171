"""Reads the texts of each language: strings of the catalogues, sentences of the demo content."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import polib
from django.conf import settings

from pages.seeding.demo_files import LANGUAGES, load, load_methods
from tests.reading import squeeze, words

FILES = ["concerns.toml", "faq.toml", "furniture.toml", "pages.toml", "self_test_ctas.toml"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


@cache
def ui_strings(language: str) -> frozenset[str]:
    """Return every string of a language's catalogue, plural forms included."""
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
    entries = polib.pofile(str(path))
    found = {entry.msgstr for entry in entries}
    found |= {form for entry in entries for form in entry.msgstr_plural.values()}
    return frozenset(squeeze(text) for text in found if text)


@cache
def ui_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern that matches exactly one UI string of a language, placeholders filled."""
    alternatives = (
        ".+?".join(re.escape(part) for part in PLACEHOLDER.split(text))
        for text in ui_strings(language)
    )
    return re.compile("|".join(f"(?:{text})" for text in alternatives))


@cache
def demo_sentences(language: str) -> frozenset[str]:
    """Return every text of the demo content in one language, without markup, by paragraph."""
    data = [load(name) for name in FILES] + load_methods()
    return frozenset(_sentences(data, language))


def only_in(language: str, texts: Any) -> set[str]:
    """Return the texts of a language that no other language has too."""
    others = set().union(*(texts(other) for other in LANGUAGES - {language}))
    return set(texts(language)) - others


def _sentences(value: Any, language: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value.keys() == LANGUAGES:
            for part in re.split(r"</(?:p|li|h3)>", value[language]):
                if text := words(part):
                    yield text
        else:
            for name, child in value.items():
                if name != "slug":
                    yield from _sentences(child, language)
    elif isinstance(value, list):
        for child in value:
            yield from _sentences(child, language)
