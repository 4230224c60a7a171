"""Makes strings of their own of the same words with other links at one place.

Until now they were one string with one translation. Each has a copy of that translation from now
on, so that nothing that is live or written is lost, and can be translated by itself.
"""

import json
import re
import uuid
from collections import defaultdict
from itertools import count
from typing import Any

from django.db import migrations

# Those of wagtail-localize's `String.UUID_NAMESPACE`.
HASHES = uuid.UUID("59ed7d1c-7eb5-45fa-9c8b-7a7057ed56d7")
LINK = re.compile(r'<a id="([^"]*)">')


def part_strings(apps: Any, schema_editor: Any) -> None:
    segments = apps.get_model("wagtail_localize", "StringSegment").objects
    places: dict[Any, list[Any]] = defaultdict(list)
    linked = segments.filter(string__data__contains="<a id=").select_related("string", "context")
    for segment in linked.order_by("source", "order", "pk"):
        places[segment.source_id, segment.context_id, segment.string_id].append(segment)
    for same in places.values():
        if len({segment.attrs for segment in same}) > 1:
            part(apps, same)


def part(apps: Any, same: list[Any]) -> None:
    """Leave its string to the first of some segments, and give the others one for their links."""
    first = same[0]
    old = first.string
    ids = LINK.findall(old.data)
    strings = {first.attrs: old}
    for segment in same:
        if segment.attrs not in strings:
            numbers = free_numbers(apps, first.context_id, old, ids)
            strings[segment.attrs] = renumber(apps, first.context_id, old, numbers)
        string = strings[segment.attrs]
        if string != old:
            numbers = dict(zip(ids, LINK.findall(string.data), strict=True))
            links = json.loads(segment.attrs) or {}
            segment.attrs = json.dumps({numbers.get(key, key): links[key] for key in links})
            segment.string = string
            segment.save()
    note_live_texts(apps, same, old.pk)


def free_numbers(apps: Any, context: int, old: Any, ids: list[str]) -> dict[str, str]:
    """Return numbers for the links of a string with which its place has had no string yet."""
    String = apps.get_model("wagtail_localize", "String")
    for start in count(1 + len(ids), len(ids)):
        numbers = {key: f"a{at}" for at, key in enumerate(ids, start=start)}
        known = String.objects.filter(
            locale_id=old.locale_id, data_hash=uuid.uuid5(HASHES, renumbered(old.data, numbers))
        )
        if not any(
            apps.get_model(app, model).objects.filter(**{name: found.pk}, context=context).exists()
            for found in known
            for app, model, name in (
                ("wagtail_localize", "StringSegment", "string"),
                ("wagtail_localize", "StringTranslation", "translation_of"),
                ("translation", "SourceLinks", "string"),
            )
        ):
            return numbers
    raise AssertionError


def renumber(apps: Any, context: int, old: Any, numbers: dict[str, str]) -> Any:
    """Return the string with other numbers for its links, with the translations of the old one."""
    data = renumbered(old.data, numbers)
    string, _created = apps.get_model("wagtail_localize", "String").objects.get_or_create(
        locale_id=old.locale_id, data_hash=uuid.uuid5(HASHES, data), defaults={"data": data}
    )
    texts = apps.get_model("wagtail_localize", "StringTranslation").objects
    for text in texts.filter(translation_of=old.pk, context=context):
        dates = {"created_at": text.created_at, "updated_at": text.updated_at}
        text.pk = None
        text.translation_of = string
        text.data = renumbered(text.data, numbers)
        text.save()
        # Saving has set both to the present.
        texts.filter(pk=text.pk).update(**dates)
    return string


def renumbered(string: str, numbers: dict[str, str]) -> str:
    return LINK.sub(lambda link: f'<a id="{numbers.get(link[1], link[1])}">', string)


def note_live_texts(apps: Any, same: list[Any], old: int) -> None:
    """Let a live translation be made of the new strings, in their order."""
    live_texts = apps.get_model("translation", "LiveTexts").objects
    for live in live_texts.filter(translation__source=same[0].source_id):
        now = iter([segment.string_id for segment in same])
        live.strings = [
            [path, next(now, string)]
            if (path, string) == (same[0].context.path, old)
            else [path, string]
            for path, string in live.strings
        ]
        live.save()


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0009_notes_of_terms"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunPython(part_strings, migrations.RunPython.noop, elidable=True),
    ]
