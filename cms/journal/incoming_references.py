"""Finds the objects that refer to given ones, by Wagtail's reference index."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.models import ReferenceIndex

from cms.content.models import BasePage

PAGE: Final = "wagtailcore.page"


class Node(NamedTuple):
    """An object, by its base model's label in small letters and its primary key."""

    label: str
    pk: int


class Referrer(NamedTuple):
    """An object that refers to another; the journal stores it as a list.

    `in_summary` says that a page shows the reference in its summary too. `language` is the only
    language in which the reference counts, None for all.
    """

    label: str
    pk: int
    in_summary: bool = False
    language: str | None = None

    @property
    def node(self) -> Node:
        return Node(self.label, self.pk)

    @property
    def shows_more(self) -> bool:
        """Whether objects that refer to this source also show what this source refers to."""
        return self.in_summary or self.label != PAGE


def node_of(instance: Model) -> Node:
    return Node(type(instance)._meta.label_lower, instance.pk)


def referrers_of(targets: Collection[Node]) -> dict[Node, set[Referrer]]:
    """Return the objects that refer to each of the given ones, in one query."""
    found: dict[Node, set[Referrer]] = defaultdict(set)
    keys: dict[str, list[str]] = defaultdict(list)
    for target in targets:
        keys[target.label].append(str(target.pk))
    if not keys:
        return found
    types = {label: _content_type(label) for label in keys}
    condition = Q()
    for label, wanted in keys.items():
        condition |= Q(to_content_type=types[label], to_object_id__in=wanted)
    labels = {content_type.pk: label for label, content_type in types.items()}
    rows = ReferenceIndex.objects.filter(condition).values_list(
        "to_content_type_id",
        "to_object_id",
        "base_content_type_id",
        "content_type_id",
        "object_id",
        "model_path",
    )
    for to_type, to_key, base, own, key, path in rows.distinct():
        source = Referrer(_label(base), int(key), _is_in_summary(own, path))
        found[Node(labels[to_type], int(to_key))].add(source)
    return found


def serialized(sources: Iterable[Referrer]) -> list[list[Any]]:
    """Return referrers in the form in which the journal stores them."""
    return [list(source) for source in sorted(sources, key=str)]


def _content_type(label: str) -> Any:
    return ContentType.objects.get_for_model(apps.get_model(label), for_concrete_model=False)


def _label(content_type_id: int) -> str:
    content_type = ContentType.objects.get_for_id(content_type_id)
    return f"{content_type.app_label}.{content_type.model}"


def _is_in_summary(content_type_id: int, model_path: str) -> bool:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return (
        model is not None
        and issubclass(model, BasePage)
        and model_path.split(".")[0] in model.summary_fields
    )
