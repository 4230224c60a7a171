"""A page with a link and blocks, and what is live of it in each language."""

import json
from collections.abc import Callable
from typing import Any

from wagtail_localize.models import Translation

Publish = Callable[..., Any]

LINKED = '<p>Läs <a href="{}">här</a>.</p>'
BODY = [
    ("quote", {"text": "Jag sover.", "attribution": "Ett barn"}),
    ("list", {"heading": "Ta med", "items": ["Vatten", "Kläder"]}),
    ("quote", {"text": "Jag vilar.", "attribution": "Någon"}),
]


def target(translation: Translation) -> Any:
    return translation.get_target_instance()


def source(translation: Translation) -> Any:
    return translation.source.get_source_instance()


def raw(page: Any) -> list[dict[str, Any]]:
    """The blocks of a page as they are stored."""
    blocks: list[dict[str, Any]] = json.loads(page.get_latest_revision().content["body"])
    return blocks


def other_link(linked: Translation, publish: Publish) -> Any:
    """Publish another address; returns the live translation afterwards."""
    publish(source(linked), introduction=LINKED.format("https://samtal.example/två"))
    return target(linked)
