"""The report "Reviews due": what is overdue, due soon, never reviewed or waiting."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LocaleColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale

from cms.core.collation import in_alphabetical_order
from cms.core.editing_rights import edit_url_of, editable

from ..models import ReviewSubject
from ..queries import in_workflow, may_see_reviews, subjects, tasks_of

SOON: Final = timedelta(days=60)


class ReviewState(StrEnum):
    """State of an object's review; sorts by urgency."""

    OVERDUE = "1-overdue"
    CHANGED = "2-changed"
    NEVER = "2-never"
    WAITING = "3-waiting"
    DUE = "4-due"
    REVIEWED = "5-reviewed"
    DRAFT = "6-draft"


LABELS: Final = {
    ReviewState.OVERDUE: _("Overdue"),
    ReviewState.CHANGED: _("Changed since the review"),
    ReviewState.NEVER: _("Published, never reviewed"),
    ReviewState.WAITING: _("Waiting for review"),
    ReviewState.DUE: _("Due within 60 days"),
    ReviewState.REVIEWED: _("Reviewed"),
    ReviewState.DRAFT: _("Not published"),
}


def with_state(rows: QuerySet[ReviewSubject]) -> QuerySet[ReviewSubject]:
    """Annotate rows with their `state` of today."""
    today = timezone.localdate()
    cases = [
        When(in_workflow(), then=Value(ReviewState.WAITING.value)),
        When(live=False, then=Value(ReviewState.DRAFT.value)),
        When(~Q(changed=""), then=Value(ReviewState.CHANGED.value)),
        When(reviewed_on=None, then=Value(ReviewState.NEVER.value)),
        When(next_review_on__lt=today, then=Value(ReviewState.OVERDUE.value)),
        When(next_review_on__lte=today + SOON, then=Value(ReviewState.DUE.value)),
    ]
    done = Value(ReviewState.REVIEWED.value)
    return rows.annotate(state=Case(*cases, default=done, output_field=CharField()))


class ReviewFilterSet(WagtailFilterSet):
    """Filter the report by state and language."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=[(state.value, label) for state, label in LABELS.items()]
    )
    locale = django_filters.ModelChoiceFilter(label=_("Language"), queryset=Locale.objects.all())

    class Meta:
        model = ReviewSubject
        fields: list[str] = []


class ReviewedTitleColumn(TitleColumn):
    """The column of titles, with the report's styles."""

    class Media:
        css = {"all": ["review/report.css"]}


class ReviewsReportView(ReportView):
    """List content that needs clinical review, the most urgent first."""

    model = ReviewSubject
    page_title = _("Reviews due")
    header_icon = "clipboard-list"
    index_url_name = "review_report"
    index_results_url_name = "review_report_results"
    results_template_name = "review/report_results.html"
    filterset_class = ReviewFilterSet
    default_ordering = ("state", F("next_review_on").asc(nulls_last=True), "title", "pk")
    is_searchable = True
    search_fields = ["title"]
    paginate_by = 50
    export_headings = {
        "title": _("Title"),
        "type_label": _("Type"),
        "locale": _("Language"),
        "state_label": _("State"),
        "changed": _("What has changed"),
        "reviewed_on": _("Reviewed on"),
        "reviewer_label": _("Reviewed by"),
        "next_review_on": _("Next review"),
    }
    list_export = list(export_headings)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_reviews(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_filename(self) -> str:
        return f"reviews-{timezone.localdate().isoformat()}"

    def order_queryset(self, queryset: QuerySet[ReviewSubject]) -> QuerySet[ReviewSubject]:
        return in_alphabetical_order(super().order_queryset(queryset), get_language())

    def get_base_queryset(self) -> QuerySet[ReviewSubject]:
        return with_state(subjects())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            ReviewedTitleColumn(
                "title",
                label=_("Title"),
                get_url=_edit_url,
                sort_key="title",
                classname="review-title",
            ),
            Column("type_label", label=_("Type")),
            LocaleColumn(label=_("Language")),
            StatusTagColumn("state_label", label=_("State"), sort_key="state", primary=_is_urgent),
            Column("reviewed_on", label=_("Reviewed on"), sort_key="reviewed_on"),
            Column("reviewer_label", label=_("Reviewed by"), sort_key="reviewer_name"),
            Column("next_review_on", label=_("Next review"), sort_key="next_review_on"),
        ]

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        rows = list(object_list)
        may_edit = self._editable(rows)
        reviews = set(tasks_of(self.request.user).values_list("locale", flat=True))
        for row in rows:
            model: Any = row.content_type.model_class()
            row.type_label = capfirst(model._meta.verbose_name)
            row.state_label = LABELS[ReviewState(row.state)]
            if row.state == ReviewState.CHANGED:
                row.state_label = f"{row.state_label}: {row.changed}"
            is_reviewers = row.state == ReviewState.WAITING and row.locale_id in reviews
            if is_reviewers or (model, row.object_id) in may_edit:
                row.edit_url = edit_url_of(model, row.object_id)
        return rows

    def _editable(self, rows: list[Any]) -> set[tuple[Any, int]]:
        """Return (model, pk) of the rows whose objects the user may edit, by a query a model."""
        keys: dict[Any, list[int]] = defaultdict(list)
        for row in rows:
            keys[row.content_type.model_class()].append(row.object_id)
        found = set()
        for model, wanted in keys.items():
            allowed = editable(self.request.user, model).filter(pk__in=wanted)
            found |= {(model, pk) for pk in allowed.values_list("pk", flat=True)}
        return found


def _edit_url(row: Any) -> str | None:
    return getattr(row, "edit_url", None)


def _is_urgent(row: Any) -> bool:
    return row.state in (
        ReviewState.OVERDUE,
        ReviewState.CHANGED,
        ReviewState.NEVER,
        ReviewState.WAITING,
    )
