"""What a page or snippet refers to: the objects behind its choosers, links and foreign keys."""

from collections.abc import Container, Iterable, Iterator
from typing import Any

from django.db.models import ForeignKey, Model
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.models import TranslatableMixin

from .keyed_streams import UNFIT, keyed


def references(
    instance: Model, fields: Container[str] | None = None
) -> Iterator[tuple[type[Model], int]]:
    """Each (model, primary key) that an object's own content mentions.

    Takes the object and, to look at a few fields only, their names. Deferred fields are
    passed over. Reads Wagtail's own `extract_references` on fields and blocks.
    """
    deferred = instance.get_deferred_fields()
    for field in instance._meta.concrete_fields:
        if field.attname in deferred or (fields is not None and field.name not in fields):
            continue
        if isinstance(field, ForeignKey):
            key = getattr(instance, field.attname)
            if key is not None and field.editable and not isinstance(field, ParentalKey):
                yield field.related_model, key
        elif hasattr(field, "extract_references"):
            value = field.value_from_object(instance)
            if isinstance(value, StreamValue):
                yield from _stream_references(value)
            else:
                yield from _keys(field.extract_references(value))
    for name in _child_relations(type(instance)):
        if fields is None or name in fields:
            for child in getattr(instance, name).all():
                yield from references(child)


def _stream_references(stream: StreamValue) -> Iterator[tuple[type[Model], int]]:
    for child in keyed(stream):
        try:
            found = list(_keys(child.block.extract_references(child.value)))
        except UNFIT:
            # What cannot be read is left out where it would be shown, and reported there.
            continue
        yield from found


def _keys(found: Iterable[tuple[Any, ...]]) -> Iterator[tuple[type[Model], int]]:
    for model, key, *_paths in found:
        if str(key).isdecimal():
            yield model, int(key)


def load_children(instance: Any) -> None:
    """Keep an object's children in memory, so that they are asked for once and not at each use."""
    for name in _child_relations(type(instance)):
        getattr(instance, name).get_object_list()


def _child_relations(model: type[Model]) -> list[str]:
    return [
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        if issubclass(relation.related_model, TranslatableMixin)
    ]
