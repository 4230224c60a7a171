"""Saves and rebuilds a page with its child objects in a bounded number of queries.

From `wagtail.signal_handlers` (Wagtail 8.0) and `modelcluster.models`, which have no setting for
this. Wagtail updates the reference index of the whole page after each child's save: 96 queries for
a method with eight concerns. modelcluster checks each foreign key of each child when it builds a
page from a revision: 24.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, ForeignObjectRel, ManyToOneRel, Value
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

# A foreign key's model with the name of the field that it refers to.
Referred = tuple[type[Any], str]


class ClusterPage:
    """Mixin for pages, before `Page`."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.unindexed_children = 0
        self.is_saving_cluster = True
        try:
            super().save(*args, **kwargs)  # type: ignore[misc]  # of Wagtail's Page
        finally:
            self.is_saving_cluster = False
        if self.unindexed_children:
            from wagtail.signal_handlers import update_reference_index_on_save  # needs models

            update_reference_index_on_save(self)

    @classmethod
    def from_serializable_data(
        cls, data: Mapping[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """Build a page as modelcluster does; keys are checked one by one only if one dangles."""
        check_fks = check_fks and _dangles(cls, data)
        return super().from_serializable_data(  # type: ignore[misc]  # of ClusterableModel
            data, check_fks=check_fks, strict_fks=strict_fks
        )


class ClusterChild:
    """Mixin for child objects of a ClusterPage, before their model's base."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Leave the reference index to the page, where that saves all of its children."""
        from wagtail.signal_handlers import (  # needs models
            disable_reference_index_auto_update,
            reference_index_auto_update_disabled,
        )

        page = _parent_of(self)
        is_disabled = getattr(reference_index_auto_update_disabled, "value", False)
        if is_disabled or not getattr(page, "is_saving_cluster", False):
            super().save(*args, **kwargs)  # type: ignore[misc]  # of Django's Model
            return
        page.unindexed_children += 1
        with disable_reference_index_auto_update():
            super().save(*args, **kwargs)  # type: ignore[misc]


def _parent_of(child: Any) -> Any:
    (key,) = (field for field in child._meta.fields if isinstance(field, ParentalKey))
    return child._state.fields_cache.get(key.name)


def _dangles(model: Any, data: Mapping[str, Any]) -> bool:
    """Whether a foreign key in the data refers to nothing, in one query for all models."""
    wanted: dict[Referred, set[Any]] = defaultdict(set)
    for referred, value in _foreign_keys(model, data):
        wanted[referred].add(value)
    counts = [
        referred_model._default_manager.filter(**{f"{name}__in": values})
        .order_by()
        .annotate(group=Value(1))
        .values("group")
        .annotate(found=Count("pk"))
        .values_list("found")
        for (referred_model, name), values in wanted.items()
    ]
    if not counts:
        return False
    found = sum(count for (count,) in counts[0].union(*counts[1:], all=True))
    return bool(found < sum(map(len, wanted.values())))


def _foreign_keys(model: Any, data: Mapping[str, Any]) -> Iterator[tuple[Referred, Any]]:
    """Yield the foreign keys that modelcluster would check, of an object and its children."""
    for name, value in data.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        relation: Any = None if isinstance(field, ForeignObjectRel) else field.remote_field
        if isinstance(relation, ManyToOneRel) and value is not None:
            name_there = str(relation.field_name)
            target: Any = relation.model._meta.get_field(name_there)
            yield (relation.model, name_there), target.to_python(value)
    for children in get_all_child_relations(model):
        for child in data.get(children.get_accessor_name(), ()):
            yield from _foreign_keys(children.related_model, child)
