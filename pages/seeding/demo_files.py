"""Reads the demo content from TOML files, where each text is a table with a key per language."""

import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DEMO_DIR = Path(__file__).resolve().parent.parent / "demo"
LANGUAGES = frozenset({"sv", "en"})
# Namespace of the UUIDs of demo objects: a second run finds the objects of the first one by them.
NAMESPACE = uuid.UUID("5f0c0f0e-2b4e-4c58-9a1d-0d6f6c1b7a52")


def load(name: str) -> dict[str, Any]:
    """Read one file below `pages/demo/`."""
    return tomllib.loads((DEMO_DIR / name).read_text(encoding="utf-8"))


def load_methods() -> list[dict[str, Any]]:
    """Read the therapy methods, in the order in which the index shows them."""
    order = ["ipt", "cbt", "act", "pdt", "emdr", "dbt", "cft", "couples"]
    return [load(f"methods/{key}.toml") for key in order]


def other_language(language: str) -> str:
    (other,) = LANGUAGES - {language}
    return other


def in_language(value: Any, language: str) -> Any:
    """Return the same data with every table of languages replaced by one language's text."""
    if isinstance(value, dict):
        if value.keys() == LANGUAGES:
            return value[language].strip()
        return {key: in_language(child, language) for key, child in value.items()}
    if isinstance(value, list):
        return [in_language(child, language) for child in value]
    return value


def image_descriptions(data: Any, language: str) -> Iterator[tuple[str, str]]:
    """Yield (file name, text alternative) of each image that some data shows.

    The text alternative is in one language: an image has one description, which its uses in the
    other languages are not offered.
    """
    if isinstance(data, dict):
        alternative = data.get("image_alt") or data.get("alt_text")
        if "image" in data and alternative:
            yield data["image"], in_language(alternative, language)
    children = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for child in children:
        yield from image_descriptions(child, language)


def demo_uuid(*names: object) -> uuid.UUID:
    """Return a UUID that depends on the given names alone."""
    return uuid.uuid5(NAMESPACE, "/".join(map(str, names)))
