"""Register the content checker and the report on links in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.upstream.admin_views import static_url
from cms.upstream.admin_words import translate_news

from .checker.item import use_site_checker
from .links.report import BrokenLinksPanel, LinkReportView


@hooks.register("insert_global_admin_css")
def add_styles() -> SafeString:
    """Load the styles by which long titles and messages are read in whole."""
    return format_html('<link rel="stylesheet" href="{}">', static_url("editing/admin.css"))


@hooks.register("insert_global_admin_js")
def add_scripts() -> SafeString:
    """Load the script that sends the form of an editor once."""
    return format_html('<script src="{}" defer></script>', static_url("editing/send_once.js"))


@hooks.register("construct_wagtail_userbar")
def use_our_content_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Replace Wagtail's content checker by this site's."""
    use_site_checker(items)


@hooks.register("register_admin_urls")
def link_report_urls() -> list[URLPattern]:
    """Register the URLs of the report on links."""
    return [
        path("reports/links/", LinkReportView.as_view(), name="editing_links"),
        path(
            "reports/links/results/",
            LinkReportView.as_view(results_only=True),
            name="editing_links_results",
        ),
    ]


class LinkReportMenuItem(MenuItem):
    """Menu item of the report, for users who may write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return _may_write(request)


@hooks.register("register_reports_menu_item")
def link_report_menu_item() -> MenuItem:
    """Put the report "Links" into the menu."""
    return LinkReportMenuItem(
        _("Links"), reverse("editing_links"), name="links", icon_name="link", order=650
    )


@hooks.register("construct_homepage_panels")
def add_broken_links_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel of broken links to the home page, for users who may write pages."""
    if _may_write(request):
        panels.append(BrokenLinksPanel(request))


def _may_write(request: HttpRequest) -> bool:
    policy = policy_registry.get_by_type(Page)
    return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("construct_help_menu")
def speak_of_news_in_the_readers_language(request: HttpRequest, menu_items: list[Any]) -> None:
    translate_news(menu_items)
