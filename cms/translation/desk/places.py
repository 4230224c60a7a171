"""Where a segment stands on the page: under which heading, with which label, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignObjectRel
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel, PanelGroup, get_edit_handler
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


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
    """The places of one object, read off its panels and its blocks without a query."""

    def __init__(self, instance: Any) -> None:
        self._instance = instance
        self._panels = _panels_of(type(instance))
        self._streams: dict[str, dict[str, Any]] = {}

    def place_of(self, path: str) -> Place:
        """Takes a content path of wagtail-localize.

        Where the model has changed since the path was made, the place says as much as is known.
        """
        name, *rest = path.split(".")
        order, panel_heading = self._panels.get(name, (len(self._panels), ""))
        field: Any
        try:
            field = self._instance._meta.get_field(name)
        except FieldDoesNotExist:
            return Place(order, (name, ""), name, "", "", None)
        if isinstance(field, StreamField) and rest and rest[0] in self._stream(name):
            bound = self._stream(name)[rest[0]]
            labels, leaf = _inside(bound.block, bound.value, rest[1:])
            heading = _title(bound.block.label)
            return Place(order, (name, rest[0]), heading, " · ".join(labels), "", leaf)
        if isinstance(field, ForeignObjectRel):
            child: Any = field.related_model._meta.get_field(rest[1])
            heading = panel_heading or _title(field.related_model._meta.verbose_name)
            return Place(order, (name, ""), heading, _title(child.verbose_name), "", child)
        heading = _title(field.verbose_name)
        if rest and isinstance(field, RichTextField):
            return Place(order, (name, ""), heading, _("Link address"), "", None)
        return Place(order, (name, ""), heading, "", str(field.help_text), field)

    def _stream(self, name: str) -> dict[str, Any]:
        if name not in self._streams:
            value = getattr(self._instance, name)
            self._streams[name] = {child.id: child for child in value}
        return self._streams[name]


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
    """The labels on the way to a value inside a block, and the block that holds it."""
    labels: list[str] = []
    for step in path:
        if step.startswith("'"):
            return [*labels, _("Link address")], None
        if isinstance(block, ListBlock):
            ids = [item.id for item in value.bound_blocks] if value is not None else []
            number = ids.index(step) + 1 if step in ids else 0
            value = value[number - 1] if number else None
            label = _title(block.child_block.label or block.label)
            block = block.child_block
            labels.append(f"{label} {number}" if number else label)
        elif isinstance(block, StreamBlock):
            child = next((item for item in value or () if item.id == step), None)
            if child is None:
                break
            block, value = child.block, child.value
            labels.append(_title(block.label))
        elif isinstance(block, StructBlock):
            block = block.child_blocks[step]
            value = value.get(step) if isinstance(value, Mapping) else None
            labels.append(_title(block.label))
    return labels, block


def _title(name: Any) -> str:
    """A lazy name of a field or block as it heads what belongs to it."""
    return str(capfirst(name))
