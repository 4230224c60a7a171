"""What is to be done in each language, on the admin's first page."""

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
from .statuses import TranslationStatus
from .viewers import Viewer

# A status, and where it matters the weight of the change.
WorkKind = tuple[TranslationStatus, str]

# What there can be to do, in the order in which to do it.
LABELS: dict[WorkKind, Any] = {
    (TranslationStatus.BEHIND, Weight.MEANING): _("Live but behind, the meaning changed"),
    (TranslationStatus.SOURCE_UNPUBLISHED, ""): STATUS_LABELS[TranslationStatus.SOURCE_UNPUBLISHED],
    (TranslationStatus.BEHIND, Weight.WORDING): _("Live but behind, the wording changed"),
    (TranslationStatus.READY, ""): STATUS_LABELS[TranslationStatus.READY],
    (TranslationStatus.IN_TRANSLATION, ""): STATUS_LABELS[TranslationStatus.IN_TRANSLATION],
    (TranslationStatus.NOT_STARTED, ""): STATUS_LABELS[TranslationStatus.NOT_STARTED],
}


# How many translations the panel leads to directly.
NEXT: Final = 5


@dataclass(frozen=True)
class Work:
    """Translations into one language on which the same is to be done."""

    label: str
    icon: str
    tone: str
    count: int
    url: str


@dataclass(frozen=True)
class LanguageSummary:
    code: str
    name: str
    work: list[Work]
    first: list[ShownCell]


def work_by_language(
    families: Iterable[Family], locales: Iterable[Locale], viewer: Viewer
) -> list[LanguageSummary]:
    """What is to be done in each language, and what the viewer can do of it first.

    Both lists are empty where all is current.
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
        tone="critical" if weight == Weight.MEANING else TONES.get(status, "neutral"),
        count=count,
        url=f"{reverse('translations_report')}?{urlencode(asked)}",
    )


class TranslationsPanel(Component):
    """The panel "Translations": work by language.

    Each kind is a link to the filtered report; what comes first is a link to its translation.
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
