"""Where a text stands, what is no text, and how both are called: no database."""

import json
from copy import deepcopy
from typing import Any

import pytest
from django.utils.translation import override
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from cms.translation.engine.moved_blocks import moved_paths
from cms.translation.engine.part_labels import part_labels
from cms.translation.engine.parts import differing, parts_of, places_of, renamed
from cms.translation.engine.places import Places
from pages.models import HomePage, TherapyMethodPage

IDS = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(9)]
SECTION, LIST, ITEM, OTHER_ITEM, QUOTE, CHILD = IDS[:6]
BODY: list[dict[str, Any]] = [
    {
        "type": "section",
        "id": SECTION,
        "value": {
            "heading": "Ett",
            "text": '<p data-block-key="x1">Läs <b>här</b> <a href="tel:1">nu</a></p>',
        },
    },
    {
        "type": "list",
        "id": LIST,
        "value": {
            "heading": "Lista",
            "items": [
                {"type": "item", "id": ITEM, "value": "Vatten"},
                {"type": "item", "id": OTHER_ITEM, "value": "Mat"},
            ],
        },
    },
    {"type": "quote", "id": QUOTE, "value": {"text": "Jag vilar.", "attribution": ""}},
]
DATA: dict[str, Any] = {
    "title": "KBT",
    "slug": "kbt",
    "introduction": "<p>Hej</p>",
    "image": 3,
    "image_is_decorative": False,
    "sessions_minimum": 8,
    "session_minutes": None,
    "show_in_menus": True,
    "body": json.dumps(BODY),
    "concern_links": [{"pk": 7, "translation_key": CHILD, "concern": 5, "sort_order": 0}],
}


def parts(**changes: Any) -> dict[str, str]:
    return parts_of(TherapyMethodPage, {**DATA, **changes})


def changed_parts(change: Any) -> list[str]:
    """Return the parts that differ where somebody has changed the blocks."""
    body = deepcopy(BODY)
    change(body)
    return differing(parts(body=json.dumps(body)), parts())


def test_the_parts_of_a_content_are_all_but_its_words() -> None:
    assert {*parts()} == {
        "introduction#form",
        "image",
        "sessions_minimum",
        "show_in_menus",
        "body#order",
        f"body.{SECTION}.text#form",
        f"body.{LIST}.items#order",
        "concern_links#order",
        f"concern_links.{CHILD}.concern",
    }
    assert parts()["body#order"] == f"section:{SECTION},list:{LIST},quote:{QUOTE}"
    assert parts()["concern_links#order"] == CHILD
    assert parts(body=BODY) == parts()
    digests = [value for path, value in parts().items() if not path.endswith("#order")]
    assert {len(value) for value in digests} == {12}
    assert parts(
        title="Annat", slug="annat", introduction='<p data-block-key="q">Du <i>ä</i></p>'
    ) == (parts())
    assert parts(
        image=None, body="[]", concern_links=[], introduction="", show_in_menus=False
    ).keys() == {"sessions_minimum"}
    keyless = parts(concern_links=[{"pk": 7, "concern": 5}])
    assert keyless["concern_links#order"] == "7"
    assert "concern_links.7.concern" in keyless


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (lambda body: body[0]["value"].update(heading="Två"), []),
        (lambda body: body[0]["value"].update(text="<p>Läs <a href='tel:1'>x</a></p>"), [0]),
        (lambda body: body[0]["value"].update(text='<p><a href="tel:1">x <em>y</em></a></p>'), []),
        (lambda body: body[0]["value"].update(text='<p><a href="tel:2">x</a></p>'), [0]),
        (lambda body: body[0]["value"].update(text='<ul><a href="tel:1">x</a></ul>'), [0]),
        (lambda body: body[1]["value"]["items"].reverse(), [1]),
        (lambda body: body[1]["value"]["items"].pop(), [1]),
        (lambda body: body[1]["value"]["items"][0].update(value="Te"), []),
        (lambda body: body.reverse(), [2]),
        (lambda body: body[2]["value"].update(text="Jag sover."), []),
    ],
)
def test_what_a_change_of_the_blocks_is_a_change_of(change: Any, differs: list[int]) -> None:
    names = [f"body.{SECTION}.text#form", f"body.{LIST}.items#order", "body#order"]
    assert changed_parts(change) == [names[number] for number in differs]


