"""Finds the objects that a page or snippet refers to: by choosers, links and foreign keys."""

from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db.models import ForeignKey, Model, prefetch_related_objects
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.models import TranslatableMixin

from cms.core.keyed_streams import KEY_OF_ROW, UNFIT, keyed


class Reference(NamedTuple):
    """A reference of an object to another, and its place in the content.

    The paths are like those of Wagtail's reference index: `model_path` names fields and blocks,
    `content_path` has the ids of blocks in place of their types. Children have their number there,
    since they may not be saved yet.
    """

    model: type[Model]
    key: int
    model_path: str
    content_path: str


def references(
    instance: Model, fields: Container[str] | None = None
) -> Iterator[tuple[type[Model], int]]:
    """Yield (model, primary key) of each object that an object's own content refers to.

    Takes field names to look at these fields only. Deferred fields are skipped. Uses Wagtail's
    `extract_references` of fields and blocks.
    """
    for reference in located_references(instance, fields):
        yield reference.model, reference.key


def located_references(
    instance: Model, fields: Container[str] | None = None
) -> Iterator[Reference]:
    """Yield the references of an object, each with its place; parameters as for `references`."""
    for field in _referring_fields(type(instance)):
        if field.attname not in instance.__dict__:
            continue
        if fields is not None and field.name not in fields:
            continue
        if isinstance(field, ForeignKey):
            key = getattr(instance, field.attname)
            if key is not None:
                yield Reference(field.related_model, key, field.name, field.name)
        else:
            value = field.value_from_object(instance)
            found = (
                _stream_references(value)
                if isinstance(value, StreamValue)
                else field.extract_references(value)
            )
            yield from _within(field.name, field.name, found)
    for name in _child_relations(type(instance)):
        if fields is None or name in fields:
            for number, child in enumerate(getattr(instance, name).all()):
                for reference in located_references(child):
                    yield reference._replace(
                        model_path=f"{name}.item.{reference.model_path}",
                        content_path=f"{name}.{number}.{reference.content_path}",
                    )


@cache
def _referring_fields(model: type[Model]) -> list[Any]:
    """Return the fields of a model whose values can contain references."""
    return [
        field
        for field in model._meta.concrete_fields
        if (_is_of_content(field) if isinstance(field, ForeignKey) else _holds_references(field))
    ]


def _is_of_content(key: Any) -> bool:
    return key.editable and not isinstance(key, ParentalKey) and not key.remote_field.parent_link


def _holds_references(field: Any) -> bool:
    return hasattr(field, "extract_references")


def _stream_references(stream: StreamValue) -> Iterator[tuple[Any, ...]]:
    """Yield the references of a stream as Wagtail does, without unreadable blocks."""
    for child in keyed(stream):
        try:
            found = list(child.block.extract_references(child.value))
        except UNFIT:
            # Left out where it would be shown, and reported there.
            continue
        yield from _within(child.block_type, child.id or "", found)


def _within(name: str, key: str, found: Iterable[tuple[Any, ...]]) -> Iterator[Reference]:
    """Prefix the paths of references with the name and the id of their container."""
    for model, number, model_path, content_path in found:
        if KEY_OF_ROW.fullmatch(str(number)):
            yield Reference(
                model,
                int(number),
                f"{name}.{model_path}".rstrip("."),
                f"{key}.{content_path}".rstrip("."),
            )


def referred(
    found: Iterable[tuple[Model, Container[str] | None]],
) -> list[tuple[type[Model], int]]:
    """Return the references of several objects, each given with the names of its fields."""
    return [pair for instance, fields in found for pair in references(instance, fields)]


def by_model(pairs: Iterable[tuple[type[Model], int]]) -> dict[type[Model], set[int]]:
    """Group primary keys by model."""
    grouped: dict[type[Model], set[int]] = {}
    for model, key in pairs:
        grouped.setdefault(model, set()).add(key)
    return grouped


def load_children(instance: Any) -> None:
    """Load an object's children into memory, so that each use costs no query."""
    for name in _child_relations(type(instance)):
        getattr(instance, name).get_object_list()


def prefetch_children(instances: Iterable[Any]) -> None:
    """Load the children of several stored objects, in a query for each relation of their types."""
    by_type: dict[type[Any], list[Any]] = {}
    for instance in instances:
        by_type.setdefault(type(instance), []).append(instance)
    for model, group in by_type.items():
        prefetch_related_objects(group, *_child_relations(model))


def _child_relations(model: type[Model]) -> list[str]:
    return [
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        if issubclass(relation.related_model, TranslatableMixin)
    ]
