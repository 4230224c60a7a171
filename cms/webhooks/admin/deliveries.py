"""Views of the deliveries of a webhook, and of one delivery with its attempts."""

import json
from typing import Any

import django_filters
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.permissions import policy_registry

from cms.upstream.page_views import (
    BaseListingView,
    BaseObjectMixin,
    PermissionCheckedMixin,
    WagtailAdminTemplateMixin,
)

from ..delivery_thread import deliver_due
from ..http.client import describe
from ..models import Attempt, Delivery, DeliveryOrigin, DeliveryState, Endpoint
from ..models.delivery import STATE_LABELS
from ..sender import send_by_hand
from .actions import show_result


class MayChangeWebhooks(PermissionCheckedMixin):
    """Restricts a view to users who may change webhooks."""

    permission_required = "change"

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Endpoint)


class DeliveryFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=STATE_LABELS, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = Delivery
        fields: list[str] = []


class DeliveryListView(MayChangeWebhooks, BaseListingView):
    """Lists the deliveries of one webhook, the newest first."""

    model = Delivery
    page_title = _("Deliveries")
    header_icon = "history"
    paginate_by = 30
    filterset_class = DeliveryFilterSet
    verbose_name_plural = _("deliveries")
    default_ordering = "-pk"

    @cached_property
    def endpoint(self) -> Endpoint:
        return get_object_or_404(Endpoint, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.endpoint)

    def get_index_url(self) -> str:
        return reverse("webhooks:deliveries", args=[self.endpoint.pk])

    def get_index_results_url(self) -> str:
        return reverse("webhooks:deliveries_results", args=[self.endpoint.pk])

    def get_base_queryset(self) -> QuerySet[Delivery]:
        last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
        return self.endpoint.deliveries.annotate(
            attempt_count=Count("attempts"),
            last_time=Subquery(last.values("time")[:1]),
            last_status=Subquery(last.values("status")[:1]),
            last_problem=Subquery(last.values("problem")[:1]),
            last_detail=Subquery(last.values("detail")[:1]),
        )

    def get_breadcrumbs_items(self) -> list[Any]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("webhooks:index"), "label": _("Webhooks")},
            {"url": reverse("webhooks:edit", args=[self.endpoint.pk]), "label": str(self.endpoint)},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.endpoint)},
        ]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "event_type",
                label=_("Event"),
                get_url=lambda delivery: reverse("webhooks:delivery", args=[delivery.pk]),
            ),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda delivery: delivery.state == DeliveryState.DELIVERED.value,
            ),
            Column("answer", label=_("Last answer"), accessor=_last_answer),
            Column("attempt_count", label=_("Attempts"), accessor="attempt_count"),
            DateColumn("last_time", label=_("Last attempt"), accessor="last_time"),
        ]


class DeliveryView(MayChangeWebhooks, WagtailAdminTemplateMixin, BaseObjectMixin, TemplateView):
    """Shows one message with all attempts to deliver it."""

    model = Delivery
    template_name = "webhooks/delivery.html"
    page_title = _("Delivery")
    header_icon = "history"

    def get_base_object_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.select_related("endpoint").prefetch_related("attempts")

    def get_breadcrumbs_items(self) -> list[Any]:
        endpoint = self.object.endpoint
        return [
            *self.breadcrumbs_items,
            {"url": reverse("webhooks:index"), "label": _("Webhooks")},
            {"url": reverse("webhooks:edit", args=[endpoint.pk]), "label": str(endpoint)},
            {
                "url": reverse("webhooks:deliveries", args=[endpoint.pk]),
                "label": _("Deliveries"),
            },
            {"url": "", "label": self.object.event_type},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "delivery": self.object,
            "body": json.dumps(json.loads(self.object.body), indent=2, ensure_ascii=False),
            "waits": _waits(self.object),
            "is_held": self.object.state == DeliveryState.FAILED.value and _is_change(self.object),
        }


class SendAgainView(MayChangeWebhooks, BaseObjectMixin, View):
    """Sends a message again, or makes the next attempt for a pending one due at once."""

    model = Delivery
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _waits(self.object):
            Endpoint.objects.filter(pk=self.object.endpoint_id).update(next_attempt_at=None)
            deliver_due()
            messages.success(
                request, _("Another attempt is being made. Reload this page in a moment.")
            )
        else:
            show_result(request, send_by_hand(self.object))
        return redirect("webhooks:delivery", self.object.pk)


def _last_answer(delivery: Any) -> Any:
    if not delivery.last_problem:
        return delivery.last_status
    return describe(delivery.last_problem, delivery.last_status, delivery.last_detail)


def _is_change(delivery: Delivery) -> bool:
    return delivery.origin == DeliveryOrigin.CHANGE.value


def _waits(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.WAITING.value and _is_change(delivery)
