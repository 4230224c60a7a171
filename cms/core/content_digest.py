"""A short sum of what an object says to the public, in its own language."""

import hashlib
import json
import re
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME

# What editors can change that says nothing, beside fields that they cannot edit at all: where an
# object stands, when it is shown, and what ties it to its translations.
NOT_CONTENT: Final = frozenset(
    {
        "alias_of",
        "content_type",
        "depth",
        "expire_at",
        "first_published_at",
        "go_live_at",
        "latest_revision",
        "locale",
        "locked_by",
        "numchild",
        "owner",
        "path",
        "pk",
        "show_in_menus",
        "slug",
        "sort_order",
        "translation_key",
        "url_path",
        COMMENTS_RELATION_NAME,
    }
)
TAG: Final = re.compile(r"<(/?\w+)([^<>]*?)(/?)>")
ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')


def content_digest(instance: Any) -> str:
    """The digest of an object's own fields and children.

    Two objects of a type have the same where they say the same: block ids, the keys that the
    editor gives to paragraphs and empty fields make no difference. What the object refers to
    counts by its id.
    """
    content = _content(type(instance), instance.serializable_data())
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
    """What says something: a field that is empty or new to the type says nothing."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, False)}


def _tag(match: re.Match[str]) -> str:
    """A tag of rich text with its attributes in one order."""
    name, attributes, end = match.groups()
    kept = sorted(pair for pair in ATTRIBUTE.findall(attributes) if pair[0] != "data-block-key")
    return f"<{name}{''.join(f' {key}={value}' for key, value in kept)}{end}>"
