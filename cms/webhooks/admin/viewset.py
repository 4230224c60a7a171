"""Viewset of webhooks in the settings menu."""

from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.after_commit import after_commit
from cms.upstream import page_views
from cms.upstream.editor_parts import HeaderButton

from ..delivery_thread import deliver_due
from ..models import Endpoint
from .actions import ResumeView, RotateSecretView, SkipView, TestView
from .deliveries import DeliveryListView, DeliveryView, SendAgainView
from .forms import EndpointForm
from .status import explanation_of, needs_attention, status_of


class DeliversAfterSave:
    """Starts the delivery of pending messages after a webhook was saved."""

    def save_instance(self) -> Any:
        instance = super().save_instance()  # type: ignore[misc]  # of the view it is mixed into
        after_commit(deliver_due)
        return instance


class EndpointListView(page_views.IndexView):
    template_name = "webhooks/list.html"

    def get_base_queryset(self) -> QuerySet[Endpoint]:
        succeeded = Q(deliveries__attempts__succeeded=True)
        told_at = Max("deliveries__attempts__time", filter=succeeded)
        found: QuerySet[Endpoint] = super().get_base_queryset().annotate(told_at=told_at)
        return found

    @cached_property
    def columns(self) -> list[Column]:
        return [
            page_views.title_column(self, "name"),
            StatusTagColumn(
                "status", label=_("State"), accessor=status_of, primary=needs_attention
            ),
            DateColumn("told_at", label=_("Last delivered"), accessor="told_at"),
            Column("host", label=_("Receiver"), accessor="host"),
        ]


class EndpointCreateView(DeliversAfterSave, page_views.CreateView):
    success_message = _("The webhook “%(object)s” was added. Now give its secret to the receiver.")

    def get_success_url(self) -> str:
        return reverse("webhooks:edit", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []


class EndpointEditView(DeliversAfterSave, page_views.EditView):
    template_name = "webhooks/edit.html"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        address = reverse("webhooks:deliveries", args=[self.object.pk])
        return [HeaderButton(_("Deliveries"), url=address, icon_name="history")]

    def get_usage_url(self) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "explanation": explanation_of(self.object),
            "can_resume": bool(self.object.stopped_at),
            "can_skip": needs_attention(self.object),
        }


class EndpointViewSet(ModelViewSet):
    model = Endpoint
    icon = "link-external"
    menu_label = _("Webhooks")
    menu_name = "webhooks"
    menu_order = 603
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = EndpointListView
    add_view_class = EndpointCreateView
    edit_view_class = EndpointEditView
    edit_handler = ObjectList(
        [
            HelpPanel(template="webhooks/help.html", heading=_("What a webhook is")),
            FieldPanel("name"),
            FieldPanel("url"),
            FieldPanel("site"),
            MultiFieldPanel(
                [FieldPanel("actions"), FieldPanel("kinds"), FieldPanel("languages")],
                heading=_("Which changes"),
            ),
            FieldPanel("active"),
        ],
        base_form_class=EndpointForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("test/<int:pk>/", TestView.as_view(), name="test"),
            path("secret/<int:pk>/", RotateSecretView.as_view(), name="rotate_secret"),
            path("resume/<int:pk>/", ResumeView.as_view(), name="resume"),
            path("skip/<int:pk>/", SkipView.as_view(), name="skip"),
            path("deliveries/<int:pk>/", DeliveryListView.as_view(), name="deliveries"),
            path(
                "deliveries/<int:pk>/results/",
                DeliveryListView.as_view(results_only=True),
                name="deliveries_results",
            ),
            path("delivery/<int:pk>/", DeliveryView.as_view(), name="delivery"),
            path("delivery/<int:pk>/send/", SendAgainView.as_view(), name="send_again"),
        ]
