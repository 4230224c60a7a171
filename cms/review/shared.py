"""The shared words and images that a page shows beside its own words: answers, calls to action.

They are published by themselves. A reviewer of the page sees them in its place and approves them
with it, so that the page stops telling of the review when they change, and tells of it again when
they are changed back or the page is reviewed anew.
"""

import hashlib
import json
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from cms.content.content_digest import NOT_CONTENT, content_digest
from cms.content.models import BaseSnippet
from cms.core.changes import Change
from cms.public.outgoing_references import by_model, references
from cms.upstream.images import SourceImageIOError, renew_file_hash

# Stands for words that have a clinical review of their own.
REVIEWED = "reviewed"


def shared_words(content: Any) -> dict[str, str]:
    """Return a digest for each published snippet and each image that an object shows, by its key.

    A snippet is shown in the object's own language, whichever of its translations was chosen.
    """
    found = {}
    for model, keys in by_model(references(content)).items():
        if issubclass(model, BaseSnippet):
            for snippet in _shown(model, keys, content.locale_id):
                found[_key(snippet)] = _digest(snippet)
        elif model is get_image_model():
            for image in model._default_manager.filter(pk__in=keys):
                found[_key(image)] = picture_of(image)
    return found


def shown_digest(content: Any) -> str:
    """Return the digest of all that the readers of an object read: its own and shared words."""
    shown = json.dumps([content.content_digest(), shared_words(content)], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()


def changed_names(content: Any, approved: dict[str, str]) -> list[str]:
    """Return the names of what an object shows otherwise than when it was approved."""
    now = shared_words(content)
    changed = [key for key in {**approved, **now} if approved.get(key) != now.get(key)]
    return sorted(filter(None, (_name(key) for key in changed)))


def picture_of(image: Any) -> str:
    """Return the hash of an image's file, or its name where the file cannot be read.

    A name alone says little: storages give it to another file when it is free again.
    """
    if not image.file_hash:
        try:
            renew_file_hash(image)
        except (OSError, SourceImageIOError):
            return str(image.file.name)
        type(image)._default_manager.filter(pk=image.pk).update(file_hash=image.file_hash)
    return str(image.file_hash)


def update_pages_that_show(change: Change) -> None:
    """Update what pages say of their review when a snippet or an image that they show changes.

    These are pages in the language of the snippet; an image is shown in all. Also a step of its
    deletion.
    """
    if change.fields is None or _writes_content(change.after, change.fields):
        approvals = apps.get_model("review", "Approval")._default_manager
        for content in _live_content_that_shows(change.after):
            approvals.tell_live(content)


def _live_content_that_shows(instance: Any) -> list[Any]:
    from .subjects import reviewed_models

    shown = [instance.pk]
    if isinstance(instance, BaseSnippet):
        family = instance.get_translations(inclusive=True)
        shown = [instance.pk, *family.values_list("pk", flat=True)]
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(type(instance)),
        to_object_id__in=[str(key) for key in shown],
    )
    found = []
    for model in reviewed_models():
        keys = rows.filter(content_type=ContentType.objects.get_for_model(model))
        live = model._default_manager.filter(
            pk__in=[int(key) for key in keys.values_list("object_id", flat=True)], live=True
        )
        if isinstance(instance, BaseSnippet):
            live = live.filter(locale=instance.locale_id)
        found += live
    return found


def _shown(model: type[Any], keys: set[int], locale_id: int) -> Any:
    families = model._default_manager.filter(pk__in=keys).values("translation_key")
    return model._default_manager.filter(
        Q(translation_key__in=families), locale=locale_id, live=True
    )


def _digest(snippet: Any) -> str:
    # Named only where somebody else than its author has approved it.
    if snippet.needs_clinical_review and snippet.reviewer_name:
        return REVIEWED
    return content_digest(snippet, snippet.words_on_pages)


def _key(instance: Model) -> str:
    return f"{instance._meta.label_lower}:{instance.pk}"


def _name(key: str) -> str:
    label, pk = key.split(":")
    instance = apps.get_model(label)._default_manager.filter(pk=pk).first()
    return str(instance) if instance is not None else ""


def _writes_content(instance: Any, names: Any) -> bool:
    fields = {field.name: field for field in instance._meta.fields}
    return any(
        name in ("live", "reviewed_on")
        or (name in fields and fields[name].editable and name not in NOT_CONTENT)
        for name in names
    )
