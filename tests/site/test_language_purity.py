"""No page and no API response has text in the wrong language."""

import json
from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from django.test import Client

from tests.languages import demo_sentences, only_in, ui_strings
from tests.reading import Api, Walks, squeeze, strings, words

OTHER = {"sv": "en", "en": "sv"}
# The service and a Swedish helpline have one name in every language.
PROPER_NAMES = {"Samtal", "Mind Självmordslinjen"}
ATTRIBUTES = ("alt", "aria-label", "title", "placeholder", "content")


def said(page: BeautifulSoup, language: str) -> Iterator[str]:
    """Yield each text and spoken attribute that is not marked as another language."""
    for marked in page.find_all(lang=True):
        if marked.name != "html" and marked["lang"] != language:
            marked.decompose()
    for text in page.find_all(string=True):
        if not isinstance(text, Comment | Doctype) and text.parent.name != "script":
            yield squeeze(text)
    for element in page.find_all(True):
        for name in ATTRIBUTES:
            if element.has_attr(name):
                yield squeeze(element[name])
    for script in page.find_all("script", type="application/ld+json"):
        yield from strings(json.loads(script.string))


def foreign(texts: list[str], language: str) -> list[str]:
    """Return UI strings and demo sentences of the other language among the texts."""
    other = OTHER[language]
    ui = (only_in(other, ui_strings) - PROPER_NAMES) & set(texts)
    everything = " ¶ ".join(texts)
    demo = [
        text
        for text in only_in(other, demo_sentences) - PROPER_NAMES
        if len(text) > 12 and text in everything
    ]
    return sorted(ui) + demo


@pytest.mark.parametrize("language", OTHER)
def test_pages_speak_one_language(walks: Walks, language: str) -> None:
    for address, page in walks[language].items():
        assert page.html["lang"] == language
        assert foreign(list(said(copy(page), language)), language) == [], address


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHER)
@pytest.mark.parametrize("accept", ["sv", "en"])
def test_a_wrong_address_speaks_one_language(client: Client, language: str, accept: str) -> None:
    prefix = "/en" if language == "en" else ""
    response = client.get(f"{prefix}/nothing-here/", headers={"accept-language": accept})
    page = BeautifulSoup(response.content, "html.parser")
    assert foreign(list(said(page, language)), language) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", OTHER)
def test_answers_speak_one_language(api: Api, answers: dict[str, Any], language: str) -> None:
    given: list[Any] = [
        api.get("pages/", locale=language, limit=100),
        api.get("navigation/", locale=language),
    ]
    for answer in answers.values():
        if answer["locale"] == language:
            assert [other["locale"] for other in answer["translations"]] == [OTHER[language]]
            given.append({**answer, "translations": []})
    for value in given:
        texts = [words(text) for text in strings(value)]
        assert foreign(texts, language) == []


@pytest.mark.django_db
def test_the_test_itself_finds_a_wrong_word(client: Client) -> None:
    """A Swedish sentence and a Swedish label on an English page are both found."""
    label = max(only_in("sv", ui_strings) - demo_sentences("sv"), key=len)
    sentence = max(only_in("sv", demo_sentences), key=len)
    assert foreign([label, f"Before. {sentence} After."], "en") == [label, sentence]


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize("accept", ["en", "sv", "de", ""])
def test_the_path_alone_decides(client: Client, accept: str) -> None:
    client.cookies["django_language"] = "en"
    for path, language in (("/", "sv"), ("/terapimetoder/ipt/", "sv"), ("/en/faq/", "en")):
        response = client.get(path, headers={"accept-language": accept})
        assert response["Content-Language"] == language
        assert "accept-language" not in response.get("Vary", "").lower()
