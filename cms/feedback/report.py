"""Report how many visitors said that a page helped, page by page."""

from functools import cached_property
from typing import Any, Final

import django_filters
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.core.i18n import language_name
from cms.upstream.admin_views import content_languages

from .models import AnswerCount

MAY_READ: Final = ["add", "change", "publish"]


class AnswerFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=lambda: list(content_languages().items()),
        field_name="page__locale__language_code",
    )

    class Meta:
        model = AnswerCount
        fields: list[str] = []


class AnswerReportView(ReportView):
    """List the pages that had answers; those come first where “no” outweighs “yes” most."""

    page_title = _("Did this help?")
    header_icon = "help"
    model = AnswerCount
    filterset_class = AnswerFilterSet
    index_url_name = "feedback_report"
    index_results_url_name = "feedback_report_results"
    any_permission_required = MAY_READ
    is_searchable = False
    export_headings = {
        "page.title": _("Page"),
        "language": _("Language"),
        "yes": _("It helped"),
        "no": _("It did not help"),
    }
    list_export = list(export_headings)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "page",
                label=_("Page"),
                accessor="page.title",
                url_name="wagtailadmin_pages:edit",
                id_accessor="page_id",
            ),
            Column("language", label=_("Language")),
            Column("yes", label=_("It helped")),
            Column("no", label=_("It did not help")),
        ]

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_filename(self) -> str:
        return f"helped-{localdate().isoformat()}"

    def get_base_queryset(self) -> QuerySet[AnswerCount]:
        explorable = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        found = AnswerCount.objects.filter(page__in=explorable).select_related("page__locale")
        return found.order_by(F("yes") - F("no"), "page__title")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for count in object_list:
            count.language = language_name(count.page.locale.language_code)
        return object_list
