"""Keeps the hash and the size of an uploaded file up to date, by whatever path it is stored.

Only the forms of Wagtail do. The entity tags of documents and images are made of the hash, and so
is what a review knows an image by.
"""

from typing import Any

from cms.core.changes import Change
from cms.upstream.images import SourceImageIOError, renew_file_hash

RENEWED = ("file_hash", "file_size")


def renew_hash(change: Change) -> None:
    """Renew hash and size of the file of an image or document that is about to be stored.

    The file is read each time: `file.save()` stores another one before its owner is saved, perhaps
    under the same name.
    """
    if _writes_file(change):
        _renew(change.after)


def store_renewed_hash(change: Change) -> None:
    """Store hash and size where `save(update_fields=["file"])` has left them out."""
    fields = change.fields
    if fields is not None and _writes_file(change) and not {*RENEWED}.issubset(fields):
        file: Any = change.after
        values = {name: getattr(file, name) for name in RENEWED}
        type(file)._base_manager.filter(pk=file.pk).update(**values)


def _writes_file(change: Change) -> bool:
    return change.fields is None or "file" in change.fields


def _renew(file: Any) -> None:
    try:
        renew_file_hash(file)
        file.file_size = file.file.size
    except (OSError, SourceImageIOError, ValueError):
        # Django raises ValueError where there is no file. What cannot be read has no entity tag.
        file.file_hash = ""
        file.file_size = None
