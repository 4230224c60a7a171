"""Stop a publication that somebody starts in the admin until they know what readers will not see.

However it is started, a publication ends in the save of the object, and a scheduled one in that of
its revision: steps of `cms.saving` compare what is lost with what the request says that its sender
has seen. The answer names the losses, and has the request as a form to be sent again. Commands,
schedules and APIs publish without a word, as nobody would read it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Revision

from cms.core.changes import Change
from cms.core.middleware import is_admin
from cms.upstream.admin_views import ask_in_dialog, valid_next_url

from .losses import ACCEPTED, Loss, keys_of, losses_of, unseen

# The request of the admin that is under way.
_request: ContextVar[HttpRequest | None] = ContextVar("request_of_admin", default=None)


class WouldLose(Exception):
    """Raised where a publication has losses that its sender has not seen."""

    def __init__(self, lost: list[Loss]) -> None:
        super().__init__(" ".join(each.sentence for each in lost))
        self.lost = lost


class LossesMiddleware:
    """Answers a WouldLose, which has rolled back the transaction of its view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request if request.method == "POST" and is_admin(request) else None
        token = _request.set(asked)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return name_losses(request, exception) if isinstance(exception, WouldLose) else None


def name_losses(request: HttpRequest, error: WouldLose) -> HttpResponse:
    """Answer with the losses, and the request as a form; in JSON where a script has sent it."""
    sentences = list(dict.fromkeys(each.sentence for each in error.lost))
    seen = keys_of(error.lost)
    if not request.accepts("text/html"):
        answer = {"detail": " ".join(sentences), ACCEPTED: seen}
        return JsonResponse(answer, status=HTTPStatus.CONFLICT)
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", ACCEPTED)
        for value in values
    ]
    context = {
        "sentences": sentences,
        "fields": [*sent, (ACCEPTED, seen)],
        "url": request.get_full_path(),
        "back": _way_back(request),
    }
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return ask_in_dialog(request, "content/losses_dialog.html", context)
    return TemplateResponse(request, "content/losses.html", context)


def tell_losses(change: Change) -> None:
    """Raise WouldLose for the publication of a page or snippet."""
    after, before = change.after, change.before
    if _request.get() is None or change.fields is not None or not after.live:
        return
    # A copy can be live from its first save on.
    is_publication = before is None or before.last_published_at != after.last_published_at
    if is_publication and getattr(after, "alias_of_id", None) is None:
        check_losses([after])


def tell_losses_of_schedule(change: Change) -> None:
    """Raise WouldLose for a revision that gets a time to be published."""
    revision: Revision = change.after
    if _request.get() is None or revision.approved_go_live_at is None:
        return
    known = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False)
    if not known.exists():
        check_losses([revision.as_object()])


def check_losses(contents: Iterable[Any]) -> None:
    """Raise WouldLose, once, for all that is lost where these objects are published together."""
    request = _request.get()
    if request is None:
        return
    lost = [loss for content in contents for loss in losses_of(content)]
    if unseen(lost, request.POST.get(ACCEPTED)):
        raise WouldLose(lost)


@contextmanager
def published_by_itself() -> Iterator[None]:
    """Stop no publication that follows from one of which its sender has been told."""
    token = _request.set(None)
    try:
        yield
    finally:
        _request.reset(token)


def _way_back(request: HttpRequest) -> str:
    came_from = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        came_from = ""
    return valid_next_url(request) or came_from or reverse("wagtailadmin_home")
