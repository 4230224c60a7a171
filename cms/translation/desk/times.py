"""The times of a translation at the desk: what they are, a form to set them, and the question.

The fields are part of the form of the desk, so that no text is lost: whatever button is pressed,
times that were changed are set first, as texts are saved first.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import Translation

from cms.content.clinical_review import ReviewRequired
from cms.upstream.editor_parts import AdminDateTimeInput, WagtailAdminDraftStateFormMixin

from ..engine.time_sentences import question_sentences, schedule_sentences, source_sentences
from ..engine.times import (
    NAMES,
    Schedule,
    TimesQuestion,
    decide,
    is_past,
    question_about,
    set_times,
)
from ..models import TranslationState
from .actions import ActionRefused, in_words
from .admin_targets import AdminTarget

PREFIX: Final = "times"
# The buttons, by the value with which they send the field "times".
SET, FOLLOW, KEEP = "set", "follow", "keep"
# Later ones overflow in other time zones.
LATEST: Final = datetime(9998, 12, 31, tzinfo=UTC)


class TimesForm(WagtailAdminDraftStateFormMixin, forms.Form):
    """Wagtail's two fields with Wagtail's rules."""

    go_live_at = forms.DateTimeField(
        label=gettext_lazy("Goes live"),
        required=False,
        widget=AdminDateTimeInput,
        validators=[MaxValueValidator(LATEST)],
        help_text=gettext_lazy(
            "With a time to come, the button that publishes schedules the translation, and it goes "
            "live by itself. Until then, visitors read what is live now. Leave it empty to publish "
            "without waiting."
        ),
    )
    expire_at = forms.DateTimeField(
        label=gettext_lazy("Expires"),
        required=False,
        widget=AdminDateTimeInput,
        validators=[MaxValueValidator(LATEST)],
        help_text=gettext_lazy(
            "From this time on, visitors do not see the translation any more. It holds as soon as "
            "you save, also for what is live now. Leave it empty for no expiry."
        ),
    )

    def clean(self) -> Any:
        """Refuse two equal times as well, which Wagtail takes: nobody would ever see it."""
        cleaned: Any = super().clean()
        if cleaned.get("expire_at") and cleaned["expire_at"] == cleaned.get("go_live_at"):
            self.add_error("expire_at", _("It would expire at the moment at which it goes live."))
        return cleaned

    def clean_go_live_at(self) -> datetime | None:
        time: datetime | None = self.cleaned_data["go_live_at"]
        if is_past(time) and "go_live_at" in self.changed_data:
            raise ValidationError(
                _("This time has passed. Leave the field empty to publish without waiting.")
            )
        return time


class DeskTimes:
    """The times of a translation for the user of a request; `data` is a form that was sent."""

    def __init__(
        self, translation: Translation, admin: AdminTarget, data: Mapping[str, str] | None = None
    ) -> None:
        self.translation = translation
        self.admin = admin
        self.button = (data or {}).get("times", "")
        # Only who may set times is shown the fields.
        has_fields = data is not None and any(f"{PREFIX}-{name}" in data for name in NAMES)
        self.data = data if has_fields else None

    @property
    def may_set(self) -> bool:
        """Whether the user may set times: who may publish, also of what a schedule locks."""
        is_free = self.admin.is_scheduled or not self.admin.is_locked
        return is_free and self.admin.may_schedule()

    @cached_property
    def target(self) -> Any:
        """The target as it is stored: its draft has the times as an editor typed them."""
        return self.translation.get_target_instance()

    @cached_property
    def source(self) -> Schedule:
        return Schedule.of(self.translation.source.get_source_instance())

    @cached_property
    def question(self) -> TimesQuestion | None:
        states = TranslationState.objects.filter(translation=self.translation)
        decided = states.values_list("decided_times", flat=True).first()
        return question_about(self.source, Schedule.of(self.target), decided)

    @property
    def asked(self) -> list[str]:
        """The question in sentences, empty where there is none."""
        if self.question is None:
            return []
        return question_sentences(self.question, self.translation.target_locale.language_code)

    @property
    def told(self) -> list[str]:
        return schedule_sentences(Schedule.of(self.target), self.scheduled)

    @property
    def told_of_source(self) -> list[str]:
        return source_sentences(self.source)

    @property
    def cancels(self) -> bool:
        """Whether a publication that is scheduled is cancelled by following the source."""
        question = self.question
        return question is not None and self.scheduled is not None and not question.followed[0]

    @cached_property
    def scheduled(self) -> datetime | None:
        revision = self.target.scheduled_revision
        return None if revision is None else revision.approved_go_live_at

    @cached_property
    def form(self) -> TimesForm:
        return TimesForm(self.data, prefix=PREFIX, initial=self._initial)

    @property
    def seen(self) -> str:
        """The times as the fields show them, to notice that somebody else sets them meanwhile."""
        return "|".join(self._shown(name) for name in NAMES)

    @property
    def zone(self) -> str:
        return str(timezone.get_current_timezone())

    @property
    def is_open(self) -> bool:
        return self.question is not None or bool(self.data and self._is_typed)

    def save(self) -> str:
        """Set times that were changed or follow the source; return what to tell, often nothing.

        Raises ActionRefused, also where the user may not publish the translation.
        """
        is_answer = self.button in (FOLLOW, KEEP)
        if not is_answer and not self._is_typed:
            return ""
        if not self.may_set:
            raise ActionRefused(_("The times were not saved: you may not publish this."))
        return self._answer() if is_answer else self._set_typed()

    @property
    def _is_typed(self) -> bool:
        """Whether the fields were changed from what they showed, to other than what is stored."""
        if self.data is None:
            return False
        typed = "|".join(self._typed(name) for name in NAMES)
        # Mostly nothing was: then nothing is read.
        return typed != self._seen_when_sent and typed != self.seen

    def _set_typed(self) -> str:
        if not self.form.is_valid():
            raise ActionRefused(_("The times could not be saved: see below."))
        if self._seen_when_sent != self.seen:
            raise ActionRefused(
                _("Somebody else has set the times meanwhile. See what they are, and save again.")
            )
        # A field has no seconds: one that was left as it is stays so.
        times = [
            self._initial[name]
            if self._typed(name) == self._shown(name)
            else self.form.cleaned_data[name]
            for name in NAMES
        ]
        self._set(*times)
        return " ".join([_("The times are saved."), *self.told])

    def _answer(self) -> str:
        question = self.question
        if question is None:
            return _("This has been decided already.")
        if (self.data or {}).get(f"{PREFIX}-asked") != question.key:
            raise ActionRefused(
                _("The times have changed meanwhile. See what they are, and decide again.")
            )
        if self.button == KEEP:
            decide(self.translation, self.source)
            self._forget()
            return _("The times stay as they are, until those of the original change again.")
        go_live_at, expire_at = question.followed
        if go_live_at and expire_at and go_live_at >= expire_at:
            raise ActionRefused(
                _("The translation would expire before it goes live. Set its times yourself.")
            )
        self._set(go_live_at, expire_at)
        return " ".join([_("The translation follows the original."), *self.told])

    def _set(self, go_live_at: datetime | None, expire_at: datetime | None) -> None:
        """Set the times, which decides about the source's as well."""
        try:
            set_times(self.translation, self.admin.user, go_live_at, expire_at)
            decide(self.translation, self.source)
        except ValidationError as error:
            raise ActionRefused(in_words(error, self.target)) from error
        except ReviewRequired as error:
            raise ActionRefused(str(error)) from error
        self._forget()

    def _forget(self) -> None:
        """Read the times anew when they are next asked for."""
        self.data = None
        for name in ("target", "source", "question", "scheduled", "form"):
            self.__dict__.pop(name, None)

    @property
    def _initial(self) -> dict[str, datetime | None]:
        """Return the times that the fields show: one that has passed says nothing of the next."""
        stored = Schedule.of(self.target)
        coming = None if is_past(stored.go_live_at) else stored.go_live_at
        return {"go_live_at": self.scheduled or coming, "expire_at": stored.expire_at}

    @property
    def _seen_when_sent(self) -> str:
        return (self.data or {}).get(f"{PREFIX}-seen", "")

    def _shown(self, name: str) -> str:
        field = self.form.fields[name]
        return field.widget.format_value(field.prepare_value(self._initial[name])) or ""

    def _typed(self, name: str) -> str:
        """Return what a field was sent with; one that was not sent is as it was."""
        sent = (self.data or {}).get(f"{PREFIX}-{name}")
        return self._shown(name) if sent is None else sent.strip()
