"""Register the tools of translation in the Wagtail admin, each hook once."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from cms.public.visibility import PLACE_KEPT
from cms.upstream.admin_views import static_url

from .comments.views import CommentsView, tell_of_comments
from .desk.bulk_publication import prepare_publication
from .desk.opening import desk_urls, open_desk
from .engine.foreign_texts import FOREIGN_TEXTS
from .engine.time_sentences import told_time
from .engine.times import NAMES, TIMES_SET
from .exchange import views as exchange
from .following import pages, snippets
from .glossary.views import TermViewSet, glossary_viewset
from .machine import views as machine
from .matrix.editor_status import (
    warn_of_outdated_translations,
    warn_of_privacy_elsewhere,
)
from .matrix.summary import TranslationsPanel
from .matrix.viewers import Viewer
from .matrix.views import TranslationsReportView

# Before the hooks of wagtail-localize, which show its own editor.
BEFORE_LOCALIZE = -10
# After the hooks of other apps, which may refuse the action.
LAST = 100

hooks.register("before_unpublish_page", pages.before_unpublish, order=LAST)
hooks.register("before_delete_page", pages.before_delete, order=LAST)
hooks.register("before_move_page", pages.before_move, order=LAST)
hooks.register("before_unpublish", snippets.before_unpublish, order=LAST)
hooks.register("before_delete_snippet", snippets.before_delete, order=LAST)


@hooks.register("before_edit_page", order=BEFORE_LOCALIZE)
@hooks.register("before_edit_snippet", order=BEFORE_LOCALIZE)
def before_edit(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Open the desk of a translation, or tell of an original's translations and comments.

    Either says where another language makes a page private.
    """
    if isinstance(instance, Page):
        warn_of_privacy_elsewhere(request, instance)
    response = open_desk(request, instance)
    if response is None:
        warn_of_outdated_translations(request, instance)
        tell_of_comments(request, instance)
    return response


@hooks.register("before_bulk_action", order=LAST)
def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse a publication in the wrong language; ask about translations for other actions."""
    if not objects or not isinstance(objects[0], Page):
        return None
    if action_type == "publish":
        return prepare_publication(request, objects, action)
    return pages.before_bulk_action(request, action_type, objects, action)


@hooks.register("construct_page_action_menu")
def offer_no_alias(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Remove "Convert to alias page": an alias in another language is never public here.

    wagtail-localize puts it first, where those who may not publish get it as their main button.
    """
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


class TimesSet(LogFormatter):
    """Names the times that somebody has set for a translation."""

    label = _("Set the times of a translation")

    def format_message(self, log_entry: Any) -> str:
        """Return the times, in the language and time zone of whoever reads the history."""
        times = [log_entry.data.get(name) for name in NAMES]
        go_live_at, expire_at = (
            told_time(datetime.fromisoformat(time)) if time else gettext("no time")
            for time in times
        )
        told = gettext("Times set: goes live: %(go_live_at)s; expires: %(expire_at)s")
        return told % {"go_live_at": go_live_at, "expire_at": expire_at}


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name the log entries on drafts that the guard keeps from being public."""
    actions.register_action(
        PLACE_KEPT,
        _("Begin a translation"),
        _("A draft from now on: it had the text of another language"),
    )
    actions.register_action(
        FOREIGN_TEXTS,
        _("Copy from another language"),
        _("A draft with the texts of another language, which have to be translated"),
    )
    actions.register_action(TIMES_SET)(TimesSet)


@hooks.register("register_admin_viewset")
def register_glossary() -> TermViewSet:
    """Register the views of the glossary."""
    return glossary_viewset


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Register the URLs of the desk, the exchange, the machine and the report."""
    start = "translations/<int:translation_id>/"
    report = "reports/translations/"
    return [
        *desk_urls(start),
        path(f"{start}export/<slug:kind>/", exchange.export, name="translation_export"),
        path(f"{start}import/", exchange.import_file, name="translation_import"),
        path(
            "translations/comments/<uuid:key>/<int:locale_id>/",
            CommentsView.as_view(),
            name="translation_comments",
        ),
        path(f"{start}machine/", machine.translate_rest, name="translation_machine"),
        path(report, TranslationsReportView.as_view(), name="translations_report"),
        path(
            f"{report}results/",
            TranslationsReportView.as_view(results_only=True),
            name="translations_report_results",
        ),
    ]


class TranslationsMenuItem(MenuItem):
    """Menu item of the report, for users who see a row of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return Viewer(request.user).sees_anything


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """Put the report "Translations" into the menu."""
    return TranslationsMenuItem(
        _("Translations"),
        reverse("translations_report"),
        name="translation-matrix",
        icon_name="wagtail-localize-language",
        order=100,
    )


@hooks.register("construct_reports_menu")
def hide_upstream_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """Remove wagtail-localize's report of the same name, which calls what is behind up to date."""
    upstream = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != upstream]


@hooks.register("construct_homepage_panels")
def add_summary(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel of work by language to the home page."""
    viewer = Viewer(request.user)
    if viewer.works_on_something:
        panels.append(TranslationsPanel(viewer))


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    """Load the styles of the matrix, which the home page and editors show as well."""
    return format_html('<link rel="stylesheet" href="{}">', static_url("translation/matrix.css"))
