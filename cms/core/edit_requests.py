"""Requests that edit a page or a snippet: one after another, each wholly or not at all.

Wagtail's editors read the object, save the form and then act on the workflow in several
transactions. Two requests at once, such as a form and the autosave of the same editor, overwrite
each other's publication or find no workflow (wagtail/wagtail pull request 14460), and a step that
fails leaves the steps before it.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial, update_wrapper
from http import HTTPStatus
from typing import Any, Final

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.dispatch import Signal
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from cms.upstream.admin_views import end_dialog, valid_next_url
from cms.upstream.locks import ReadsLocksOnce

from .editing_rights import edit_url, may_edit, way_on
from .form_data import UnreadableForm
from .workflow_words import already_decided, already_done, decided

ACTIONS = (
    "action-publish",
    "action-submit",
    "action-workflow-action",
    "action-cancel-workflow",
    "action-restart-workflow",
)
# What a task is told of an action besides the data of the action's form.
OWN_ARGUMENTS = frozenset({"task_state", "user", "action_name"})


# Sent with `request` and `instance`, in the transaction of the publication.
published_by: Final = Signal()


class NotDone(Exception):
    """An action that is rolled back; the message tells the user why."""


def lock_edits(model: Any, pk: Any) -> None:
    """Wait for other requests that edit an object, until the end of the transaction.

    Locks a name rather than the row: publishing something else writes rows of other pages after
    it has taken its version of the journal, and would wait in the other order. On SQLite a
    transaction waits for all others when it begins.
    """
    if connection.vendor == "postgresql":
        kind = Page if issubclass(model, Page) else model
        with connection.cursor() as cursor:
            name = f"edit {kind._meta.label_lower} {pk}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


class OneAtATime:
    """Lets a view of Wagtail handle each POST about an object in one transaction of its own.

    Goes before a view that takes its object from `page_id`, or from `pk` and its `model`. What
    raises an error is rolled back. A NotDone is told to the user. Sends `published_by` where the
    request has published the object, by whichever button.
    """

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponse]:
        view = super().as_view(**initkwargs)  # type: ignore[misc]  # of the view beside this
        model = initkwargs.get("model") or Page
        return update_wrapper(partial(cls._in_turn, view, model), view)

    @classmethod
    def _in_turn(
        cls, view: Any, model: Any, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        again = partial(view, request, *args, **kwargs)
        if request.method != "POST":
            return again()
        try:
            with transaction.atomic():
                instance = _locked(model, kwargs)
                before = instance.last_published_at
                response = cls.act(again, instance, request)
                tell_if_published(request, instance, before)
                return response
        except NotDone as error:
            messages.error(request, str(error))
        with transaction.atomic():
            return cls.go_on(again, _locked(model, kwargs), request)

    @classmethod
    def act(cls, view: Any, instance: Any, request: HttpRequest) -> HttpResponse:
        """Answer the request with the view. Takes the object as it is at the request's turn."""
        response: HttpResponse = view()
        return response

    @classmethod
    def go_on(cls, view: Any, instance: Any, request: HttpRequest) -> HttpResponse:
        """Answer after a NotDone."""
        url = edit_url(instance) if may_edit(request.user, instance) else ""
        return leave(request, valid_next_url(request) or url or way_on(request.user, instance))


class Edits(OneAtATime):
    """The same for an editor. What was typed beside an action that is not done becomes a draft."""

    request: HttpRequest

    @classmethod
    def act(cls, view: Any, instance: Any, request: HttpRequest) -> HttpResponse:
        _check_fields(request.POST)
        if is_autosave(request) and (refused := _refuse_autosave(instance, request)):
            return refused
        if told := already_done(instance, request.user, request.POST):
            raise NotDone(told)
        return super().act(view, instance, request)

    @classmethod
    def go_on(cls, view: Any, instance: Any, request: HttpRequest) -> HttpResponse:
        if not may_edit(request.user, instance):
            return super().go_on(view, instance, request)
        request.POST = without(request.POST, *ACTIONS)  # type: ignore[assignment]
        request.undone = True  # type: ignore[attr-defined]  # read by form_valid
        return super().act(view, instance, request)

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]  # of the view beside this
        if self.request.method == "GET" and isinstance(found, ReadsLocksOnce):
            found.read_locks()
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        undone = getattr(self.request, "undone", False)
        if undone and not form.has_changed():
            return redirect(self.request.get_full_path())
        # An autosave has no screen to tell anything on.
        with told_in_words(undone or is_autosave(self.request)):
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # as above
        return response


