"""Converts demo data in one language into the field values of models."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .demo_files import demo_uuid

RICH_TEXTS = ("text", "text_before", "text_after")
PAGE_LINK = re.compile(r'<a href="page:([\w-]+)">')


@dataclass
class CreatedObjects:
    """Primary keys of the objects created so far, by their keys in the demo files."""

    source: str = ""
    pages: dict[tuple[str, str], int] = field(default_factory=dict)
    snippets: dict[tuple[str, str, str], int] = field(default_factory=dict)
    images: dict[str, int] = field(default_factory=dict)

    def page(self, key: str) -> int:
        return self.pages[key, self.source]

    def snippet(self, kind: str, key: str) -> int:
        return self.snippets[kind, key, self.source]

    def rich(self, html: str) -> str:
        """Convert a demo file's HTML into rich text as Wagtail stores it."""
        linked = PAGE_LINK.sub(lambda m: f'<a linktype="page" id="{self.page(m[1])}">', html)
        return re.sub(r">\s+<", "><", linked.strip())


def page_fields(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    """Return the field values of a page: those of every type, and those of its own type."""
    values = {
        "title": data["title"],
        "seo_title": data.get("seo_title", ""),
        "slug": data["slug"],
        "heading": data.get("heading", ""),
        "introduction": created.rich(data["introduction"]),
        "search_description": data["search_description"],
        "show_in_menus": data.get("show_in_menus", True),
    }
    if image := data.get("image"):
        values |= {"image_id": created.images[image], "image_alt_text": data["image_alt"]}
    return values | PAGE_FIELDS[data["type"]](data, created)


def _with_body(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    return {"body": body(data, created)}


def _home(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    return {
        "button_label": data["button_label"],
        "button_page_id": created.page(data["button_page"]),
        "body": body(data, created),
    }


def _method(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    return {
        "abbreviation": data["abbreviation"],
        "summary_label": data.get("summary_label", ""),
        "summary": created.rich(data["summary"]),
        "sessions_minimum": data["sessions_minimum"],
        "sessions_maximum": data["sessions_maximum"],
        "session_minutes": data.get("session_minutes"),
        "body": body(data, created),
    }


def _concern(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    rich = {name: created.rich(data[name]) for name in ("experience", "seek_care")}
    return {
        **rich,
        "is_medical_condition": data.get("is_medical_condition", False),
        "body": body(data, created),
    }


def _self_test(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    rich = {
        name: created.rich(data[name]) for name in ("about", "answers", "getting_started", "crisis")
    }
    key = data["key"]
    return {
        **rich,
        # Had a label before there was a test on the page itself.
        "start_button_label": "",
        "questions": [
            {
                "type": "question",
                "id": str(demo_uuid(key, "question", number)),
                "value": _question(question, (key, "question", number)),
            }
            for number, question in enumerate(data["questions"])
        ],
        "bands": [
            {
                "type": "band",
                "id": str(demo_uuid(key, "band", number)),
                "value": _band(band, created),
            }
            for number, band in enumerate(data["bands"])
        ],
    }


def _question(data: Mapping[str, Any], where: tuple[Any, ...]) -> dict[str, Any]:
    choices = [
        {
            "type": "item",
            "id": str(demo_uuid(*where, number)),
            "value": {"points_to_danger": False, **choice},
        }
        for number, choice in enumerate(data["choices"])
    ]
    return {"help": "", **data, "choices": choices}


def _band(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    rich = {name: created.rich(data[name]) for name in ("meaning", "next_steps")}
    return {**data, **rich, "page": created.page(data["page"]), "url": ""}


def _no_more_fields(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    return {}


PAGE_FIELDS: dict[str, Callable[[Mapping[str, Any], CreatedObjects], dict[str, Any]]] = {
    "home": _home,
    "concern": _concern,
    "concern_index": _no_more_fields,
    "content": _with_body,
    "faq": _no_more_fields,
    "method_index": _no_more_fields,
    "self_test": _self_test,
    "therapy_method": _method,
}


def body(data: Mapping[str, Any], created: CreatedObjects) -> list[dict[str, Any]]:
    """Return a body in the stored form of a StreamField.

    Block ids are the same in every language and run.
    """
    return [
        {
            "type": block["type"],
            "id": str(demo_uuid(data["key"], number)),
            "value": _block_value(block, created, (data["key"], number)),
        }
        for number, block in enumerate(data.get("body", []))
    ]


def _block_value(
    block: Mapping[str, Any], created: CreatedObjects, where: tuple[Any, ...]
) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for name, content in block.items():
        if name in ("type", "cta"):
            continue
        if name in ("items", "entries", "methods"):
            value[name] = [
                {
                    "type": "item",
                    "id": str(demo_uuid(*where, name, number)),
                    "value": _item_value(name, item, block["type"], created),
                }
                for number, item in enumerate(content)
            ]
        elif name == "page":
            value[name] = created.page(content)
        elif name == "image":
            value[name] = created.images[content]
        elif name in RICH_TEXTS and block["type"] != "quote":
            value[name] = created.rich(content)
        else:
            value[name] = content
    if "cta" in block:
        value["cta"] = created.snippet("cta", block["cta"])
    return value


def _item_value(name: str, item: Any, block_type: str, created: CreatedObjects) -> Any:
    if name == "entries":
        return created.snippet("entry", item)
    if name == "methods":
        return created.page(item)
    if block_type == "list":
        return item["text"]
    return {
        name: created.rich(value) if isinstance(value, str) else value
        for name, value in item.items()
    }


def concern_fields(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    plain = {name: data[name] for name in ("name", "slug", "description", "position")}
    return {**plain, "page_id": created.page(data["page"]) if "page" in data else None}


def topic_fields(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    return {"name": data["name"], "slug": data["slug"], "position": data["position"]}


def entry_fields(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    return {
        "question": data["question"],
        "answer": created.rich(data["answer"]),
        "topic_id": created.snippet("topic", data["topic"]),
        "position": data["position"],
    }


def cta_fields(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    return {
        "heading": data["heading"],
        "text": created.rich(data["text"]),
        "button_label": data["button_label"],
        "target_page_id": created.page(data["page"]),
    }


def furniture_fields(data: Mapping[str, Any], created: CreatedObjects) -> dict[str, Any]:
    rich = {
        name: created.rich(data[name]) for name in ("contact_text", "footer_text", "crisis_text")
    }
    plain = {
        name: data[name]
        for name in ("contact_heading", "contact_phone", "contact_email", "crisis_heading")
    }
    return {
        **rich,
        **plain,
        "crisis_contacts": [
            {"type": "contact", "id": str(demo_uuid("crisis", number)), "value": contact}
            for number, contact in enumerate(data["crisis_contacts"])
        ],
        "footer_pages": [
            {"type": "page", "id": str(demo_uuid("footer", key)), "value": created.page(key)}
            for key in data["footer_pages"]
        ],
    }
