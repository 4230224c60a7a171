"""Links to the next thing to do about a translation."""

from typing import Final, NamedTuple

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.editing_rights import edit_url_of

from .families import Cell
from .statuses import ONLY_TIMES, LanguageVersion, TranslationStatus
from .viewers import Viewer

# Anchor of the first text on the desk that needs work.
FIRST_TEXT: Final = "#next"
# Anchor of the times on the desk.
TIMES: Final = "#times"


class NextStep(NamedTuple):
    """A link with its label."""

    label: str
    url: str


def next_step(cell: Cell, viewer: Viewer) -> NextStep | None:
    """Return the next step that a user may take on a cell, or None."""
    model = cell.family.model
    if cell.status is TranslationStatus.NOT_STARTED:
        if not cell.source or not viewer.may_submit([cell.locale.pk]):
            return None
        return NextStep(_("Translate"), _submit_url(model, cell.source, cell.locale.language_code))
    if cell.version is None or not viewer.may_open(model, cell.version, cell.locale.pk):
        return None
    if cell.status is TranslationStatus.SOURCE_UNPUBLISHED and viewer.may_unpublish(model):
        return NextStep(_("Unpublish this too"), _unpublish_url(model, cell.version))
    if cell.times_question is not None and cell.status in ONLY_TIMES:
        return NextStep(_("Decide about times"), edit_url_of(model, cell.version.pk) + TIMES)
    labels = {
        TranslationStatus.IN_TRANSLATION: _("Translate"),
        TranslationStatus.READY: _("Review and publish"),
        TranslationStatus.BEHIND: _("Update"),
    }
    anchor = FIRST_TEXT if cell.missing else ""
    return NextStep(
        labels.get(cell.status, _("Edit")), edit_url_of(model, cell.version.pk) + anchor
    )


def _unpublish_url(model: type[Model], version: LanguageVersion) -> str:
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:unpublish", args=[version.pk])
    viewset = model.snippet_viewset  # type: ignore[attr-defined]  # set by Wagtail
    return reverse(viewset.get_url_name("unpublish"), args=[quote(version.pk)])


def _submit_url(model: type[Model], source: LanguageVersion, language: str) -> str:
    if issubclass(model, Page):
        url = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    else:
        meta = model._meta
        url = reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[meta.app_label, meta.model_name, quote(source.pk)],
        )
    return f"{url}?{urlencode({'select_locale': language})}"