class Decides(OneAtATime):
    """The same for the view of one decision, which a reviewer takes on the admin's first page.

    Says what was decided, and leads to where the reviewer may go afterwards.
    """

    request: HttpRequest
    object: Any
    task_state: TaskState

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if told := already_decided(self.object, request.user, self.task_state):
            messages.error(request, told)
            return self.go_on(None, self.object, request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with told_in_words():
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        self.task_state.refresh_from_db()
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            instance = type(self.object)._default_manager.get(pk=self.object.pk)
            messages.success(request, decided(instance, self.task_state))
            return self.go_on(None, instance, request)
        if response.status_code == HTTPStatus.FOUND:
            # Wagtail passes over a form that lacks something, where it was not sent by script.
            messages.error(request, _("Nothing was decided: fill in what is asked for."))
        return response


def tell_if_published(request: HttpRequest, instance: Any, before: datetime | None) -> None:
    """Send `published_by` where an object was published since `before`, its last publication."""
    fresh = type(instance)._default_manager.filter(pk=instance.pk).first()
    if fresh is not None and fresh.last_published_at != before:
        published_by.send(sender=type(fresh), request=request, instance=fresh)


@contextmanager
def told_in_words(quiet: bool = False) -> Iterator[None]:
    """Turn an error that says what is wrong into a NotDone, unless it is to be left as it is."""
    try:
        yield
    except (PermissionDenied, ValidationError) as error:
        said = error.messages if isinstance(error, ValidationError) else map(str, error.args)
        words = " ".join(said)
        if quiet or not words:
            raise
        raise NotDone(words) from error


def leave(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to an address, also from one of Wagtail's modal windows."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return end_dialog(request, url)
    return redirect(url)


def without(data: QueryDict, *names: str) -> QueryDict:
    """The data of a form without some of its fields."""
    rest = data.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def _check_fields(form: QueryDict) -> None:
    """Raise UnreadableForm for nonsense in hidden fields, which Wagtail takes as they come."""
    try:
        more = json.loads(form.get("workflow-action-extra-data") or "{}")
    except ValueError as error:
        raise UnreadableForm("The data of the workflow action is no JSON.") from error
    if not isinstance(more, dict) or not OWN_ARGUMENTS.isdisjoint(more):
        raise UnreadableForm("The data of the workflow action is not that of its form.")
    for name in ("overwrite_revision_id", "loaded_revision_id"):
        if (number := form.get(name)) and not re.fullmatch(r"[0-9]{1,18}", number):
            raise UnreadableForm(f"{name} is no id.")


def _refuse_autosave(instance: Any, request: HttpRequest) -> HttpResponse | None:
    """Let an autosave do nothing but save a draft, and only over a draft.

    A button of a workflow names its action in hidden fields of the form, which an autosave that
    comes before or after the form sends as well (Wagtail's `workflow-action.js`).
    """
    if any(request.POST.get(name) for name in ACTIONS):
        return not_saved(_("Not saved by itself: the form is being sent."))
    if not may_edit(request.user, instance):
        return not_saved(_("Not saved: you may no longer edit this."))
    overwritten = request.POST.get("overwrite_revision_id")
    if overwritten and _is_more_than_draft(instance, int(overwritten)):
        # Wagtail compares with the version that was loaded then, and saves none that is older.
        request.POST = without(request.POST, "overwrite_revision_id")  # type: ignore[assignment]
    return None


def is_autosave(request: HttpRequest) -> bool:
    """Return whether the script of a form sends it, and not the person who fills it in."""
    return not request.accepts("text/html")


def not_saved(words: str) -> JsonResponse:
    """Tell the script of an autosave why nothing was saved."""
    error = {"success": False, "error_code": "locked", "error_message": words}
    return JsonResponse(error, status=HTTPStatus.BAD_REQUEST)


def _is_more_than_draft(instance: Any, revision: int) -> bool:
    """Whether a revision is live, scheduled, or what somebody decides or has decided about."""
    if revision in (instance.live_revision_id, getattr(instance.scheduled_revision, "pk", None)):
        return True
    return TaskState.objects.filter(revision=revision).exists()


def _locked(model: Any, kwargs: dict[str, Any]) -> Any:
    """The object of a request, as it is when its turn has come. Raises Http404."""
    key = kwargs["page_id"] if "page_id" in kwargs else unquote(str(kwargs["pk"]))
    lock_edits(model, key)
    try:
        instance = model._default_manager.get(pk=key)
    except (ValueError, model.DoesNotExist) as error:
        raise Http404 from error
    return instance.specific if isinstance(instance, Page) else instance
