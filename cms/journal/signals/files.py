"""Rows for images and documents: made, changed, made private, deleted."""

from typing import Any

from wagtail.images.models import AbstractImage

from cms.core.models import ImageFault

from ..incoming_references import node_of, sources_of, stored
from ..models import Action, Kind
from ..public_urls import is_public_collection
from ..recording import is_housekeeping, record
from .origin import is_cascade


def before_save(instance: Any, raw: bool = False, update_fields: Any = None, **kw: Any) -> None:
    instance.before_change = None
    if not raw and not is_housekeeping(update_fields):
        previous = type(instance)._base_manager.filter(pk=instance.pk).first()
        instance.before_change = {"collection": previous and previous.collection_id}


def after_save(instance: Any, **kwargs: Any) -> None:
    before = instance.__dict__.pop("before_change", None)
    if before is not None:
        record_change(instance, before["collection"], instance.collection_id)


def before_delete(instance: Any, **kwargs: Any) -> None:
    node = node_of(instance)
    instance.before_change = {
        "withdrawn": is_public_collection(instance.collection_id),
        "references": stored(sources_of([node])[node]),
    }


def after_delete(instance: Any, **kwargs: Any) -> None:
    before = instance.__dict__.pop("before_change")
    record(**_identity(instance), action=Action.DELETED, **before)


def after_fault(instance: ImageFault, created: bool = True, **kwargs: Any) -> None:
    """Write a row for an image that readers get no longer."""
    if created:
        record_change(instance.image, instance.image.collection_id, instance.image.collection_id)


def after_repair(instance: ImageFault, origin: Any, **kwargs: Any) -> None:
    """Write a row for an image that readers get again."""
    if not is_cascade(origin, ImageFault):
        after_fault(instance)


def record_change(file: Any, old_collection: int | None, new_collection: int) -> None:
    """Write the row of a changed file, given the collections that it was and is in."""
    was_public = old_collection is not None and is_public_collection(old_collection)
    hides = was_public and not is_public_collection(new_collection)
    record(
        **_identity(file),
        action=Action.RESTRICTED if hides else Action.CHANGED,
        withdrawn=hides,
    )


def _identity(file: Any) -> dict[str, Any]:
    return {
        "kind": Kind.IMAGE if isinstance(file, AbstractImage) else Kind.DOCUMENT,
        "type": file._meta.label,
        "object_id": file.pk,
    }
