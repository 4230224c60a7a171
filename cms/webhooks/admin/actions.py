"""Actions on a webhook: send a test, rotate the secret, resume, skip a message."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.log_actions import log

from cms.core.after_commit import after_commit
from cms.upstream.page_views import (
    BaseObjectMixin,
    PermissionCheckedMixin,
    WagtailAdminTemplateMixin,
)

from ..delivery_thread import deliver_due
from ..models import Attempt, Endpoint
from ..outbox import EndpointBusy, skip_pending
from ..sender import send_test

ROTATED = "webhooks.rotate_secret"
SKIPPED = "webhooks.skip"
RESUMED = "webhooks.resume"


class EndpointAction(PermissionCheckedMixin, BaseObjectMixin, View):
    """Base of views that act on a webhook by POST and redirect to its form."""

    model = Endpoint
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.act()
        return redirect("webhooks:edit", self.object.pk)

    def act(self) -> None:
        raise NotImplementedError


class ConfirmedAction(WagtailAdminTemplateMixin, EndpointAction, TemplateView):
    """Base of actions with a page that asks for confirmation."""

    http_method_names = ["get", "post"]
    template_name = "webhooks/confirm.html"
    header_icon = "link-external"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "consequence": self.get_consequence(),
            "button": self.get_button(),
            "back": reverse("webhooks:edit", args=[self.object.pk]),
        }

    def get_consequence(self) -> str:
        raise NotImplementedError

    def get_button(self) -> str:
        raise NotImplementedError


class TestView(EndpointAction):
    def act(self) -> None:
        show_result(self.request, send_test(self.object))


class ResumeView(EndpointAction):
    def act(self) -> None:
        self.object.active = True
        self.object.forget_failures()
        with transaction.atomic():
            self.object.save()
            log(self.object, RESUMED, user=self.request.user)
            after_commit(deliver_due)
        messages.success(
            self.request, _("The webhook is on again. What has waited is being sent now.")
        )


class RotateSecretView(ConfirmedAction):
    def get_page_title(self) -> str:
        return _("New secret")

    def get_consequence(self) -> str:
        return _(
            "The receiver must be given the new secret. Until this time tomorrow messages are "
            "signed with both, so none is refused in the meantime."
        )

    def get_button(self) -> str:
        return _("Make a new secret")

    def act(self) -> None:
        with transaction.atomic():
            self.object.rotate_secret()
            log(self.object, ROTATED, user=self.request.user)
        messages.success(self.request, _("There is a new secret. Now give it to the receiver."))


class SkipView(ConfirmedAction):
    def get_page_title(self) -> str:
        return _("Skip a message")

    def get_consequence(self) -> str:
        return _(
            "The message that fails is left out, and the ones behind it are sent. The receiver "
            "does not hear of that change unless you send the message again from the deliveries."
        )

    def get_button(self) -> str:
        return _("Skip the message and go on")

    def act(self) -> None:
        try:
            with transaction.atomic():
                skipped = skip_pending(self.object)
                log(self.object, SKIPPED, user=self.request.user)
                after_commit(deliver_due)
        except EndpointBusy:
            messages.warning(
                self.request, _("A message is being sent just now. Try again in a minute.")
            )
            return
        text = _("No message was waiting any more.")
        if skipped:
            text = _("The message was skipped. The ones behind it are being sent now.")
        messages.success(self.request, text)


def show_result(request: HttpRequest, attempt: Attempt) -> None:
    """Show the result of an attempt as a message of the admin."""
    button = messages.button(
        reverse("webhooks:delivery", args=[attempt.delivery_id]), _("See the message")
    )
    if attempt.succeeded:
        text = _("Delivered: the receiver answered %(status)s after %(time)s ms.")
        say = messages.success
    else:
        text = _("Not delivered: %(error)s (after %(time)s ms).")
        say = messages.error
    values = {
        "status": attempt.status,
        "time": attempt.milliseconds,
        "error": attempt.error,
    }
    say(request, text % values, buttons=[button])
