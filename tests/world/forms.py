"""The admin's forms of the world's objects, filled in with canaries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from tests.world.objects import PAGES, Content, Version
from tests.world.parts import BLOCKS, IMAGE, LINKS, MINUTES, only_texts

# The place of every text of an object, by kind; `#0` is the first paragraph of rich text.
PLACES: dict[str, tuple[str, ...]] = {
    "page": ("title", "slug", "heading", "introduction#0"),
    "test": (
        "title",
        "slug",
        "heading",
        "introduction#0",
        "about#0",
        "answers#0",
        "getting_started#0",
        "crisis#0",
    ),
    "method": ("title", "slug", "heading", "introduction#0", "summary#0"),
    "question": ("question", "answer#0"),
    "invitation": ("heading", "text#0", "button_label"),
}
MODELS = {
    "page": ("pages", "contentpage"),
    "test": ("pages", "selftestpage"),
    "method": ("pages", "therapymethodpage"),
    "question": ("faq", "faqentry"),
    "invitation": ("pages", "selftestcalltoaction"),
}
# Prefixes of the ids of blocks, so that a place tells the type of its block.
SECTION, QUESTIONS, INVITATION = "a", "f", "c"
SPOKEN = {"sv": "Ord", "en": "Words"}


def block_id(prefix: str, number: int) -> str:
    return f"{prefix}0000000-0000-4000-8000-{number:012d}"


def text_at(place: str, canary: str, language: str) -> str:
    """Return the text that is written at a place."""
    return canary if place == "slug" else f"{SPOKEN[language]} {canary}"


@dataclass(frozen=True)
class Shape:
    """What an object has beside its texts.

    Blocks in order, with what is chosen in them; in the introduction, links to `tel:…` or to
    `page:<name>:<key>`; the number of an image, from 1 on; the minutes of a session.
    """

    blocks: tuple[tuple[str, tuple[int, ...]], ...] = ()
    links: tuple[str, ...] = ()
    image: int = 0
    minutes: int = 0

    def parts(self) -> Content:
        found = {
            LINKS: " ".join(self.links),
            IMAGE: str(self.image or ""),
            MINUTES: str(self.minutes or ""),
            BLOCKS: " ".join(f"{key}{chosen or ''}" for key, chosen in self.blocks),
        }
        return {place: value for place, value in found.items() if value}

    def places(self) -> list[str]:
        found = []
        for key, _chosen in self.blocks:
            if key[0] != INVITATION:
                found.append(f"body.{key}.heading")
            if key[0] == SECTION:
                found.append(f"body.{key}.text#0")
        return found


def form_of(
    kind: str,
    content: Content,
    language: str,
    shape: Shape,
    images: Sequence[int] = (),
    **more: Any,
) -> dict[str, str]:
    """Return the data of an object's editor; `images` are the keys of those that it may have."""
    fields: dict[str, Any] = {}
    words = only_texts(content).items()
    texts = {place: text_at(place, word, language) for place, word in words}
    for place in PLACES[kind]:
        name, is_rich, _rank = place.partition("#")
        fields[name] = _rich(texts, name) if is_rich else texts[place]
    if kind in PAGES:
        links = " ".join(map(_link, shape.links))
        fields["introduction"] = rich_text(f"<p>{texts['introduction#0']} {links}</p>")
        fields |= {
            "image": str(images[shape.image - 1]) if shape.image else "",
            "image_is_decorative": "on" if shape.image else "",
            "image_alt_text": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            "start_button_label": "",
            "start_url": "",
        }
    if kind in ("page", "method"):
        fields["body"] = _stream(texts, shape)
    if kind == "method":
        minutes = str(shape.minutes or "")
        few, many = ("6", "12") if minutes else ("", "")
        fields |= {"sessions_minimum": few, "sessions_maximum": many, "session_minutes": minutes}
        fields |= {"abbreviation": "", "concern_links": inline_formset([])}
    if kind == "question":
        fields["position"] = "0"
    if kind == "invitation":
        fields |= {"target_page": "", "target_url": "https://prov.example/"}
    return nested_form_data({**fields, "go_live_at": "", "expire_at": "", **more})


def _link(address: str) -> str:
    kind, _colon, place = address.partition(":")
    if kind == "page":
        return f'<a linktype="page" id="{place.partition(":")[2]}">här</a>'
    return f'<a href="{address}">här</a>'


def _rich(texts: Content, name: str) -> str:
    paragraphs = [text for place, text in sorted(texts.items()) if place.startswith(f"{name}#")]
    return rich_text("".join(f"<p>{text}</p>" for text in paragraphs))


def _stream(texts: Content, shape: Shape) -> dict[str, Any]:
    data: dict[str, Any] = {"count": str(len(shape.blocks))}
    for number, (key, chosen) in enumerate(shape.blocks):
        value: dict[str, Any] = {}
        if key[0] == INVITATION:
            kind, value = "self_test_cta", {"cta": str(chosen[0])}
        else:
            value["heading"] = texts[f"body.{key}.heading"]
            kind = "section" if key[0] == SECTION else "faq_list"
        if key[0] == SECTION:
            value["text"] = _rich(texts, f"body.{key}.text")
        elif key[0] == QUESTIONS:
            items = {
                str(at): {"value": str(pk), "id": "", "deleted": "", "order": str(at)}
                for at, pk in enumerate(chosen)
            }
            value["entries"] = {**items, "count": str(len(chosen))}
        data[str(number)] = {
            "value": value,
            "id": key,
            "type": kind,
            "order": str(number),
            "deleted": "",
        }
    return data


@dataclass
class Editor:
    """An editor's form as a browser has it; `own` is what it has saved by itself."""

    version: Version
    content: Content
    shape: Shape
    hidden: dict[str, str]
    own: Content = field(default_factory=dict)
