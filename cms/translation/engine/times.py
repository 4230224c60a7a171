"""When a translation goes live and expires, and whether to follow its source in that.

Times are never carried over: each language has its own. Where they differ, whoever may publish the
translation is asked whether it should follow, until it does or somebody has decided otherwise. A
decision holds until the source's times change again.
"""

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, Self

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.core.changes import Change

from ..models import TranslationState

NAMES: Final = ("go_live_at", "expire_at")
# Name of the entry in the history of a translation.
TIMES_SET: Final = "translation.times"


class Schedule(NamedTuple):
    """The times of a page or snippet as it is stored, and whether it is live.

    Of one that is scheduled before it was ever live, Wagtail stores the times of the scheduled
    revision. A newer version of something live has its times in its revision only; they count
    when it goes live.
    """

    live: bool = False
    go_live_at: datetime | None = None
    expire_at: datetime | None = None

    @classmethod
    def of(cls, instance: Any) -> Self:
        return cls(instance.live, instance.go_live_at, instance.expire_at)

    @property
    def planned(self) -> datetime | None:
        """The time to come at which it goes live, None where there is none or it is live."""
        return None if self.live or is_past(self.go_live_at) else self.go_live_at

    @property
    def has_expired(self) -> bool:
        return is_past(self.expire_at)

    @property
    def key(self) -> list[str | None]:
        """The two times as they are stored with a decision."""
        times = (self.go_live_at, self.expire_at)
        return [time.astimezone(UTC).isoformat() if time else None for time in times]


class TimesQuestion(NamedTuple):
    """Times in which a translation differs from its source, and nobody has decided about."""

    source: Schedule
    target: Schedule
    about_going_live: bool
    about_expiry: bool

    @property
    def key(self) -> str:
        """Identify the question in a form by the times that it is about."""
        return " ".join(str(time) for time in (*self.source.key, *self.target.key))

    @property
    def followed(self) -> tuple[datetime | None, datetime | None]:
        """The times that the translation has when it follows: to go live, and to expire."""
        return (
            self.source.planned if self.about_going_live else self.target.go_live_at,
            self.source.expire_at if self.about_expiry else self.target.expire_at,
        )


def is_past(time: datetime | None) -> bool:
    return time is not None and time <= timezone.now()


def question_about(
    source: Schedule, target: Schedule, decided: list[str | None] | None
) -> TimesQuestion | None:
    """Return the open question about a translation's times, None where there is none.

    `decided` is the key of the source's times about which somebody has decided, None where nobody
    has. Of a source that has expired itself, the report tells that it is not published.
    """
    if decided is not None and list(decided) == source.key:
        return None
    about_going_live = not target.live and source.planned != target.planned
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
        keys = Schedule.of(target).key
        log(instance=target, action=TIMES_SET, user=user, data=dict(zip(NAMES, keys, strict=True)))


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


def _revisions_to_come(target: Any) -> list[Any]:
    """Return the revisions that a publication or a review may put live."""
    revisions = [target.latest_revision, target.scheduled_revision]
    task = target.current_workflow_task_state
    if task is not None:
        revisions.append(task.revision)
    found = {revision.pk: revision for revision in revisions if revision is not None}
    return list(found.values())
