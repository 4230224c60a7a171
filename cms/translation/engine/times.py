"""When a translation goes live and expires, and whether to follow its source in that.

Times are never carried over: each language has its own. Where they differ, whoever may publish the
translation is asked whether it should follow, until it does or somebody has decided otherwise. A
decision holds until the source's times change again.
"""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, Self

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from cms.core.changes import Change

from ..models import TranslationState

NAMES: Final = ("go_live_at", "expire_at")
# Name of the entry in the history of a translation.
TIMES_SET: Final = "translation.times"
# The columns of `ScheduledTimes`.
_TIMES: Final = ("approved_go_live_at", "content__expire_at")


# The time at which a scheduled revision goes live, and its expiry as its content has it.
ScheduledTimes = tuple[datetime, str | None]


class Schedule(NamedTuple):
    """The times of a page or snippet, whether it is live, and whether it goes live by itself.

    Of something live they are those of its row: the times of a newer version count when that goes
    live. Of a scheduled revision of something that is not live they are that revision's: the row
    may have those of an earlier version. A draft has a time to go live as well, which says nothing
    until the draft is scheduled.
    """

    live: bool = False
    go_live_at: datetime | None = None
    expire_at: datetime | None = None
    is_scheduled: bool = False

    @classmethod
    def of(cls, instance: Any) -> Self:
        """Read the schedule of a page or snippet, with a query where it is not live."""
        scheduled = None if instance.live else _scheduled_times(instance.revisions).first()
        return cls.of_row(instance.live, instance.go_live_at, instance.expire_at, scheduled)

    @classmethod
    def of_row(
        cls,
        live: bool,
        go_live_at: datetime | None,
        expire_at: datetime | None,
        scheduled: ScheduledTimes | None,
    ) -> Self:
        if live or scheduled is None:
            return cls(live, go_live_at, expire_at)
        time, expiry = scheduled
        return cls(live, time, parse_datetime(expiry) if expiry else None, is_scheduled=True)

    @property
    def planned(self) -> datetime | None:
        """The time to come at which it goes live by itself, None where there is none."""
        return self.intended if self.is_scheduled else None

    @property
    def intended(self) -> datetime | None:
        """The time to come at which it goes live, also where its draft is not scheduled yet."""
        return None if self.live or is_past(self.go_live_at) else self.go_live_at

    @property
    def has_expired(self) -> bool:
        return is_past(self.expire_at)

    @property
    def key(self) -> list[str | None]:
        """The two times as they are stored with a decision about those of a source."""
        counts = self.live or self.is_scheduled
        return as_text(self.go_live_at if counts else None, self.expire_at)


class TimesQuestion(NamedTuple):
    """Times in which a translation differs from its source, and nobody has decided about."""

    source: Schedule
    target: Schedule
    about_going_live: bool
    about_expiry: bool

    @property
    def key(self) -> str:
        """Identify the question in a form by the times that it is about."""
        target = as_text(self.target.go_live_at, self.target.expire_at)
        return " ".join(str(time) for time in (*self.source.key, *target))

    @property
    def followed(self) -> tuple[datetime | None, datetime | None]:
        """The times that the translation has when it follows: to go live, and to expire."""
        return (
            self.source.planned if self.about_going_live else self.target.go_live_at,
            self.source.expire_at if self.about_expiry else self.target.expire_at,
        )


def is_past(time: datetime | None) -> bool:
    return time is not None and time <= timezone.now()


def as_text(*times: datetime | None) -> list[str | None]:
    return [time.astimezone(UTC).isoformat() if time else None for time in times]


def scheduled_times(model: type[Any]) -> dict[str, ScheduledTimes]:
    """Return the times of all scheduled revisions of a model by the object's id, in a query.

    Takes `Page` for pages of all types.
    """
    content_type = ContentType.objects.get_for_model(model)
    found = _scheduled_times(Revision.objects.filter(base_content_type=content_type))
    return {pk: (time, expiry) for time, expiry, pk in found.values_list(*_TIMES, "object_id")}


def _scheduled_times(revisions: Any) -> Any:
    return revisions.filter(approved_go_live_at__isnull=False).values_list(*_TIMES)


def question_about(
    source: Schedule, target: Schedule, decided: list[str | None] | None
) -> TimesQuestion | None:
    """Return the open question about a translation's times, None where there is none.

    `decided` is the key of the source's times about which somebody has decided, None where nobody
    has. Of a source that has expired itself, the report tells that it is not published.
    """
    if decided is not None and list(decided) == source.key:
        return None
    about_going_live = not target.live and source.planned != target.intended
    about_expiry = not source.has_expired and source.expire_at != target.expire_at
    if not about_going_live and not about_expiry:
        return None
    return TimesQuestion(source, target, about_going_live, about_expiry)


