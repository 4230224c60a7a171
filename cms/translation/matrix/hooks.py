"""The matrix in the admin: its address, its place in the menu, on the first page and beside
what is edited."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.upstream.admin_views import static_url

from .beside_editing import warn_of_what_is_behind
from .summary import TranslationsPanel
from .viewers import Viewer
from .views import TranslationsReportView


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return Viewer(request.user).sees_anything


@hooks.register("register_admin_urls")
def register_report() -> list[URLPattern]:
    view = TranslationsReportView
    return [
        path("reports/translations/", view.as_view(), name="translations_report"),
        path(
            "reports/translations/results/",
            view.as_view(results_only=True),
            name="translations_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    return TranslationsMenuItem(
        _("Translations"),
        reverse("translations_report"),
        name="translation-matrix",
        icon_name="wagtail-localize-language",
        order=100,
    )


@hooks.register("construct_reports_menu")
def hide_upstream_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """wagtail-localize's report of the same name calls what is behind up to date."""
    upstream = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != upstream]


@hooks.register("construct_homepage_panels")
def add_summary(request: HttpRequest, panels: list[Any]) -> None:
    viewer = Viewer(request.user)
    if viewer.works_on_something:
        panels.append(TranslationsPanel(viewer))


@hooks.register("before_edit_page")
def warn_beside_page(request: HttpRequest, page: Any) -> None:
    warn_of_what_is_behind(request, page)


@hooks.register("before_edit_snippet")
def warn_beside_snippet(request: HttpRequest, instance: Any) -> None:
    warn_of_what_is_behind(request, instance)


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static_url("translation/matrix.css"))
