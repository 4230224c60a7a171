"""Find interface words of another language in a page of the admin."""

import re
from functools import cache
from pathlib import Path

import polib
from django.conf import settings

from cms.search.demo import CRISIS, SYNONYMS
from cms.translation.glossary.demo import TERMS
from pages.seeding.users import DEMO_USERS, REVIEWER_TITLES
from tests.languages import demo_sentences
from tests.reading import squeeze
from tools.upstream_catalogues import APPS, folder_of

# Every text that is seen or spoken, unless it is content or marked as another language.
TEXTS = """
() => {
    const page = document.documentElement.lang.slice(0, 2), found = new Set();
    const isOther = (element) => {
        const marked = element.closest("[lang]");
        return marked && marked.lang.slice(0, 2) !== page;
    };
    const content = "[contenteditable], textarea, iframe, code, pre";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!element.closest("script, style, template, noscript") && element.checkVisibility()
            && !element.closest(content) && !isOther(element)) found.add(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll("body *")) {
        if (isOther(element) || element.closest(content)) continue;
        for (const name of ["title", "aria-label", "aria-description", "placeholder", "alt",
                            "data-w-tooltip-content-value"]) {
            const text = element.getAttribute(name);
            if (text) found.add(text);
        }
    }
    return [...found];
}
"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))"
# Words of interfaces that the other language does not have.
WORDS = {
    "en": re.compile(
        r"\b(the|and|of|to|your|you|this|these|that|with|from|has|have|been|was|were|are|be|not|"
        r"page|pages|edit|delete|save|saved|search|select|choose|add|view|created?|updated?|"
        r"locale|root|none|more|show|hide|close|yes|users?|groups?|settings|reports?|help|draft|"
        r"published|workflow|comments?|mins|minutes|good|compare|exploring|questions?|language|"
        r"translations?|title|content|new|last|only|moderation|items?|back|next|previous|actions?|"
        r"toggle|enter|move|change[ds]?|date|name|options?|pin|selected|unknown|loading|email|"
        r"address|subject|body|phone|number|link)\b",
        re.IGNORECASE,
    ),
    "sv": re.compile(
        r"[åäö]|\b(och|inte|med|som|att|till|av|ett|sida|sidor|alla|ingen|inget|spara|visa|mer|ny|"
        r"nytt|skapa|bild|bilder|rubrik|granskning)\b",
        re.IGNORECASE,
    ),
}
OTHER = {"sv": "en", "en": "sv"}
# Names are the same for everybody. Titles of reviewers are content; the heading of one group is as
# it is stored.
NAMES = {
    *("Svenska", "English", "Wagtail", "Samtal", "API clients"),
    *REVIEWER_TITLES.values(),
    *(name for user in DEMO_USERS for name in (user.name, user.username, *user.groups)),
}
# Each is a word of both languages, but not in the catalogues of both.
SHARED = {"Term", "Text"}


@cache
def catalogue_texts(language: str) -> frozenset[str]:
    """Return the texts of all catalogues of a language: ours and those of Wagtail's apps."""
    folders = [*map(Path, settings.LOCALE_PATHS), *map(folder_of, APPS)]
    entries = [
        entry
        for folder in folders
        for file in (folder / language / "LC_MESSAGES").glob("*.po")
        for entry in polib.pofile(str(file))
    ]
    texts = {entry.msgstr or (entry.msgid if language == "en" else "") for entry in entries}
    texts |= {form for entry in entries for form in entry.msgstr_plural.values()}
    return frozenset(squeeze(text) for text in texts if text)


@cache
def content() -> tuple[str, ...]:
    """Return what people have written, long texts first."""
    terms = {text for term in TERMS for text in term} | {" ↔ ".join(term[:2]) for term in TERMS}
    lists = (*SYNONYMS.values(), *CRISIS.values())
    words = {text for texts in lists for text in texts}
    texts = demo_sentences("sv") | demo_sentences("en") | NAMES | terms | words
    return tuple(sorted(texts, key=len, reverse=True))


def foreign_texts(language: str, texts: list[str]) -> set[str]:
    """Return the texts of an interface that are in another language than the given one."""
    return {text for text in map(squeeze, texts) if _is_foreign(text, language)}


def _is_foreign(text: str, language: str) -> bool:
    other = OTHER[language]
    if text in catalogue_texts(language) or text in content() or text in SHARED:
        return False
    if text in catalogue_texts(other):
        return True
    if not WORDS[other].search(text) or any(text.rstrip("… ") in known for known in content()):
        return False
    for known in content():
        text = text.replace(known, "")
    return WORDS[other].search(text) is not None


def kind_of(url: str) -> str:
    """Return an address without what is special to one object."""
    path, _mark, query = url.partition("?")
    names = sorted(pair.partition("=")[0] for pair in query.split("&"))
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]+|\d+", "#", path) + "?" + "&".join(names)
