"""Tells the texts of a translation's target that nobody has translated from all others."""

import uuid
from collections import defaultdict
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from .family import to_itself, translations_of
from .segments import USABLE
from .texts import PlacedTexts, is_content, is_same, placed_texts, plain


def untranslated_texts(instance: Any) -> set[str]:
    """Return the plain texts of an object and of its draft that nobody has translated.

    Without a translation, or where it is set aside, there are none.
    """
    translation = to_itself(instance, translations_of(instance))
    if translation is None or not translation.enabled:
        return set()
    known = given_texts(translation)
    stored = instance.specific if isinstance(instance, Page) else instance
    found = set()
    for version in (stored, instance.get_latest_revision_as_object()):
        unknown = without(placed_texts(version), known)
        content = {path: here for path, here in unknown.items() if is_content(path)}
        found |= {plain(text) for text in foreign(content, translation)}
    return found


def given_texts(translation: Translation) -> PlacedTexts:
    """Return the usable texts that were given for an object in the target's language, by path."""
    given: PlacedTexts = defaultdict(list)
    rows = StringTranslation.objects.filter(
        USABLE,
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
    )
    for path, text in rows.values_list("context__path", "data"):
        given[path].append(text)
    return given


def without(texts: PlacedTexts, known: PlacedTexts) -> PlacedTexts:
    """Return the texts that are not known at their place."""
    left = {
        path: [
            text
            for text in here
            if not any(is_same(path, text, other) for other in known.get(path, ()))
        ]
        for path, here in texts.items()
    }
    return {path: here for path, here in left.items() if here}


def foreign(texts: PlacedTexts, translation: Translation) -> list[str]:
    """Return those of the texts that the source says or has said, or that a machine wrote."""
    forbidden: PlacedTexts = defaultdict(list)
    source = StringSegment.objects.filter(source=translation.source_id)
    for path, text in source.values_list("context__path", "string__data"):
        forbidden[path].append(text)
    machine = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    for path, text in machine.values_list("context__path", "data"):
        forbidden[path].append(text)
    hashes = {
        uuid.uuid5(String.UUID_NAMESPACE, text): text for here in texts.values() for text in here
    }
    said_before = String.objects.filter(
        locale=translation.source.locale_id, data_hash__in=list(hashes)
    )
    old = {hashes[key] for key in said_before.values_list("data_hash", flat=True)}
    return [
        text
        for path, here in texts.items()
        for text in here
        if text in old or any(is_same(path, text, other) for other in forbidden[path])
    ]
