"""Panel on the admin's home page with the work to do in each language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Locale

from cms.core.i18n import content_locales

from ..models import Weight
from .families import Cell, Family
from .labels import STATUS_ICONS, STATUS_LABELS, TONES
from .loading import visible_families
from .ordering import Order, ordered
from .presentation import ShownCell, shown_cell
from .statuses import ONLY_TIMES, TranslationStatus
from .viewers import Viewer

# A status, and for BEHIND the weight of the change.
WorkKind = tuple[TranslationStatus, str]

# Labels of work, the most urgent first.
LABELS: dict[WorkKind, Any] = {
    (TranslationStatus.BEHIND, Weight.MEANING): _("Live but behind, the meaning changed"),
    (TranslationStatus.SOURCE_UNPUBLISHED, ""): STATUS_LABELS[TranslationStatus.SOURCE_UNPUBLISHED],
    (TranslationStatus.BEHIND, Weight.WORDING): _("Live but behind, the wording changed"),
    (TranslationStatus.READY, ""): STATUS_LABELS[TranslationStatus.READY],
    (TranslationStatus.IN_TRANSLATION, ""): STATUS_LABELS[TranslationStatus.IN_TRANSLATION],
    (TranslationStatus.NOT_STARTED, ""): STATUS_LABELS[TranslationStatus.NOT_STARTED],
    (TranslationStatus.CURRENT, ""): _("Live and current, times to decide about"),
    (TranslationStatus.EDITED_DIRECTLY, ""): _("Edited directly, times to decide about"),
}

# Number of translations that the panel links to.
NEXT: Final = 5


@dataclass(frozen=True)
class Work:
    """Number of translations into one language with the same work to do."""

    label: str
    icon: str
    tone: str
    count: int
    url: str


@dataclass(frozen=True)
class LanguageSummary:
    """The work in one language; `first` holds the most urgent translations with a next step."""

    code: str
    name: str
    work: list[Work]
    first: list[ShownCell]


def work_by_language(
    families: Iterable[Family], locales: Iterable[Locale], viewer: Viewer
) -> list[LanguageSummary]:
    """Return the work in each language, and the most urgent translations that a user can work on.

    Both lists of a language are empty where all its translations are current.
    """
    waiting = [
        (family, [cell]) for family in families for cell in family.targets() if cell.needs_work
    ]
    counts = Counter((cell.locale.pk, _kind(cell)) for _family, [cell] in waiting)
    cells = [cell for _family, [cell] in ordered(waiting, Order.URGENCY)]
    return [
        LanguageSummary(
            code=locale.language_code,
            name=locale.get_display_name(),
            work=[
                _work(kind, counts[locale.pk, kind], locale)
                for kind in LABELS
                if counts[locale.pk, kind]
            ],
            first=list(islice(_steps(cells, locale, viewer), NEXT)),
        )
        for locale in locales
    ]


def _steps(cells: Iterable[Cell], locale: Locale, viewer: Viewer) -> Iterator[ShownCell]:
    shown = (shown_cell(cell, viewer) for cell in cells if cell.locale.pk == locale.pk)
    return (cell for cell in shown if cell.step)


def _kind(cell: Cell) -> WorkKind:
    return (cell.status, cell.weight if cell.status is TranslationStatus.BEHIND else "")


def _work(kind: WorkKind, count: int, locale: Locale) -> Work:
    status, weight = kind
    asked = {"language": locale.language_code, "status": status.value, "needs_work": "true"}
    if weight:
        asked["change"] = str(weight)
    return Work(
        label=str(LABELS[kind]),
        icon=STATUS_ICONS[status],
        tone=_tone(kind),
        count=count,
        url=f"{reverse('translations_report')}?{urlencode(asked)}",
    )


def _tone(kind: WorkKind) -> str:
    status, weight = kind
    if weight == Weight.MEANING:
        return "critical"
    return "warning" if status in ONLY_TIMES else TONES.get(status, "neutral")


class TranslationsPanel(Component):
    """The panel "Translations" with work by language.

    Links each kind of work to the filtered report, and the most urgent translations to the desk.
    """

    name = "translations"
    template_name = "translation/matrix/summary.html"
    order = 150

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    def get_context_data(
        self, parent_context: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        languages = work_by_language(
            visible_families(self.viewer), content_locales().values(), self.viewer
        )
        return {"languages": languages, "report_url": reverse("translations_report")}
