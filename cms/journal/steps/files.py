"""Write rows for images and documents: made, changed, made private, deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from cms.core.changes import Change
from cms.public.images import SPECS

from ..changed_nodes import nodes_of_file
from ..incoming_references import node_of, referrers_of, serialized
from ..models import Action, Kind
from ..public_urls import is_public_collection
from ..recording import record


@dataclass(frozen=True)
class Doomed:
    """Values for the row of a deleted file, read before the deletion."""

    withdrawn: bool
    references: list[list[Any]]


def record_file(change: Change) -> None:
    if not change.is_housekeeping:
        old = change.before and change.before.collection_id
        record_changed_file(change.after, old, change.after.collection_id)


def remember_doomed_file(change: Change) -> None:
    file: Any = change.before
    node = node_of(file)
    change.remember(
        Doomed(
            withdrawn=is_public_collection(file.collection_id),
            references=serialized(referrers_of([node])[node]),
        )
    )


def record_deleted_file(change: Change) -> None:
    doomed = change.recall(Doomed)
    if doomed is not None:
        record(
            **_identity(change.after),
            action=Action.DELETED,
            withdrawn=doomed.withdrawn,
            references=doomed.references,
        )


def record_deleted_size(change: Change) -> None:
    """Write a row for an image of which a size goes that readers may have the address of."""
    if change.after.filter_spec in SPECS and not change.is_cascade:
        _record_image_of(change.after)


def record_new_fault(change: Change) -> None:
    """Write a row for an image that readers get no longer."""
    if change.is_new:
        _record_image_of(change.after)


def record_repair(change: Change) -> None:
    """Write a row for an image that readers get again."""
    if not change.is_cascade:
        _record_image_of(change.after)


def record_new_collection(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> None:
    """Write the rows of a bulk action that updates the table: no signal tells of it.

    A hook `after_bulk_action` of Wagtail; the objects still hold their old collection.
    """
    if action_type != "add_to_collection":
        return
    for file in objects:
        if isinstance(file, get_image_model() | get_document_model()):
            collection = action.cleaned_form.cleaned_data["collection"]
            record_changed_file(file, file.collection_id, collection.pk)


def record_changed_file(file: Any, old_collection: int | None, new_collection: int) -> None:
    """Write the row of a changed file, given the collections that it was and is in."""
    was_public = old_collection is not None and is_public_collection(old_collection)
    hides = was_public and not is_public_collection(new_collection)
    record(
        **_identity(file),
        action=Action.RESTRICTED if hides else Action.CHANGED,
        withdrawn=hides,
    )


def _record_image_of(part: Any) -> None:
    record_changed_file(part.image, part.image.collection_id, part.image.collection_id)


def _identity(file: Any) -> dict[str, Any]:
    return {
        "kind": Kind.IMAGE if isinstance(file, AbstractImage) else Kind.DOCUMENT,
        "type": file._meta.label,
        "object_id": file.pk,
        "nodes": nodes_of_file(file),
    }
