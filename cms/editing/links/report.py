"""Report links that lead nowhere or to the wrong language, and count them on the home page."""

from functools import cached_property
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.upstream.admin_views import content_languages

from ..models import ContentLink
from .display import add_display_values
from .extraction import type_of
from .problems import LEADS_NOWHERE, LinkProblem
from .queries import problem_links
from .recording import source_models

# Problems that the report shows unless others are chosen.
TO_MEND = (*LEADS_NOWHERE, LinkProblem.UNTRANSLATED)


class LinkFilterSet(WagtailFilterSet):
    """Filter links by problem, language, and live or draft content."""

    problem = django_filters.MultipleChoiceFilter(
        label=_("Problem"), choices=LinkProblem.choices, method="filter_problem"
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=lambda: list(content_languages().items()),
        field_name="locale__language_code",
    )
    content = django_filters.ChoiceFilter(
        label=_("Content"),
        choices=[("live", _("Published")), ("draft", _("Draft"))],
        method="filter_content",
    )

    class Meta:
        model = ContentLink
        fields: list[str] = []

    def filter_problem(
        self, queryset: QuerySet[Any], name: str, chosen: list[str]
    ) -> QuerySet[Any]:
        return queryset.filter(problem__in=chosen or TO_MEND)

    def filter_content(self, queryset: QuerySet[Any], name: str, chosen: str) -> QuerySet[Any]:
        return queryset.filter(is_draft=chosen == "draft")

    def filter_queryset(self, queryset: QuerySet[Any]) -> Any:
        # `method` is not called for an empty choice.
        if not self.form.cleaned_data["problem"]:
            queryset = queryset.filter(problem__in=TO_MEND)
        return super().filter_queryset(queryset)


class CellColumn(Column):
    """A column whose cell template gets the whole row."""

    def __init__(self, name: str, label: Any, template: str) -> None:
        super().__init__(name, label=label, accessor=lambda link: link)
        self.cell_template_name = template


class LinkReportView(ReportView):
    """List links with problems in pages and snippets that the user may edit."""

    page_title = _("Links")
    header_icon = "link"
    model = ContentLink
    filterset_class = LinkFilterSet
    index_url_name = "editing_links"
    index_results_url_name = "editing_links_results"
    results_template_name = "editing/link_report_results.html"
    any_permission_required = ["add", "change", "publish"]
    is_searchable = True
    export_headings = {
        "source_title": _("Page or text"),
        "language": _("Language"),
        "content_label": _("Content"),
        "place": _("Place"),
        "text": _("Link text"),
        "target_title": _("Leads to"),
        "problem_label": _("Problem"),
        "advice": _("What to do"),
        "edit_address": _("Address"),
    }
    list_export = list(export_headings)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            CellColumn("source", _("Page or text"), "editing/link_source_cell.html"),
            CellColumn("target", _("Leads to"), "editing/link_target_cell.html"),
            CellColumn("problem", _("Problem"), "editing/link_problem_cell.html"),
        ]

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_filename(self) -> str:
        return f"links-{localdate().isoformat()}"

    def get_base_queryset(self) -> QuerySet[Any]:
        return problem_links(self.request.user).select_related("locale")

    def get_filtered_queryset(self) -> QuerySet[Any]:
        return self.get_queryset()

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep rows with the query in the link text or in the title of source or target."""
        if not self.is_searching:
            return queryset
        query = self.search_query
        condition = Q(text__icontains=query)
        condition |= _titles_q(query)
        return queryset.filter(condition)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        add_display_values(object_list, self.request.user)
        for link in object_list:
            link.content_label = _("Draft") if link.is_draft else _("Published")
            link.edit_address = self.request.build_absolute_uri(link.source_url)
        return object_list


class BrokenLinksPanel(Component):
    """Tell on the admin's home page how many published links lead nowhere."""

    name = "broken_links"
    template_name = "editing/broken_links_panel.html"
    order = 230

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        links = problem_links(self.request.user, LEADS_NOWHERE).filter(is_draft=False)
        return {"count": links.count(), "problems": LEADS_NOWHERE}


def _titles_q(query: str) -> Q:
    found = Q()
    models: set[Any] = {Page if issubclass(model, Page) else model for model in source_models()}
    for model in models:
        names = ["title", "draft_title"] if model is Page else _name_fields(model)
        if not names:
            continue
        matches = Q()
        for name in names:
            matches |= Q(**{f"{name}__icontains": query})
        keys = model._default_manager.filter(matches).order_by().values("pk")
        content_type: ContentType = type_of(model)
        found |= Q(source_type=content_type, source_id__in=keys)
        found |= Q(target_type=content_type, target_id__in=keys)
    return found


def _name_fields(model: Any) -> list[str]:
    """Return the fields that name a snippet: those that choosers search."""
    return [field.field_name for field in model.get_autocomplete_search_fields()]
