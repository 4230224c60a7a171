"""Views of Wagtail's page editor and workflow actions for the page types of this project."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.viewsets.pages import PageViewSet

from cms.content.models import BasePage
from cms.content.working_language import NamesLanguage
from cms.core.after_commit import after_commit
from cms.core.comment_forms import without_settled_comments
from cms.core.creation import AnswersOnce, CreatesOnce, EditsOnce
from cms.core.edit_requests import Decides, Edits
from cms.core.editing_rights import way_on
from cms.core.instance_permissions import ForWhoMayEdit
from cms.core.workflow_words import decided
from cms.upstream import page_views


class EditsPage(Edits):
    """Redirect to a page that the user may see after saving, which for reviewers is no explorer."""

    request: HttpRequest
    page: Any
    next_url: str
    action_name: str

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.POST = without_settled_comments(request.POST, self.page.pk)  # type: ignore[assignment]  # as QueryDict is
        response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]  # of the view beside this
        return response

    def perform_workflow_action(self) -> HttpResponse:
        self.decided = self.page.current_workflow_task_state
        response: HttpResponse = super().perform_workflow_action()  # type: ignore[misc]  # of the view beside this
        return response

    def add_save_confirmation_message(self) -> None:
        if self.action_name != "perform_workflow_action":
            super().add_save_confirmation_message()  # type: ignore[misc]  # as above
            return
        self.decided.refresh_from_db()
        fresh = type(self.page).objects.get(pk=self.page.pk)
        messages.success(self.request, decided(fresh, self.decided))

    def send_commenting_notifications(self, changes: Any) -> None:
        send = super().send_commenting_notifications  # type: ignore[misc]  # as above
        after_commit(send, changes)

    def redirect_away(self) -> HttpResponse:
        return redirect(self.next_url or way_on(self.request.user, self.page))


class PageCreateView(NamesLanguage, CreatesOnce, page_views.PageCreateView):
    """The editor of a new page."""


class PageCopyView(AnswersOnce, page_views.PageCopyView):
    """The form by which a page is copied; says why copies cannot be published."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
                return response
        except ValidationError as error:
            form.add_error("publish_copies", error.messages)
            refusal: HttpResponse = self.form_invalid(form)
            return refusal


class PageEditView(EditsPage, EditsOnce, page_views.PageEditView):
    """The page editor."""


class PageRevertView(EditsPage, page_views.PageRevertView):
    """The page editor with an earlier revision."""


class PageWorkflowActionView(Decides, page_views.PageWorkflowActionView):
    """The dialog of a workflow action."""


class PageHistoryView(ForWhoMayEdit, page_views.PageHistoryView):
    """The history, for users who may edit the page."""


class PageUsageView(ForWhoMayEdit, page_views.PageUsageView):
    """The list of uses, for users who may edit the page."""


class PagePreviewView(ForWhoMayEdit, page_views.PagePreviewView):
    """The preview in the editor, for users who may edit the page."""


class PageRevisionsView(page_views.PageRevisionView):
    """A revision, for users who may edit the page, also without a permission on any page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Skips the check for a permission on any page: `get_object` checks this one.
        response: HttpResponse = super(page_views.PageRevisionView, self).dispatch(
            request, *args, **kwargs
        )
        return response


class PageCompareView(page_views.PageCompareView):
    """Comparison of two revisions; as above."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # As above.
        response: HttpResponse = super(page_views.PageCompareView, self).dispatch(
            request, *args, **kwargs
        )
        return response


class BasePageViewSet(PageViewSet):
    """The views of the admin for page types of this project."""

    add_view_class = PageCreateView
    copy_view_class = PageCopyView
    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView
    workflow_action_view_class = PageWorkflowActionView
    history_view_class = PageHistoryView
    usage_view_class = PageUsageView
    preview_on_edit_view_class = PagePreviewView
    revisions_view_class = PageRevisionsView
    revisions_compare_view_class = PageCompareView

    def on_register(self) -> None:
        """Register for the base class of our page types, which goes before Wagtail's `Page`."""
        page_views.register_page_viewset(BasePage, self)
