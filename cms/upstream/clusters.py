"""Saves and rebuilds a page with its child objects in a bounded number of queries.

From `wagtail.signal_handlers` and `wagtail.models` (Wagtail 8.0), `modelsearch.signal_handlers`
(modelsearch 1.3) and `modelcluster.models`, which have no setting for this. Wagtail updates the
reference index of the whole page after each child's save, and both indexes when a page only learns
of its new revision: 96 queries for a method with eight concerns. modelcluster checks each foreign
key of each child when it builds a page from a revision: 24. It writes every child, changed or not.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignObjectRel, ManyToOneRel
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME

from .locks import ReadsLocksOnce, copy_known
from .row_checks import ChecksTogether, Reference, all_exist

Receiver = Callable[..., None]

# What `Page.save_revision` writes of a page.
REVISION_FIELDS: Final = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
    }
)
# The attribute in which treebeard keeps what it has read.
KNOWN_OF_PLACE: Final = frozenset({"_cached_parent_obj"})


@dataclass(eq=False)
class ClusterSave:
    """A save of a page that is under way.

    `indexing` are the receivers to call afterwards with what they are to be told, `children` the
    stored child objects by model and key. `is_site_root` is None until somebody asks.
    """

    is_site_root: bool | None = None
    indexing: dict[Receiver, dict[str, Any]] = field(default_factory=dict)
    children: dict[type[Any], dict[Any, Any]] = field(default_factory=dict)


class ClusterPage(ReadsLocksOnce, ChecksTogether):
    """Mixin for pages, before `Page`."""

    cluster_save: ClusterSave | None = None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, and index it once, when its child objects are written too."""
        outer, under_way = self.cluster_save, ClusterSave()
        fields = kwargs.get("update_fields")
        if fields is not None and REVISION_FIELDS.issuperset(fields):
            # Wagtail asks in order to forget the addresses of sites, which stay as they are.
            under_way.is_site_root = False
        self.cluster_save = under_way
        prefetched = _read_children(self, under_way, fields)
        try:
            super().save(*args, **kwargs)  # type: ignore[misc]  # of Wagtail's Page
        finally:
            self.cluster_save = outer
            for name in prefetched:
                self.__dict__["_prefetched_objects_cache"].pop(name, None)
        for receiver, told in under_way.indexing.items():
            receiver(instance=self, **told)

    def is_site_root(self) -> bool:
        """Tell whether a site begins with the page, or with another language of it."""
        if self.cluster_save is None:
            return bool(super().is_site_root())  # type: ignore[misc]  # of Wagtail's Page
        if self.cluster_save.is_site_root is None:
            self.cluster_save.is_site_root = bool(super().is_site_root())  # type: ignore[misc]
        return self.cluster_save.is_site_root

    def read_locks(self, known: Any = None) -> None:
        """Read the locks, and take the parent that another instance of the page has read."""
        super().read_locks(known)
        if getattr(known, "knows_locks", False) and known.path == self.path:  # type: ignore[attr-defined]  # of Page
            copy_known(known, self, KNOWN_OF_PLACE)

    def with_content_json(self, content: Mapping[str, Any]) -> Any:
        """Build a page as Wagtail does, with what is known of its place and its locks."""
        page = super().with_content_json(content)
        copy_known(self, page, KNOWN_OF_PLACE)
        return page

    def copy_child_relation(
        self, child_relation: Any, target: Any, commit: bool = False, append: bool = False
    ) -> Any:
        """Copy child objects as modelcluster does, without a savepoint where none is written."""
        copy: Any = super().copy_child_relation  # type: ignore[misc]  # of ClusterableModel
        if commit:
            return copy(child_relation, target, commit=True, append=append)
        return copy.__wrapped__(self, child_relation, target, append=append)

    @classmethod
    def from_serializable_data(
        cls, data: Mapping[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """Build a page as modelcluster does; keys are checked one by one only if one dangles."""
        references = frozenset(_foreign_keys(cls, data)) if check_fks else frozenset()
        is_sound = all_exist(references)
        page = super().from_serializable_data(  # type: ignore[misc]  # of ClusterableModel
            data, check_fks=check_fks and not is_sound, strict_fks=strict_fks
        )
        if page is not None and is_sound:
            page.known_references = references
        return page


class ClusterChild:
    """Mixin for child objects of a ClusterPage, before their model's base."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Leave the reference index to the page, where that saves all of its children.

        One that is stored as it is already is not written.
        """
        from wagtail.signal_handlers import (  # needs models
            disable_reference_index_auto_update,
            reference_index_auto_update_disabled,
            update_reference_index_on_save,
        )

        page = _parent_of(self)
        page_save = getattr(page, "cluster_save", None)
        is_disabled = getattr(reference_index_auto_update_disabled, "value", False)
        if is_disabled or page_save is None:
            super().save(*args, **kwargs)  # type: ignore[misc]  # of Django's Model
            return
        if not args and not kwargs and _is_stored(self, page_save):
            self._state.adding = False  # type: ignore[attr-defined]  # of Django's Model
            return
        with disable_reference_index_auto_update():
            super().save(*args, **kwargs)  # type: ignore[misc]
        update_reference_index_on_save(page)


def when_whole(receiver: Receiver) -> Receiver:
    """Let a receiver that indexes a page be called when the page is saved with its children.

    It is not called where nothing is written that an index has.
    """

    @wraps(receiver)
    def receive(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
        told = {"update_fields": update_fields, **kwargs}
        page_save = getattr(instance, "cluster_save", None)
        if page_save is None:
            receiver(instance=instance, **told)
        elif update_fields is None or not _indexed(instance._meta.model).isdisjoint(update_fields):
            page_save.indexing[receiver] = told

    return receive


def _parent_of(child: Any) -> Any:
    return child._state.fields_cache.get(_parental_key(type(child)).name)


def _parental_key(model: Any) -> Any:
    (key,) = (each for each in model._meta.fields if isinstance(each, ParentalKey))
    return key


def _read_children(page: Any, page_save: ClusterSave, fields: Any) -> list[str]:
    """Read the stored children that a save compares with those that the page holds.

    modelcluster takes them from the cache of prefetched objects; returns their names there.
    """
    held = getattr(page, "_cluster_related_objects", {}) if page.pk is not None else {}
    names = []
    for relation in get_all_child_relations(page):
        name = relation.get_accessor_name()
        if name not in held or not issubclass(relation.related_model, ClusterChild):
            continue
        if fields is None or name in fields:
            stored = getattr(page, name).get_live_queryset()
            page_save.children[relation.related_model] = {child.pk: child for child in stored}
            if not hasattr(page, "_prefetched_objects_cache"):
                page._prefetched_objects_cache = {}
            names.append(relation.field.remote_field.cache_name)
            page._prefetched_objects_cache[names[-1]] = stored
    return names


def _is_stored(child: Any, page_save: ClusterSave) -> bool:
    """Whether the table has a child as it is."""
    stored = page_save.children.get(type(child), {}).get(child.pk)
    names = [each.attname for each in child._meta.concrete_fields]
    return stored is not None and all(
        getattr(stored, name) == getattr(child, name) for name in names
    )


@cache
def _indexed(model: Any) -> frozenset[str]:
    """Return the names of the fields that the reference index or a search index is made of.

    A database's search index has no fields to filter by, which it takes from the table.
    """
    words = {each.field_name for each in model.get_searchable_search_fields()}
    references = {
        each.name
        for each in model._meta.get_fields()
        if hasattr(each, "extract_references")
        or (
            each.many_to_one
            and not getattr(each, "wagtail_reference_index_ignore", False)
            and not getattr(each.related_model, "wagtail_reference_index_ignore", False)
        )
    }
    return frozenset(words | references)


def _foreign_keys(model: Any, data: Mapping[str, Any]) -> Iterator[Reference]:
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
            yield relation.model, name_there, target.to_python(value)
    for children in get_all_child_relations(model):
        for child in data.get(children.get_accessor_name(), ()):
            yield from _foreign_keys(children.related_model, child)
