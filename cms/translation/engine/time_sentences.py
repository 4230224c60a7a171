"""Say when something goes live and expires, in the language and time zone of the admin's user."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.core.i18n import language_in_sentence

from .times import Schedule, TimesQuestion, is_past


def told_time(time: datetime) -> str:
    """Return a time as "3 March 2027, 08:00"."""
    # Translators: How Django formats a date and a time of day.
    return date_format(timezone.localtime(time), pgettext("format of a time", "j F Y, H:i"))


def schedule_sentences(schedule: Schedule, scheduled: datetime | None) -> list[str]:
    """Tell when a translation goes live and expires.

    `scheduled` is the time of a version that goes live by itself, None where there is none.
    """
    return [_going_live(schedule, scheduled), _expiry(schedule)]


def source_sentences(schedule: Schedule) -> list[str]:
    """Tell when an original goes live and expires."""
    return [_source_going_live(schedule), _source_expiry(schedule)]


def question_sentences(question: TimesQuestion, language_code: str) -> list[str]:
    """Tell in which times a translation differs from its source, as facts about both."""
    language = str(capfirst(language_in_sentence(language_code)))
    sentences = []
    if question.about_going_live:
        sentences.append(_source_going_live(question.source))
        if planned := question.target.intended:
            told = _("%(language)s goes live %(time)s.")
            sentences.append(told % {"language": language, "time": told_time(planned)})
        else:
            told = _("%(language)s has no time for going live.")
            sentences.append(told % {"language": language})
    if question.about_expiry:
        sentences.append(_source_expiry(question.source))
        expiry = question.target.expire_at
        if expiry is None:
            sentences.append(_("%(language)s has no expiry.") % {"language": language})
        else:
            told = (
                _("%(language)s expired %(time)s.")
                if question.target.has_expired
                else _("%(language)s expires %(time)s.")
            )
            sentences.append(told % {"language": language, "time": told_time(expiry)})
    return sentences


def _going_live(schedule: Schedule, scheduled: datetime | None) -> str:
    if scheduled is not None:
        words = {"time": told_time(scheduled)}
        if schedule.live:
            return _("It is live, and a newer version goes live by itself %(time)s.") % words
        return _("It goes live by itself %(time)s.") % words
    if schedule.go_live_at is not None and not is_past(schedule.go_live_at):
        words = {"time": told_time(schedule.go_live_at)}
        if schedule.live:
            return _("It is live. The next version that is scheduled goes live %(time)s.") % words
        return _("It is a draft, which goes live %(time)s once it is scheduled.") % words
    if schedule.live:
        return _("It is live.")
    return _("It is not live, and nothing is scheduled.")


def _expiry(schedule: Schedule) -> str:
    if schedule.expire_at is None:
        return _("It has no expiry.")
    words = {"time": told_time(schedule.expire_at)}
    if schedule.has_expired:
        return _("It expired %(time)s: visitors do not see it any more.") % words
    return _("It expires %(time)s.") % words


def _source_going_live(schedule: Schedule) -> str:
    if schedule.live:
        return _("The original is live.")
    if planned := schedule.planned:
        return _("The original goes live %(time)s.") % {"time": told_time(planned)}
    return _("The original has no time for going live.")


def _source_expiry(schedule: Schedule) -> str:
    if schedule.expire_at is None:
        return _("The original has no expiry.")
    words = {"time": told_time(schedule.expire_at)}
    if schedule.has_expired:
        return _("The original expired %(time)s.") % words
    return _("The original expires %(time)s.") % words
