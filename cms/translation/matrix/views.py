"""The report "Translations" in the admin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Table
from wagtail.admin.views.reports import ReportView

from cms.core.i18n import content_locales

from ..comments.threads import counts_of_open
from .export import EXPORT_HEADINGS, export_rows
from .filters import MatrixFilterSet, matching_search
from .loading import visible_families
from .ordering import Order, Row, ordered
from .presentation import shown_families
from .viewers import Viewer


class MatrixTable(Table):
    """Table with a row for each family and a column for each language."""

    template_name = "translation/matrix/table.html"


class TranslationsReportView(ReportView):
    """Show the translation status of all pages and snippets that the user may see."""

    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    index_url_name = "translations_report"
    index_results_url_name = "translations_report_results"
    results_template_name = "translation/matrix/results.html"
    table_class = MatrixTable
    filterset_class = MatrixFilterSet
    is_searchable = True
    columns: list[Any] = []
    default_ordering = Order.URGENCY
    list_export = list(EXPORT_HEADINGS)
    export_filename = "translations"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # The file is streamed when the admin's language is no longer active.
        self.export_headings = {name: str(words) for name, words in EXPORT_HEADINGS.items()}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.viewer.sees_anything:
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def viewer(self) -> Viewer:
        return Viewer(self.request.user)

    def get_valid_orderings(self) -> list[str]:
        return list(Order)

    def get_filtered_queryset(self) -> list[Row]:
        families = visible_families(self.viewer)
        if self.is_searching:
            families = matching_search(families, self.search_query)
        return ordered(self.filters.rows(families), Order(self.ordering))

    def decorate_paginated_queryset(self, object_list: Iterable[Row]) -> list[Any]:
        if self.is_export:
            return list(export_rows(object_list))
        return list(object_list)

    def get_table(self, object_list: Iterable[Row]) -> Table:
        families = [] if self.is_export else [family for family, _cells in object_list]
        comments = counts_of_open() if families else {}
        rows = shown_families(families, self.viewer, comments)
        table = self.table_class([], rows, classname="listing")
        table.caption = _("Pages and shared content by language")
        table.locales = content_locales().values()
        return table

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "orders": Order.choices}

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return _("Nothing matches. Take away a filter or search for fewer words.")
        return _("There is no page and no shared content yet.")
