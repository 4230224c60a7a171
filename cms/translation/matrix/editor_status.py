"""Show the translation status of each language to editors of a page or snippet."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, PageViewRestriction

from cms.core.i18n import language_name
from cms.public.visibility import paths_above, paths_that_close

from .families import Cell
from .loading import family_of
from .presentation import ShownCell, shown_cell
from .statuses import TranslationStatus
from .viewers import Viewer


def language_cells(instance: Any, user: Any) -> list[ShownCell]:
    """Return a cell for each content language; empty for aliases and untranslatable objects."""
    family = family_of(instance)
    if family is None:
        return []
    viewer = Viewer(user)
    return [shown_cell(cell, viewer) for cell in family.cells]


def warn_of_outdated_translations(request: HttpRequest, instance: Any) -> None:
    """Warn an editor who opens an original of translations that are outdated or differ in times.

    Takes the request for the edit view; ignores all but GET requests for HTML.
    """
    if request.method != "GET" or not request.accepts("text/html"):
        return
    family = family_of(instance)
    if family is None or family.original.pk != instance.pk:
        return
    viewer = Viewer(request.user)
    for cell in family.targets():
        if _misleads_visitors(cell) or cell.times_question is not None:
            _warn(request, shown_cell(cell, viewer))


def warn_of_privacy_elsewhere(request: HttpRequest, page: Page) -> None:
    """Warn an editor of a page that is private for the sake of a page in another language.

    Wagtail's own switch shows what restricts the page in its own tree, and says that it is public.
    Takes the request for the edit view; ignores all but GET requests for HTML.
    """
    if request.method != "GET" or not request.accepts("text/html"):
        return
    if not PageViewRestriction.objects.exists():
        return
    above = [*paths_above(page), page.path]
    restrictions = PageViewRestriction.objects.filter(
        page__path__in=paths_that_close([page.translation_key]), page__alias_of=None
    )
    elsewhere = restrictions.exclude(page__path__in=above).select_related("page__locale").first()
    if elsewhere is None or restrictions.filter(page__path__in=above).exists():
        return
    private = elsewhere.page
    text = _(
        "Readers do not see this page: “%(title)s” (%(language)s) is private, and a page is "
        "private in all its languages."
    ) % {
        "title": private.get_admin_display_title(),
        "language": language_name(private.locale.language_code),
    }
    url = AdminURLFinder(request.user).get_edit_url(private)
    messages.warning(
        request, text, buttons=[messages.button(url, _("Open that page"))] if url else None
    )


def _misleads_visitors(cell: Cell) -> bool:
    return cell.is_shown and (
        cell.status in (TranslationStatus.BEHIND, TranslationStatus.SOURCE_UNPUBLISHED)
        or bool(cell.behind_since)
    )


def _warn(request: HttpRequest, cell: ShownCell) -> None:
    status = _("%(language)s: %(status)s") % {"language": cell.language, "status": cell.label}
    text = " ".join(words.rstrip(".") + "." for words in [status, *cell.details])
    buttons = [messages.button(cell.step.url, cell.step.label)] if cell.step else None
    messages.warning(request, text, buttons=buttons)
