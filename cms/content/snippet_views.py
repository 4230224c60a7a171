"""Views and viewset of snippets in the admin: lists, editor, usage."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import (
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    TitleColumn,
    UpdatedAtColumn,
)
from wagtail.models import Locale, ReferenceIndex, TaskState
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.collation import in_alphabetical_order
from cms.core.creation import CreatesOnce, EditsOnce
from cms.core.edit_requests import Decides, Edits
from cms.core.instance_permissions import ForThisInstance, ForWhoMayEdit, RowPermissions
from cms.core.workflow_words import decided
from cms.upstream import snippets

from .snippet_choosers import ChooserViewSet
from .working_language import NamesLanguage, first_locale_to_add_in


class UsageColumn(Column):
    """Shows in how many places a snippet is used."""

    def __init__(self) -> None:
        super().__init__("usage_count", label=_("Usage"), sort_key="usage_count")

    def get_value(self, instance: Any) -> str:
        count = instance.usage_count
        if not count:
            return str(_("not used"))
        return ngettext("used in %(count)d place", "used in %(count)d places", count) % {
            "count": count
        }


class IndexView(RowPermissions, snippets.IndexView):
    show_other_searches = True

    @cached_property
    def columns(self) -> list[Any]:
        """The columns, with an extract of what was found below each title."""
        columns: list[Any] = super().columns
        for column in columns:
            if isinstance(column, TitleColumn):
                column.cell_template_name = "content/search/title_cell.html"
        return columns

    def get_add_url(self) -> str | None:
        """Return the add form, in the language that the list shows or else in the user's."""
        url: str | None = super().get_add_url()
        return url if "locale" in self.request.GET else url and url.partition("?")[0]

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return in_alphabetical_order(super().order_queryset(queryset), get_language())

    # The search cannot sort by what another table holds, such as a topic.
    is_explicitly_ordered = False

    def search_queryset(self, queryset: QuerySet[Any]) -> Any:
        """Return what was found, the most relevant first unless a column was chosen to sort by."""
        found = super().search_queryset(queryset)
        if self.is_searching and self.request.GET.get("ordering") in self.get_valid_orderings():
            return queryset.filter(pk__in=[each.pk for each in found])
        return found


class CreateView(NamesLanguage, CreatesOnce, ForThisInstance, snippets.CreateView):
    """The form of something new, in the language of the address or else in the user's."""

    def get_locale(self) -> Locale | None:
        if getattr(self, "object", None) or self.request.GET.get("locale"):
            return super().get_locale()
        return first_locale_to_add_in(self.request.user, self.model)


class CopyView(ForThisInstance, snippets.CopyView):
    pass


class EditView(Edits, EditsOnce, ForThisInstance, snippets.EditView):
    """Shows a reviewer's decision without a link back, which may be closed to them now."""

    def get_success_message(self, instance: Any = None) -> str:
        if self.action != "workflow-action":
            return str(super().get_success_message(instance))
        fresh = self.model._default_manager.get(pk=self.object.pk)
        last = TaskState.objects.for_instance(fresh).filter(finished_by=self.request.user)
        return decided(fresh, last.latest("finished_at"))

    def get_success_buttons(self) -> list[Any]:
        return [] if self.action == "workflow-action" else list(super().get_success_buttons())


class DeleteView(ForThisInstance, snippets.DeleteView):
    # Django's view also takes the method DELETE, which Wagtail's hooks hear nothing of.
    http_method_names = ["get", "head", "options", "post"]


class UnpublishView(ForThisInstance, snippets.UnpublishView):
    pass


class UnscheduleView(ForThisInstance, snippets.RevisionsUnscheduleView):
    pass


class LockView(ForThisInstance, snippets.LockView):
    pass


class UnlockView(ForThisInstance, snippets.UnlockView):
    pass


class WorkflowActionView(Decides, snippets.WorkflowActionView):
    pass


class HistoryView(ForWhoMayEdit, snippets.HistoryView):
    pass


class UsageView(ForWhoMayEdit, snippets.UsageView):
    pass


class PreviewOnEditView(ForWhoMayEdit, snippets.PreviewOnEditView):
    pass


class PreviewRevisionView(ForWhoMayEdit, snippets.PreviewRevisionView):
    pass


class CompareView(ForWhoMayEdit, snippets.RevisionsCompareView):
    pass


class WorkflowHistoryView(ForWhoMayEdit, snippets.WorkflowHistoryView):
    pass


class WorkflowDetailView(ForWhoMayEdit, snippets.WorkflowHistoryDetailView):
    pass


class BaseSnippetViewSet(SnippetViewSet):
    """A snippet type in the admin, with search, filters and usage."""

    list_display: list[Any] = [
        LocaleColumn(label=_("Language")),
        LiveStatusTagColumn(),
        UsageColumn(),
        UpdatedAtColumn(),
    ]
    list_filter: list[str] = ["live"]
    list_select_related: tuple[str, ...] = ()
    list_per_page = 20
    copy_view_enabled = True
    index_view_class = IndexView
    chooser_viewset_class = ChooserViewSet
    add_view_class = CreateView
    copy_view_class = CopyView
    edit_view_class = EditView
    delete_view_class = DeleteView
    unpublish_view_class = UnpublishView
    revisions_unschedule_view_class = UnscheduleView
    lock_view_class = LockView
    unlock_view_class = UnlockView
    workflow_action_view_class = WorkflowActionView
    history_view_class = HistoryView
    usage_view_class = UsageView
    preview_on_edit_view_class = PreviewOnEditView
    revisions_view_class = PreviewRevisionView
    revisions_compare_view_class = CompareView
    workflow_history_view_class = WorkflowHistoryView
    workflow_history_detail_view_class = WorkflowDetailView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        references = (
            ReferenceIndex.objects.filter(
                to_content_type=ContentType.objects.get_for_model(self.model),
                to_object_id=Cast(OuterRef("pk"), CharField()),
            )
            .order_by()
            .values("to_object_id")
            .annotate(places=Count("object_id", distinct=True))
            .values("places")
        )
        return self.model._default_manager.annotate(
            usage_count=Coalesce(Subquery(references), 0)
        ).select_related("locale", "latest_revision", *self.list_select_related)
