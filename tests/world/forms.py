"""The admin's forms of the world's objects, filled in with canaries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from tests.world.objects import PAGES, Content, Version
from tests.world.parts import only_texts
from tests.world.shapes import CONTACT, FOOTER, INVITATION, LIST, QUESTIONS, SECTION, Shape, item_id

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
        "start_button_label",
        "crisis#0",
    ),
    "method": ("title", "slug", "heading", "introduction#0", "summary#0"),
    "question": ("question", "answer#0"),
    "concern": ("name", "slug", "description"),
    "furniture": (
        "crisis_heading",
        "crisis_text#0",
        "contact_heading",
        "contact_text#0",
        "footer_text#0",
    ),
    "invitation": ("heading", "text#0", "button_label"),
}
MODELS = {
    "page": ("pages", "contentpage"),
    "test": ("pages", "selftestpage"),
    "method": ("pages", "therapymethodpage"),
    "question": ("faq", "faqentry"),
    "concern": ("pages", "concern"),
    "furniture": ("pages", "sitefurniture"),
    "invitation": ("pages", "selftestcalltoaction"),
}
# The rich text that has the links.
LINKED = {
    **dict.fromkeys(PAGES, "introduction"),
    "question": "answer",
    "invitation": "text",
    "furniture": "crisis_text",
}
SPOKEN = {"sv": "Ord", "en": "Words"}


def text_at(place: str, canary: str, language: str) -> str:
    """Return the text that is written at a place."""
    return canary if place == "slug" else f"{SPOKEN[language]} {canary}"


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
    if linked := LINKED.get(kind):
        links = " ".join(map(_link, shape.links))
        fields[linked] = rich_text(f"<p>{texts[f'{linked}#0']} {links}</p>")
    if kind in PAGES:
        fields |= {
            "show_in_menus": "on" if shape.menu else "",
            "image": str(images[shape.image - 1]) if shape.image else "",
            "image_is_decorative": "on" if shape.image else "",
            "image_alt_text": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
        }
    if kind == "test":
        # A test elsewhere: one here would be all that is compared.
        fields |= {"start_url": "https://prov.example/"}
        fields |= {"questions": {"count": "0"}, "bands": {"count": "0"}}
    if kind in ("page", "method"):
        fields["body"] = _stream(texts, shape, SECTION, LIST, QUESTIONS, INVITATION)
    if kind == "method":
        minutes = str(shape.minutes or "")
        few, many = ("6", "12") if minutes else ("", "")
        fields |= {"sessions_minimum": few, "sessions_maximum": many, "session_minutes": minutes}
        fields |= {"abbreviation": "", "concern_links": inline_formset([])}
    if kind in ("question", "concern"):
        fields["position"] = "0"
    if kind == "furniture":
        fields |= {"contact_phone": shape.phone, "contact_email": ""}
        fields |= {
            "crisis_contacts": _stream(texts, shape, CONTACT),
            "footer_pages": _stream(texts, shape, FOOTER),
        }
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


def _stream(texts: Content, shape: Shape, *prefixes: str) -> dict[str, Any]:
    """Return the data of a stream: the blocks of a shape with some prefixes."""
    blocks = [block for block in shape.blocks if block[0][0] in prefixes]
    data: dict[str, Any] = {"count": str(len(blocks))}
    for number, (key, chosen) in enumerate(blocks):
        kind, value = _block(texts, key, chosen)
        data[str(number)] = {
            "value": value,
            "id": key,
            "type": kind,
            "order": str(number),
            "deleted": "",
        }
    return data


def _block(texts: Content, key: str, chosen: Sequence[int]) -> tuple[str, Any]:
    """Return the type of a block and the data of its form."""
    if key[0] == INVITATION:
        return "self_test_cta", {"cta": str(chosen[0])}
    if key[0] == FOOTER:
        return "page", str(chosen[0])
    if key[0] == CONTACT:
        at = f"crisis_contacts.{key}"
        told = {name: texts[f"{at}.{name}"] for name in ("name", "description")}
        return "contact", {**told, "phone": "", "url": ""}
    if key[0] == LIST:
        item = {"value": texts[f"body.{key}.items.{item_id(key)}"], "id": item_id(key)}
        return "list", {
            "heading": "",
            "text_before": _rich(texts, f"body.{key}.text_before"),
            "items": {"0": {**item, "deleted": "", "order": "0"}, "count": "1"},
            "text_after": rich_text(""),
        }
    heading = texts[f"body.{key}.heading"]
    if key[0] == SECTION:
        return "section", {"heading": heading, "text": _rich(texts, f"body.{key}.text")}
    items = {
        str(at): {"value": str(pk), "id": "", "deleted": "", "order": str(at)}
        for at, pk in enumerate(chosen)
    }
    return "faq_list", {"heading": heading, "entries": {**items, "count": str(len(chosen))}}


def concern_links(
    rows: Sequence[tuple[str, str]], concerns: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return the part of a method's form with its concerns.

    Takes the rows that the form was loaded with, as key and concern's key, and the concerns.
    """
    wanted = [each.partition(":")[2] for each in concerns]
    loaded = [concern for _key, concern in rows]
    items = [
        {"id": key, "concern": concern, "DELETE": "" if concern in wanted else "on"}
        for key, concern in rows
    ]
    items += [{"id": "", "concern": each} for each in wanted if each not in loaded]
    return {"concern_links": inline_formset(items, initial=len(rows))}


@dataclass
class Editor:
    """An editor's form as a browser has it; `own` is what it has saved by itself."""

    version: Version
    content: Content
    shape: Shape
    hidden: dict[str, str]
    own: Content = field(default_factory=dict)
    # The rows of its concerns.
    rows: list[tuple[str, str]] = field(default_factory=list)
