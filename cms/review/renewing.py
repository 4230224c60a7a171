"""Keeping stored approvals when the rule of the digest changes.

Runs with each migration, as the objects that it reads have their own migrations. An approval
holds on if a version of the object had its digest by the rule before: then it gets that version's
digest by the rule of today. Rule 1 took everything in angle brackets for a
tag of rich text, also in plain text.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Field, Model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Revision

from cms.content.content_digest import DIGEST_RULE, NOT_CONTENT

from .models import Approval, Waiver
from .shared import picture_of, shared_words

TAG: Final = re.compile(r"<(/?\w+)([^<>]*?)(/?)>")
ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')


@transaction.atomic
def renew_digests() -> None:
    """Renew what is stored under an earlier rule, and what live objects tell of their reviews."""
    for model in (Approval, Waiver):
        for row in model._default_manager.exclude(digest_rule=DIGEST_RULE).order_by("pk"):
            _renew(row)


@transaction.atomic
def renew_pictures() -> None:
    """Store the hash of each image's file, where approvals have its name and it is that still."""
    label = f"{get_image_model()._meta.label_lower}:"
    images = get_image_model()._default_manager
    for row in Approval.objects.exclude(shared=None).only("shared").iterator():
        # Names have a folder, hashes none.
        shown: dict[str, str] = row.shared or {}
        named = {
            int(key.removeprefix(label)): name
            for key, name in shown.items()
            if key.startswith(label) and "/" in name
        }
        kept = {
            f"{label}{pk}": picture_of(image)
            for pk, image in (images.in_bulk(named) if named else {}).items()
            if image.file.name == named[pk]
        }
        if kept:
            row.shared = {**shown, **kept}
            row.save(update_fields=["shared"])


def _renew(row: Any) -> None:
    model: Any = row.content_type.model_class()
    stored: Any = model._default_manager.filter(pk=row.object_id).first() if model else None
    for version in _versions(stored, getattr(row, "revision", None)) if stored else ():
        if digest_by_rule_1(model, version.serializable_data()) == row.digest:
            row.digest = version.content_digest()
            break
    is_shown = stored is not None and stored.live and isinstance(row, Approval)
    if is_shown and row.digest == stored.content_digest():
        row.shared = shared_words(stored)
    row.digest_rule = DIGEST_RULE
    row.save()
    if is_shown:
        Approval.objects.tell_live(stored)


def _versions(stored: Any, approved: Revision | None) -> Iterator[Any]:
    """Yield the version that was approved, what is live, and each other version, newest first."""
    if approved is not None:
        yield approved.as_object()
    yield stored
    revisions = Revision.objects.for_instance(stored).order_by("-created_at", "-pk")
    for revision in revisions.iterator(chunk_size=20):
        yield revision.as_object()


def digest_by_rule_1(model: type[Model], data: dict[str, Any]) -> str:
    content = _content(model, data)
    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _content(model: type[Model], data: dict[str, Any], parent: str = "") -> dict[str, Any]:
    fields = {field.name: field for field in model._meta.get_fields()}
    found = {}
    for name, value in data.items():
        field = fields.get(name)
        if name in NOT_CONTENT or name == parent or field is None:
            continue
        if isinstance(field, StreamField):
            found[name] = _clean(json.loads(value) if isinstance(value, str) else value)
        elif isinstance(field, Field):
            found[name] = _clean(value) if field.editable else None
        else:
            child: Any = field
            found[name] = [_content(child.related_model, item, child.field.name) for item in value]
    return _filled(found)


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        is_block = value.keys() >= {"type", "value", "id"}
        kept = {key: _clean(child) for key, child in value.items() if key != "id" or not is_block}
        return _filled(kept)
    if isinstance(value, list):
        return [_clean(child) for child in value]
    return TAG.sub(_tag, value) if isinstance(value, str) else value


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, False)}


def _tag(match: re.Match[str]) -> str:
    name, attributes, end = match.groups()
    kept = sorted(pair for pair in ATTRIBUTE.findall(attributes) if pair[0] != "data-block-key")
    return f"<{name}{''.join(f' {key}={value}' for key, value in kept)}{end}>"
