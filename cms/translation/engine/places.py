"""Finds the heading, label and order that a segment's field has in the edit form of its object."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignObjectRel
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel, PanelGroup, get_edit_handler
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.models import TranslationSource


@dataclass(frozen=True)
class Place:
    """`group` is what belongs under one heading, `leaf` the model field or block of the value."""

    order: int
    group: tuple[str, str]
    heading: str
    label: str
    help_text: str
    leaf: Any

    @property
    def max_length(self) -> int | None:
        """How long a plain text may be here."""
        field = getattr(self.leaf, "field", self.leaf)
        return getattr(field, "max_length", None)


class Places:
    """Looks up places by content path, from a model's panels and stored content, without a query.

    Takes the content as wagtail-localize keeps it of a source: field values as JSON.
    """

    def __init__(self, model: Any, content: Mapping[str, Any]) -> None:
        self._model = model
        self._content = content
        self._panels = _panels_of(model)
        self._streams: dict[str, dict[str, Mapping[str, Any]]] = {}

    @classmethod
    def of(cls, source: TranslationSource) -> Self:
        return cls(model_of(source), content_of(source))

    def place_of(self, path: str) -> Place:
        """Takes a content path of wagtail-localize.

        Where the model has changed since the path was made, the place says as much as is known.
        """
        name, *rest = path.split(".")
        order, panel_heading = self._panels.get(name, (len(self._panels), ""))
        field: Any
        try:
            field = self._model._meta.get_field(name)
        except FieldDoesNotExist:
            return Place(order, (name, ""), name, "", "", None)
        if isinstance(field, StreamField) and rest and rest[0] in self._stream(field):
            child = self._stream(field)[rest[0]]
            block = field.stream_block.child_blocks[child["type"]]
            labels, leaf = _inside(block, child["value"], rest[1:])
            return Place(order, (name, rest[0]), _title(block.label), " · ".join(labels), "", leaf)
        if isinstance(field, ForeignObjectRel):
            child_field: Any = field.related_model._meta.get_field(rest[1])
            heading = panel_heading or _title(field.related_model._meta.verbose_name)
            label = _title(child_field.verbose_name)
            return Place(order, (name, ""), heading, label, "", child_field)
        heading = _title(field.verbose_name)
        if rest and isinstance(field, RichTextField):
            return Place(order, (name, ""), heading, _("Link address"), "", None)
        return Place(order, (name, ""), heading, "", str(field.help_text), field)

    def _stream(self, field: StreamField) -> dict[str, Mapping[str, Any]]:
        """The stored children of a stream by id; a bound child would fetch what it chooses."""
        if field.name not in self._streams:
            value = field.to_python(self._content.get(field.name))
            self._streams[field.name] = {child.get("id"): child for child in value.raw_data}
        return self._streams[field.name]


def model_of(source: TranslationSource) -> Any:
    """Return the model of the object that a source is of."""
    return ContentType.objects.get_for_id(source.specific_content_type_id).model_class()


def content_of(source: TranslationSource) -> dict[str, Any]:
    """Return the last published content of a source, as the data of a revision."""
    content: dict[str, Any] = json.loads(source.content_json)
    return content


def _panels_of(model: Any) -> Mapping[str, tuple[int, str]]:
    """Place in the form and heading of each field and child relation."""
    found: dict[str, tuple[int, str]] = {}

    def walk(panel: Any) -> None:
        if isinstance(panel, FieldPanel):
            found[panel.field_name] = (len(found), "")
        elif isinstance(panel, InlinePanel):
            found[panel.relation_name] = (len(found), str(panel.heading))
        elif isinstance(panel, PanelGroup):
            for child in panel.children:
                walk(child)

    if issubclass(model, Page):
        walk(model.get_edit_handler())
    else:
        walk(get_edit_handler(model))
    return found


def _inside(block: Any, value: Any, path: Sequence[str]) -> tuple[list[str], Any]:
    """The labels on the way to a stored value inside a block, and the block that holds it."""
    labels: list[str] = []
    for step in path:
        if step.startswith("'"):
            return [*labels, _("Link address")], None
        if isinstance(block, ListBlock):
            ids = [item["id"] if _is_list_item(item) else None for item in value or ()]
            number = ids.index(step) + 1 if step in ids else 0
            value = value[number - 1]["value"] if number else None
            label = _title(block.child_block.label or block.label)
            block = block.child_block
            labels.append(f"{label} {number}" if number else label)
        elif isinstance(block, StreamBlock):
            child = next((item for item in value or () if item.get("id") == step), None)
            if child is None or child["type"] not in block.child_blocks:
                break
            block, value = block.child_blocks[child["type"]], child["value"]
            labels.append(_title(block.label))
        elif isinstance(block, StructBlock):
            block = block.child_blocks[step]
            value = value.get(step) if isinstance(value, Mapping) else None
            labels.append(_title(block.label))
    return labels, block


def _is_list_item(item: Any) -> bool:
    """Whether a stored item has an id, which those of Wagtail before 2.16 have not."""
    return isinstance(item, Mapping) and item.get("type") == "item" and "id" in item


def _title(name: Any) -> str:
    """A lazy name of a field or block as it heads what belongs to it."""
    return str(capfirst(name))