def set_times(
    translation: Translation, user: Any, go_live_at: datetime | None, expire_at: datetime | None
) -> None:
    """Set the times of a translation.

    The expiry holds at once, also of what is live. The time to go live is that of the next
    publication, or of the one that is scheduled, which is cancelled where there is no time. No
    text is published. Assumes that no other request edits the target.

    Raises ReviewRequired where what is scheduled lacks an approval.
    """
    with transaction.atomic():
        target = translation.get_target_instance()
        # Before the target's row in the journal: whoever has its counter waits for nobody.
        for revision in _revisions_to_come(target):
            revision.content = {
                **revision.content,
                "go_live_at": go_live_at,
                "expire_at": expire_at,
            }
            fields = ["content"]
            if revision.approved_go_live_at is not None:
                revision.approved_go_live_at = go_live_at
                fields.append("approved_go_live_at")
            revision.save(user=user, update_fields=fields)
        target.go_live_at, target.expire_at = go_live_at, expire_at
        options = {"clean": False} if isinstance(target, Page) else {}
        target.save(update_fields=[*NAMES], **options)
        if isinstance(target, Page) and target.live:
            target.update_aliases()
        data = dict(zip(NAMES, as_text(go_live_at, expire_at), strict=True))
        log(instance=target, action=TIMES_SET, user=user, data=data)


def forget_copied_times(change: Change) -> None:
    """Take the times away that a page or snippet was copied with into another language.

    Each language has its own, and they are set by who may publish it. `before` is what it is a
    copy of. An alias follows its source in its times as well.
    """
    copy: Any = change.after
    original: Any = change.before
    if getattr(copy, "alias_of_id", None) or copy.locale_id == original.locale_id:
        return
    if not any(getattr(copy, name, None) for name in NAMES):
        return
    copy.go_live_at = copy.expire_at = None
    if copy._state.adding:
        # A snippet's copy is stored by whoever asked for it.
        return
    options = {"clean": False} if isinstance(copy, Page) else {}
    copy.save(update_fields=[*NAMES], **options)
    for revision in copy.revisions.all():
        revision.content = {**revision.content, **dict.fromkeys(NAMES)}
        revision.save(update_fields=["content"])


def decide(translation: Translation, source: Schedule) -> None:
    """Store that somebody has decided about the source's times, as they were when asked."""
    target = translation.get_target_instance()
    model = Page if isinstance(target, Page) else type(target)
    with transaction.atomic():
        # Whoever publishes the source waits for this row, before the state is read and written.
        list(model._base_manager.filter(pk=target.pk).select_for_update().values_list("pk"))
        TranslationState.objects.update_or_create(
            translation=translation, defaults={"decided_times": source.key}
        )


def forget_decisions(change: Change) -> None:
    """Forget what was decided about the times of a source where they change.

    A time that is taken back and set again is asked about again.
    """
    before, after = change.before, change.after
    names = ("live", *NAMES)
    if before is None or all(getattr(before, name) == getattr(after, name) for name in names):
        return
    _forget_decisions_about(after)


def forget_decisions_about_cancelled(change: Change) -> None:
    """Do the same where a schedule is cancelled, which writes a revision only."""
    revision: Any = change.after
    if "approved_go_live_at" not in (change.fields or ()) or revision.approved_go_live_at:
        return
    model: Any = revision.base_content_type.model_class()
    instance = model._base_manager.filter(pk=revision.object_id).first()
    if hasattr(instance, "translation_key"):
        _forget_decisions_about(instance)


def _forget_decisions_about(source: Any) -> None:
    states = TranslationState.objects.filter(
        translation__source__object_id=source.translation_key,
        translation__source__locale=source.locale_id,
        decided_times__isnull=False,
    )
    if not states:
        return
    key = Schedule.of(source).key
    changed = [state.pk for state in states if state.decided_times != key]
    TranslationState.objects.filter(pk__in=changed).update(decided_times=None)


def _revisions_to_come(target: Any) -> list[Any]:
    """Return the revisions that a publication or a review may put live."""
    revisions = [target.latest_revision, target.scheduled_revision]
    task = target.current_workflow_task_state
    if task is not None:
        revisions.append(task.revision)
    found = {revision.pk: revision for revision in revisions if revision is not None}
    return list(found.values())
