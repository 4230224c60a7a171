"""Keep the revisions that are live from being purged.

Wagtail's `purge_revisions` says that it leaves what is published, and leaves only the latest
revision. Wagtail takes a page whose live revision is gone off the site when a newer version is
scheduled (`PublishRevisionAction`).
"""

from typing import Any

from django.db.models import ProtectedError
from wagtail.models import Revision

from .changes import Change


def keep_live_revision(change: Change) -> None:
    """Raise ProtectedError where a live object's revision is deleted by itself.

    It goes with its object. `purge_revisions` counts and passes over what is protected.
    """
    revision: Revision = change.after
    if change.origin is not revision:
        return
    model: Any = revision.base_content_type.model_class()
    # None is a model that the project no longer has.
    if model is None or not any(each.name == "live_revision" for each in model._meta.fields):
        return
    live = model._base_manager.filter(live_revision=revision.pk)
    if live.exists():
        raise ProtectedError("The revision is live.", {*live})
