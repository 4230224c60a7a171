"""Telling reviewers why an approval was refused, wherever they chose it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from .addresses import edit_url
from .models.task import ApprovalRefused


class ApprovalRefusedMiddleware:
    """Leads to the editor of what was not approved, with the reason above it.

    Wagtail's views do not expect a task to refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ApprovalRefused):
            return None
        messages.error(request, " ".join(exception.messages))
        address = edit_url(exception.content)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # As `wagtail.admin.views.generic.workflow` answers its own dialog.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)
