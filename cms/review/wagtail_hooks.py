"""Register clinical review and roles in the Wagtail admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.log_actions import LogFormatter

from cms.content.models import BaseSnippet
from cms.core.edit_requests import lock_edits
from cms.core.editing_rights import may_edit
from cms.upstream.page_views import RecentEditsPanel, WorkflowObjectsToModeratePanel

from . import editor_hooks
from .action_menus import arrange_page_menu, arrange_snippet_menu
from .holding import hold_copies, hold_unreviewed
from .policies import CreateInLanguageAction, PublishInLanguageAction
from .queries import count_waiting_for, may_see_reviews, tasks_of
from .translate_buttons import drop_from_snippet, replace_page_buttons
from .views.page_editors import BasePageViewSet
from .views.report import ReviewsReportView, ReviewState
from .views.titles import ReviewerTitleViewSet, TitlesPanel
from .views.waiver import LOG_ACTION, PublishWithoutReviewView
from .waiting_panel import WaitingPanel

hooks.register("construct_page_action_menu", arrange_page_menu)
hooks.register("construct_snippet_action_menu", arrange_snippet_menu)
hooks.register("before_publish_page", hold_unreviewed)
hooks.register("before_publish", hold_unreviewed)
hooks.register("before_copy_page", hold_copies)
hooks.register("construct_snippet_listing_buttons", drop_from_snippet)
replace_page_buttons()
for kind in ("page", "snippet"):
    # Before the translation editor, which takes the place of Wagtail's.
    hooks.register(f"before_edit_{kind}", editor_hooks.before_edit, order=-20)
    # After it: what it sends is refused by the task itself.
    hooks.register(f"before_edit_{kind}", editor_hooks.refuse_outdated)


@hooks.register("before_bulk_action", order=-1)
def wait_for_editors(request: HttpRequest, kind: str, objects: Iterable[Any], view: Any) -> None:
    """Lock the objects, so that an editor who saves meanwhile does not undo the action."""
    for each in sorted(objects, key=lambda found: found.pk):
        lock_edits(type(each), each.pk)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Register the URLs of the report and of publishing without review."""
    report = ReviewsReportView
    return [
        path("reports/reviews/", report.as_view(), name="review_report"),
        path(
            "reports/reviews/results/",
            report.as_view(results_only=True),
            name="review_report_results",
        ),
        path(
            "review/publish/<int:content_type_id>/<int:pk>/",
            PublishWithoutReviewView.as_view(),
            name="publish_without_review",
        ),
    ]


@hooks.register("register_admin_viewset")
def register_viewsets() -> tuple[ReviewerTitleViewSet, BasePageViewSet]:
    """Register the views of reviewers' titles and of the page editor."""
    titles = ReviewerTitleViewSet("reviewer_titles", url_prefix="review/titles")
    return titles, BasePageViewSet("pages")


@hooks.register("register_account_settings_panel")
def register_titles_panel(request: HttpRequest, user: Any, profile: Any) -> TitlesPanel:
    """Register the panel of a reviewer's titles in the account."""
    return TitlesPanel(request, user, profile)


class ReviewsMenuItem(MenuItem):
    """Menu item of the report, for users who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_reviews(request.user)


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    """Put the report "Reviews due" into the menu."""
    return ReviewsMenuItem(
        _("Reviews due"),
        reverse("review_report"),
        name="reviews-due",
        icon_name="clipboard-list",
        order=600,
    )


class WaitingSummaryItem(SummaryItem):
    """Number of texts that wait for the reviewer's review, shown also where it is 0."""

    order = 10
    template_name = "review/summary.html"

    def is_shown(self) -> bool:
        return bool(tasks_of(self.request.user).exists())

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        address = f"{reverse('review_report')}?state={ReviewState.WAITING.value}"
        return {"count": count_waiting_for(self.request.user), "url": address}


@hooks.register("construct_homepage_summary_items")
def add_waiting(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Add the number of waiting texts to the home page."""
    items.append(WaitingSummaryItem(request))


class EditableRecentEdits(RecentEditsPanel):
    """Wagtail's list of recent edits, without pages that the user may no longer edit."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        edits = context["last_edits"]
        context["last_edits"] = [(when, page) for when, page in edits if may_edit(user, page)]
        return context


@hooks.register("construct_homepage_panels")
def replace_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Replace Wagtail's panels of recent edits and of what awaits the user's review."""
    ours = {RecentEditsPanel: EditableRecentEdits, WorkflowObjectsToModeratePanel: WaitingPanel}
    panels[:] = [ours[type(panel)]() if type(panel) in ours else panel for panel in panels]


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name the log entry of publishing without review."""

    @actions.register_action(LOG_ACTION)
    class WaiverFormatter(LogFormatter):
        label = _("Publish without clinical review")

        def format_message(self, log_entry: Any) -> str:
            reason = log_entry.data.get("reason", "")
            return _("Published without clinical review: %(reason)s") % {"reason": reason}


@hooks.register("register_actions")
def register_actions(registry: Any) -> None:
    """Replace Wagtail's actions on snippets by those that ask for language and locks."""
    registry.register(BaseSnippet, PublishInLanguageAction)
    registry.register(BaseSnippet, CreateInLanguageAction)