def test_items_without_ids_are_one_part() -> None:
    """As Wagtail before 2.16 stored them."""
    found = changed_parts(lambda body: body[1]["value"].update(items=["Vatten"]))
    assert found == [f"body.{LIST}.items", f"body.{LIST}.items#order"]
    unknown = changed_parts(lambda body: body.append({"type": "gone", "id": ITEM, "value": "x"}))
    assert unknown == ["body#order", f"body.{ITEM}"]


def test_parts_and_texts_are_told_by_the_types_of_blocks() -> None:
    paths = [
        f"body.{SECTION}.text#form",
        f"body.{LIST}.items.{ITEM}",
        f"body.{IDS[8]}.heading",
        "body#order",
        "title",
        f"concern_links.{CHILD}.concern",
        "title",
    ]
    assert places_of(paths, parts()) == [
        "body",
        "body.list.items.item",
        "body.section.text",
        "concern_links.item.concern",
        "title",
    ]
    assert places_of(paths[:1], {}, parts()) == ["body.section.text"]
    assert differing({"a": "1", "b": "2", "d": "4"}, {"a": "1", "b": "3", "c": "4"}) == [
        *("b", "d", "c")
    ]


def test_pasted_blocks_keep_their_parts() -> None:
    moved = {f"body.{SECTION}.text": f"body.{QUOTE}.text", f"body.{LIST}.x": f"body.{LIST}.x"}
    before = {
        "body#order": f"section:{SECTION},list:{LIST}",
        f"body.{SECTION}.text#form": SECTION,
        "image": "x",
    }
    assert renamed(before, moved) == {
        "body#order": f"section:{QUOTE},list:{LIST}",
        f"body.{QUOTE}.text#form": SECTION,
        "image": "x",
    }
    assert renamed(before, {}) == before
    texts = [(f"body.{SECTION}.heading", 1), (f"body.{SECTION}.text", 2), ("title", 3)]

    def pasted(*words: int, field: str = "body", block: str = QUOTE) -> dict[str, str]:
        paths = [f"{field}.{block}.heading", f"{field}.{block}.text"]
        return moved_paths(texts, [("title", 3), *zip(paths, words, strict=True)])

    assert pasted(1, 2) == {
        f"body.{SECTION}.heading": f"body.{QUOTE}.heading",
        f"body.{SECTION}.text": f"body.{QUOTE}.text",
    }
    assert [pasted(1, 3), pasted(2, 1), pasted(1, 2, field="x")] == [{}, {}, {}]
    # One that is still there has been duplicated, and a block is pasted once.
    assert pasted(1, 2, block=SECTION) == {}
    copies = [(f"body.{block}.heading", 1) for block in (QUOTE, LIST)]
    assert moved_paths(texts[:1], copies) == {texts[0][0]: copies[0][0]}
    inner = [(f"body.{SECTION}.items.{ITEM}.title", 1)]
    outer = [(f"body.{QUOTE}.items.{OTHER_ITEM}.title", 1)]
    assert moved_paths(inner, outer) == {inner[0][0]: outer[0][0]}


