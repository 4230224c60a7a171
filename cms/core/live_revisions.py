"""Keep what is live on the site while another version is scheduled, also after a purge.

Wagtail takes a page or snippet off the site when a version of it is scheduled and it knows of no
live revision (`PublishRevisionAction`). It reads which one is live from the scheduled version, as
it was when that was written: none, or one that has been purged since. And `purge_revisions` says
that it leaves what is published, and leaves only the latest revision.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

from .changes import Change


class StaysLive:
    """Stays live as it is until a scheduled version takes its place."""

    live: bool
    live_revision_id: int | None

    def with_content_json(self, content: Any) -> Any:
        """Return the object with the content of a revision, and its own live revision."""
        instance = super().with_content_json(content)  # type: ignore[misc]  # of Wagtail's model beside this
        instance.live_revision_id = self.live_revision_id
        return instance

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        if self.live and self.live_revision_id is None and _is_for_later(revision):
            _note_live_revision(self, revision)
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]  # of Wagtail's model beside this


def _is_for_later(revision: Revision) -> bool:
    time = parse_datetime(revision.content.get("go_live_at") or "")
    return time is not None and time > timezone.now()


@transaction.atomic
def _note_live_revision(instance: Any, later: Revision) -> None:
    """Make a revision of what is live of an object, older than the one that is scheduled."""
    # What the caller has may hold the draft's words.
    live = type(instance)._base_manager.get(pk=instance.pk)
    before = later.created_at - timedelta(seconds=1)
    revision = Revision.objects.create(
        content_object=live,
        base_content_type=live.get_base_content_type(),
        content=live.serializable_data(),
        object_str=str(live),
        created_at=min(live.last_published_at or before, before),
    )
    live.live_revision = revision
    options = {"clean": False} if isinstance(live, Page) else {}
    live.save(update_fields=["live_revision"], **options)
    instance.live_revision = later.content_object.live_revision = revision


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
