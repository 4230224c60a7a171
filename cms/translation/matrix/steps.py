"""The next thing to do about a language, as a link."""

from typing import Final, NamedTuple

from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.editing_rights import edit_url_of

from .families import Cell
from .statuses import Status, Version
from .viewers import Viewer

# Lets the desk begin where the work is: at the first text that needs some.
FIRST_TEXT: Final = "#next"


class Step(NamedTuple):
    label: str
    url: str


def step_for(cell: Cell, viewer: Viewer) -> Step | None:
    """What a user can do next about a cell; None where that is nothing."""
    model = cell.family.model
    if cell.status is Status.NOT_STARTED:
        if not cell.source or not viewer.may_submit([cell.locale.pk]):
            return None
        return Step(_("Translate"), _submit_url(model, cell.source, cell.locale.language_code))
    if cell.version is None or not viewer.may_open(model, cell.version, cell.locale.pk):
        return None
    if cell.status is Status.SOURCE_UNPUBLISHED and viewer.may_unpublish(model):
        return Step(_("Unpublish this too"), _unpublish_url(model, cell.version))
    labels = {
        Status.IN_TRANSLATION: _("Translate"),
        Status.READY: _("Review and publish"),
        Status.BEHIND: _("Update"),
    }
    anchor = FIRST_TEXT if cell.missing else ""
    return Step(labels.get(cell.status, _("Edit")), edit_url_of(model, cell.version.pk) + anchor)


def _unpublish_url(model: type[Model], version: Version) -> str:
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:unpublish", args=[version.pk])
    viewset = model.snippet_viewset  # type: ignore[attr-defined]  # set by Wagtail
    return reverse(viewset.get_url_name("unpublish"), args=[quote(version.pk)])


def _submit_url(model: type[Model], source: Version, language: str) -> str:
    if issubclass(model, Page):
        url = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    else:
        meta = model._meta
        url = reverse(
            "wagtail_localize:submit_snippet_translation",
            args=[meta.app_label, meta.model_name, quote(source.pk)],
        )
    return f"{url}?{urlencode({'select_locale': language})}"