def test_the_names_of_parts() -> None:
    kinds = [
        *("body#order", "body.section.text#form", "body.list.items.item", "body.gone.x"),
        *("body.steps.items.item.title", "concern_links#order", "concern_links.item.concern"),
        *("image", "gone.x", "sessions_minimum", "introduction#form", "image"),
    ]
    with override("en"):
        assert part_labels(TherapyMethodPage, kinds) == [
            "Body: what there is, in which order",
            "Section · Text: links and form",
            "List · Items · Item",
            "Body",
            "Numbered steps · Steps · Step · Title",
            "Concerns of therapy methods: what there is, in which order",
            "Concerns of therapy methods · Concern",
            "Image",
            "gone",
            "Sessions, at least",
            "Introduction: links and form",
        ]
    with override("sv"):
        assert part_labels(TherapyMethodPage, kinds[:2]) == [
            "Innehåll: vad som finns, och i vilken ordning",
            "Avsnitt · Text: länkar och form",
        ]


def test_the_places_of_texts() -> None:
    link = "'tel:1'"
    with override("en"):
        places = Places(TherapyMethodPage, DATA)
        told = {
            path: (place.order, place.group, place.heading, place.label)
            for path in (
                "title",
                "introduction",
                f"introduction.{link}",
                f"body.{SECTION}.heading",
                f"body.{SECTION}.text.{link}",
                f"body.{LIST}.items.{OTHER_ITEM}",
                f"body.{LIST}.items.{QUOTE}",
                f"body.{IDS[8]}.heading",
                f"concern_links.{CHILD}.concern",
                "gone.x",
            )
            for place in [places.place_of(path)]
        }
    assert told == {
        "title": (0, ("title", ""), "Title", ""),
        "introduction": (2, ("introduction", ""), "Introduction", ""),
        f"introduction.{link}": (2, ("introduction", ""), "Introduction", "Link address"),
        f"body.{SECTION}.heading": (13, ("body", SECTION), "Section", "Heading"),
        f"body.{SECTION}.text.{link}": (13, ("body", SECTION), "Section", "Text · Link address"),
        f"body.{LIST}.items.{OTHER_ITEM}": (13, ("body", LIST), "List", "Items · Item 2"),
        f"body.{LIST}.items.{QUOTE}": (13, ("body", LIST), "List", "Items · Item"),
        f"body.{IDS[8]}.heading": (13, ("body", ""), "Body", ""),
        f"concern_links.{CHILD}.concern": (
            *(12, ("concern_links", "")),
            *("Concerns it helps with", "Concern"),
        ),
        "gone.x": (20, ("gone", ""), "gone", ""),
    }
    assert places.place_of("title").max_length == 255
    assert places.place_of("introduction").max_length is None
    assert places.place_of("gone").max_length is None
    assert places.place_of(f"body.{SECTION}.heading").max_length == 120
    assert places.place_of("abbreviation").help_text
    assert Places(HomePage, {}).place_of("body").heading


def test_items_are_counted_in_each_list_and_those_without_ids_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A list in another, and items as Wagtail before 2.16 stored them."""

    def items(*values: tuple[str, Any]) -> list[dict[str, Any]]:
        return [{"type": "item", "id": key, "value": value} for key, value in values]

    rows = ListBlock(CharBlock(label="Row"), label="Rows")
    tables = ListBlock(StructBlock([("rows", rows)], label="Table"), label="Tables")
    stream: Any = TherapyMethodPage._meta.get_field("body")
    monkeypatch.setitem(stream.stream_block.child_blocks, "tables", tables)
    one = {"rows": items((ITEM, "a"))}
    two = {"rows": items((OTHER_ITEM, "b"), (QUOTE, "c"))}
    body = [
        {"type": "tables", "id": SECTION, "value": items((IDS[6], one), (IDS[7], two))},
        {"type": "list", "id": LIST, "value": {"heading": "Lista", "items": ["Vatten", "Mat"]}},
    ]
    with override("en"):
        places = Places(TherapyMethodPage, {"body": json.dumps(body)})
        nested = places.place_of(f"body.{SECTION}.{IDS[7]}.rows.{QUOTE}")
        without_id = places.place_of(f"body.{LIST}.items.{ITEM}")
    assert nested.label == "Table 2 · Rows · Row 2"
    assert without_id.label == "Items · Item"
