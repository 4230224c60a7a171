"""Register the report on the answers to “Did this help?” in the Wagtail admin."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .report import MAY_READ, AnswerReportView


@hooks.register("register_admin_urls")
def answer_report_urls() -> list[URLPattern]:
    """Register the URLs of the report."""
    return [
        path("reports/helped/", AnswerReportView.as_view(), name="feedback_report"),
        path(
            "reports/helped/results/",
            AnswerReportView.as_view(results_only=True),
            name="feedback_report_results",
        ),
    ]


class AnswerReportMenuItem(MenuItem):
    """Menu item of the report, for users who may write pages, where visitors are asked."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        may_read = policy.user_has_any_permission(request.user, MAY_READ)
        return bool(settings.ASK_WHETHER_IT_HELPED and may_read)


@hooks.register("register_reports_menu_item")
def answer_report_menu_item() -> MenuItem:
    """Put the report into the menu."""
    return AnswerReportMenuItem(
        _("Did this help?"),
        reverse("feedback_report"),
        name="helped",
        icon_name="help",
        order=660,
    )
