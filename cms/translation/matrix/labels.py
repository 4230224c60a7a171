"""Labels, icons and sentences of the matrix, in the language of the admin."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.public.visibility import hides_stale_translations

from ..engine.part_labels import part_labels
from ..engine.time_sentences import question_sentences
from ..engine.waiting import waiting_in_words
from ..models import Weight
from .families import Cell
from .statuses import ONLY_TIMES, TranslationStatus

STATUS_LABELS = {
    TranslationStatus.NOT_STARTED: gettext_lazy("Not started"),
    TranslationStatus.IN_TRANSLATION: gettext_lazy("In translation"),
    TranslationStatus.READY: gettext_lazy("Ready to publish"),
    TranslationStatus.CURRENT: gettext_lazy("Live and current"),
    TranslationStatus.BEHIND: gettext_lazy("Live but behind"),
    TranslationStatus.SOURCE_UNPUBLISHED: gettext_lazy("Live, source unpublished"),
    TranslationStatus.EDITED_DIRECTLY: gettext_lazy("Edited directly"),
    TranslationStatus.ORIGINAL: gettext_lazy("Original"),
}

WEIGHT_LABELS = {
    Weight.MEANING: gettext_lazy("Meaning"),
    Weight.WORDING: gettext_lazy("Wording"),
}

STATUS_ICONS = {
    TranslationStatus.NOT_STARTED: "radio-empty",
    TranslationStatus.IN_TRANSLATION: "edit",
    TranslationStatus.READY: "upload",
    TranslationStatus.CURRENT: "circle-check",
    TranslationStatus.BEHIND: "time",
    TranslationStatus.SOURCE_UNPUBLISHED: "no-view",
    TranslationStatus.EDITED_DIRECTLY: "lock-open",
    TranslationStatus.ORIGINAL: "doc-full",
}

# Colour of a status by Wagtail's names; others are "neutral".
TONES = {
    TranslationStatus.READY: "info",
    TranslationStatus.IN_TRANSLATION: "info",
    TranslationStatus.CURRENT: "positive",
    TranslationStatus.BEHIND: "warning",
    TranslationStatus.SOURCE_UNPUBLISHED: "critical",
}


def tone_of(cell: Cell) -> str:
    """Return the name of the cell's colour: "critical" wherever the meaning changed."""
    if cell.weight == Weight.MEANING:
        return "critical"
    if cell.times_question is not None and cell.status in ONLY_TIMES:
        return "warning"
    return TONES.get(cell.status, "neutral")


def describe_change(cell: Cell) -> str:
    """Return a sentence on the change that is not live yet, empty where there is none."""
    if not cell.behind_since:
        return ""
    minute_ago = timezone.now() - timedelta(minutes=1)
    time = timesince(min(cell.behind_since, minute_ago), depth=1)
    if cell.weight == Weight.MEANING:
        return _("The meaning changed %(time)s ago.") % {"time": time}
    return _("The wording changed %(time)s ago.") % {"time": time}


def details(cell: Cell) -> list[str]:
    """Return sentences that add to the cell's status, the most important first."""
    waiting = waiting_in_words(cell.waiting)
    sentences = [_hidden(cell), describe_change(cell), waiting, _differing(cell), _times(cell)]
    if cell.status is TranslationStatus.IN_TRANSLATION:
        sentences.append(_progress(cell))
    elif cell.status is TranslationStatus.BEHIND:
        sentences += [_missing(cell), _independence(cell), _hiding(cell)]
    elif cell.status is TranslationStatus.READY and cell.is_shown:
        sentences.append(_hiding(cell) or _("Visitors see the earlier text until you publish."))
    elif cell.status is TranslationStatus.SOURCE_UNPUBLISHED:
        sentences.append(_("Visitors can read this, but not the original."))
    elif cell.status is TranslationStatus.EDITED_DIRECTLY:
        sentences.append(_independence(cell))
    if cell.version and cell.status in (
        TranslationStatus.ORIGINAL,
        TranslationStatus.CURRENT,
        TranslationStatus.EDITED_DIRECTLY,
    ):
        sentences.append(_publication(cell))
    return [words for words in sentences if words]


def type_name(model: type[Model]) -> str:
    """Return a model's name for headings and lists."""
    return str(capfirst(model._meta.verbose_name))


def _hidden(cell: Cell) -> str:
    if not cell.is_live or cell.is_shown:
        return ""
    return _("Visitors cannot read this: a page above it is not published.")


def _differing(cell: Cell) -> str:
    """Name what beside texts the live translation has otherwise than its original."""
    if cell.progress is None or not cell.progress.parts:
        return ""
    names = part_labels(cell.family.model, cell.progress.parts)
    return _("Not the same yet: %(parts)s.") % {"parts": "; ".join(names)}


def _times(cell: Cell) -> str:
    """Name the times about which nobody has decided whether the translation follows."""
    question = cell.times_question
    if question is None:
        return ""
    return " ".join(question_sentences(question, cell.locale.language_code))


def _progress(cell: Cell) -> str:
    if cell.progress is None or not cell.progress.total:
        return ""
    return _("%(done)d of %(total)d segments") % {
        "done": cell.progress.done,
        "total": cell.progress.total,
    }


def _missing(cell: Cell) -> str:
    if not cell.missing:
        return ""
    return ngettext(
        "%(count)d segment to translate", "%(count)d segments to translate", cell.missing
    ) % {"count": cell.missing}


def _independence(cell: Cell) -> str:
    if cell.progress is None or cell.progress.follows:
        return ""
    return _("It was edited outside its translation.")


def _hiding(cell: Cell) -> str:
    if not hides_stale_translations(cell.family.model) or cell.weight != Weight.MEANING:
        return ""
    return _("Hidden from visitors until you publish.")


def _publication(cell: Cell) -> str:
    if not cell.is_live:
        return _("Not published")
    if cell.version and cell.version.has_unpublished_changes:
        return _("Published, with newer changes in a draft")
    return _("Published") if cell.is_original else ""
