"""`manage.py publish_scheduled`: Wagtail's command, safe to run on several hosts at once.

Wagtail's own reads a list of due revisions and publishes all of them: two runs publish twice, an
editor who publishes meanwhile is overwritten, and the first failure stops the rest. This one
locks, checks again and publishes each object in a transaction of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms.upstream.actions import PublishScheduledCommand

from ...engine.guard import check_publication


class Command(PublishScheduledCommand):
    help = (
        "Publishes what is due and unpublishes what has expired, each once, also where the command "
        "runs twice at the same time. A translation that would go live with text of another "
        "language loses its time and stays a draft; the command names it. What fails is named, "
        "stays due and does not stop the rest; the command then ends with an error."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        expired, due = find_expired(), find_due()
        failed = [name for name, key in expired if not self._succeeds(name, unpublish, *key)]
        failed += [name for name, key in due if not self._succeeds(name, self._publish, key)]
        if failed:
            raise CommandError(f"Not done, and tried again the next time: {', '.join(failed)}.")

    def _succeeds(self, name: str, work: Callable[..., None], *args: Any) -> bool:
        try:
            with transaction.atomic():
                work(*args)
        except Exception as error:  # must not stop the other objects
            self.stderr.write(f"{name}: {type(error).__name__}: {error}")
            return False
        return True

    def _publish(self, key: int) -> None:
        revision = lock_due(key)
        if revision is None:
            return
        try:
            check_publication(revision)
        except ValidationError as error:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            reason = " ".join(error.messages)
            self.stderr.write(f"{revision.object_str} was not published: {reason}")
        else:
            revision.publish(log_action="wagtail.publish.scheduled")


def find_due() -> list[tuple[str, int]]:
    """Return (name, id) of the revisions that are due, the earliest first."""
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
    return [
        (f"{revision.object_str} (revision {revision.pk})", revision.pk)
        for revision in due.only("object_str").order_by("approved_go_live_at", "pk")
    ]


def lock_due(key: int) -> Revision | None:
    """Lock a revision and return it, or None where it is no longer due.

    Locks the object first, in the order of publication in the editor. Assumes a transaction.
    """
    revision = Revision.objects.select_related("base_content_type").filter(pk=key).first()
    if revision is None:
        return None
    model: Any = revision.base_content_type.model_class()
    list(model._base_manager.filter(pk=revision.object_id).select_for_update().values_list("pk"))
    due = Revision.objects.filter(pk=key, approved_go_live_at__lt=timezone.now())
    return due.select_for_update().first()


def find_expired() -> list[tuple[str, tuple[type[Any], int]]]:
    """Return (name, (model, id)) of the live objects that have expired, by model and time."""
    return [
        (f"{instance} ({model._meta.verbose_name} {instance.pk})", (model, instance.pk))
        for model in _models_with_drafts()
        for instance in _expired(model).order_by("expire_at", "pk")
    ]


def unpublish(model: type[Any], key: int) -> None:
    """Lock and unpublish an object, if it is still live and expired. Assumes a transaction.

    What is scheduled stays scheduled: Wagtail's `unpublish` cancels it, as is right where an
    editor unpublishes, who is told. Of an expiry, nobody is.
    """
    instance = _expired(model).filter(pk=key).select_for_update(of=("self",)).first()
    if instance is None:
        return
    scheduled = instance.revisions.filter(approved_go_live_at__isnull=False)
    times = list(scheduled.values_list("pk", "approved_go_live_at"))
    instance.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for revision, time in times:
        instance.revisions.filter(pk=revision).update(approved_go_live_at=time)


def _expired(model: type[Any]) -> Any:
    return model._default_manager.filter(live=True, expire_at__lt=timezone.now())


def _models_with_drafts() -> Iterator[type[Any]]:
    yield Page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model
