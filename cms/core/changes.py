"""Describe one save, move or deletion to the steps that belong to it.

`cms.saving` makes a `Change` before an object is written, passes it to each step of its list and
forgets it after the last. A step is a plain function `step(change: Change) -> None` of some app.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from wagtail.models import Page

Note = TypeVar("Note")

# Fields that editors' work and Wagtail's own housekeeping write, and that no answer shows.
HOUSEKEEPING: Final = frozenset(
    {
        "draft_title",
        "expired",
        "file_hash",
        "file_size",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
    }
)


@dataclass(eq=False)
class Change:
    """A change of one object, from before its write until its last step.

    `after` is the instance that is written or deleted. `before` is the object as it was stored,
    read once and as its own type; None where it is new, where only housekeeping is written, and
    for kinds of objects of which no step asks. `fields` are those of `save(update_fields=…)`,
    None for all. `origin` is the object or queryset with which a deletion began. `part_of` is the
    move that saves a page, or the deletion of everything that goes together with it.
    """

    after: Any
    before: Any | None = None
    fields: Collection[str] | None = None
    is_new: bool = False
    origin: Any = None
    part_of: "Change | None" = None
    _notes: dict[type[Any], Any] = field(default_factory=dict, repr=False)

    def remember(self, note: Any) -> None:
        """Keep a note for a later step, by the type of the note."""
        self._notes[type(note)] = note

    def recall(self, kind: type[Note]) -> Note | None:
        """Return the note of a type, or None where no step has left one."""
        return self._notes.get(kind)

    @property
    def is_housekeeping(self) -> bool:
        """Whether nothing is written that the public can see."""
        return is_housekeeping(self.fields)

    @property
    def is_cascade(self) -> bool:
        """Whether a deletion reached the object because it began with one of another kind."""
        if self.origin is None:
            return False
        model = type(self.after)
        began_with = self.origin.model if isinstance(self.origin, QuerySet) else type(self.origin)
        return not issubclass(began_with, model) and not issubclass(model, began_with)

    @cached_property
    def content(self) -> Any:
        """Return the object as it is written, as its own type.

        This is `after` itself, unless a page is saved by the class `Page`: then the fields of
        `Page` that are written replace those of the stored page. Costs a query in that case.
        """
        page = self.after
        if not isinstance(page, Page) or self.is_new:
            return page
        names = [
            each.attname
            for each in Page._meta.concrete_fields
            if self.fields is None or each.name in self.fields or each.attname in self.fields
        ]
        return page.get_specific(copy_attrs=names)


def is_housekeeping(fields: Collection[str] | None) -> bool:
    """Return whether `save(update_fields=fields)` writes nothing that the public can see."""
    return fields is not None and HOUSEKEEPING.issuperset(fields)


def stored(instance: Model) -> Any | None:
    """Read the stored object that an instance is about to replace, as its own type."""
    if instance.pk is None:
        return None
    model: Any = getattr(instance, "specific_class", None) or type(instance)
    return model._base_manager.filter(pk=instance.pk).first()
