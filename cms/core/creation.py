"""Forms that make something: one of it for each opened form, however often it is sent.

A button is pressed twice, a browser sends a form again whose answer was lost, and the autosave of
a new page or snippet is under way while its form is sent: each of these requests goes to the
address of the form, where Wagtail makes one object more. Django gives each form that it renders
another value in the field `csrfmiddlewaretoken`, also without JavaScript; the row of that value
tells a request what the form has made already.
"""

import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.upstream.admin_views import latest_title

from .after_commit import after_commit
from .edit_requests import is_autosave, not_saved
from .editing_rights import edit_url
from .models import SentForm

FORM_TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105  # a name
# Set by `opened_form.js` where a browser shows a form again as it was left.
OPENED_AGAIN: Final = "form-opened-again"
# Gets those parts of the editor that a new object lacks, for Wagtail's script.
HYDRATE: Final = "?_w_hydrate_create_view=1"


class CreatesOnce:
    """Let a view with an add form make one object for each opened form.

    Goes before a view that keeps its object in `page` or `object` and its form in `form`. What is
    sent after the object was made is given to the object's editor, as if the form had led there.
    """

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        create = partial(super().dispatch, request, *args, **kwargs)  # type: ignore[misc]  # of the view beside this
        key = _key(request)
        if not key:
            return create()
        with transaction.atomic():
            sent = SentForm.claim(key)
            made = sent.made
            if is_autosave(request):
                return self._autosave(create, sent, made)
            content = _content(request)
            if made is not None and sent.content == content and sent.answer_url:
                return answer_again(request, sent.answer_url, latest_title(made))
            response = create() if made is None else edit_instead(request, made, sent)
            self._note_made(sent)
            sent.content = content
            sent.answer_url = response.get("Location", "")
            sent.save()
        return response

    def _autosave(
        self, create: Callable[[], HttpResponse], sent: SentForm, made: Any
    ) -> HttpResponse:
        """Save a draft, as long as nobody has sent the form and the draft is the last one."""
        if sent.content or (sent.object_id and made is None):
            return not_saved(_("Not saved by itself: the form is being sent."))
        response = create() if made is None else edit_instead(self.request, made, sent)
        answer = json.loads(response.content)
        if answer.get("success"):
            self._note_made(sent)
            sent.field_updates |= answer.get("field_updates", {})
            sent.revision_id = answer.get("revision_id")
            sent.save()
        if made is None or not answer.get("success"):
            return response
        # The form does not know yet that it has an object: tell its script as for a new one.
        url = edit_url(made)
        answer.pop("html", None)
        new = {"field_updates": sent.field_updates, "url": url, "hydrate_url": url + HYDRATE}
        return JsonResponse({**answer, **new})

    def _note_made(self, sent: SentForm) -> None:
        made = getattr(self, "page", None) or getattr(self, "object", None)
        if not _note(sent, made):
            return
        sent.field_updates = dict(self.form.get_field_updates_for_resave())  # type: ignore[attr-defined]  # of the view beside this
        after_commit(SentForm.forget_old)


class EditsOnce:
    """Let an editor save once what is sent twice, and make each comment and row of its form once.

    Goes behind `Edits`, whose transaction it needs. The form has the ids of new rows after the
    answer to its autosave; one that is sent before has them from here.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if not key:
            response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view beside this
            return response
        sent = SentForm.claim(key)
        content = _content(request)
        autosave = is_autosave(request)
        if not autosave and sent.content == content and sent.answer_url:
            return answer_again(request, sent.answer_url)
        request.POST = _with(request, sent.field_updates)  # type: ignore[assignment]  # as QueryDict is
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # as above
        if autosave:
            answer = json.loads(response.content)
            sent.field_updates |= answer.get("field_updates", {})
        else:
            sent.content = content
            sent.answer_url = response.get("Location", "")
        sent.save()
        after_commit(SentForm.forget_old)
        return response


class AnswersOnce:
    """Let a view with a form without an editor do what it does once for each opened form.

    A form that is sent again with other content is another one.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        do = partial(super().dispatch, request, *args, **kwargs)  # type: ignore[misc]  # of the view beside this
        return answer_once(request, do)


def answer_once(
    request: HttpRequest,
    do: Callable[[], HttpResponse],
    made: Callable[[], Any] = lambda: None,
    list_url: str = "",
) -> HttpResponse:
    """Do what a sent form asks for, or lead to where it has led before.

    Takes what gives the object that was made then, if any: a form whose object was deleted is done
    again. `list_url` is where to lead after an answer that led nowhere, such as a page with a key.
    """
    key = _key(request, _content(request))
    if not key:
        return do()
    with transaction.atomic():
        sent = SentForm.claim(key)
        if sent.answer_url and not (sent.object_id and sent.made is None):
            return answer_again(request, sent.answer_url)
        response = do()
        sent.answer_url = response.get("Location", list_url if _note(sent, made()) else "")
        sent.save()
        after_commit(SentForm.forget_old)
    return response


def make_once(request: HttpRequest, make: Callable[[], Any]) -> Any:
    """Return the object that `make` gives, or the one that the form has made before."""
    key = _key(request, _content(request))
    if not key:
        return make()
    with transaction.atomic():
        sent = SentForm.claim(key)
        made = sent.made
        if made is None:
            made = make()
            _note(sent, made)
            sent.save()
            after_commit(SentForm.forget_old)
    return made


def answer_again(request: HttpRequest, url: str, title: str = "") -> HttpResponse:
    """Lead to where the first answer led; its message went with that answer."""
    told = _("“%(title)s” has been created.") % {"title": title} if title else _("This is done.")
    messages.success(request, told)
    return redirect(url)


def edit_instead(request: HttpRequest, made: Any, sent: SentForm) -> HttpResponse:
    """Answer a POST of an add form by the editor of the object that the form has made."""
    data = _with(request, sent.field_updates)
    if is_autosave(request):
        # Wagtail refuses an autosave that is not over the latest draft.
        data["overwrite_revision_id"] = str(sent.revision_id or 0)
    request.POST = data  # type: ignore[assignment]  # as QueryDict is
    path = urlsplit(edit_url(made)).path
    match = resolve(path)
    request.path = request.path_info = path
    request.resolver_match = match
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def _note(sent: SentForm, made: Any) -> bool:
    """Note the object that a form has made; return whether there is one."""
    if made is None or made.pk is None:
        return False
    sent.content_type = ContentType.objects.get_for_model(type(made))
    sent.object_id = str(made.pk)
    return True


def _with(request: HttpRequest, field_updates: dict[str, str]) -> QueryDict:
    """Return what a form was filled with, with the ids that its parts have got."""
    data = request.POST.copy()
    for name, value in field_updates.items():
        data[name] = value
    return data


def _key(request: HttpRequest, content: str = "") -> str:
    """Return the key of an opened form, empty for a request that sends none."""
    token = request.POST.get(FORM_TOKEN) if request.method == "POST" else ""
    if not token:
        return ""
    opened = (str(request.user.pk), request.path, token, request.POST.get(OPENED_AGAIN, ""))
    return hashlib.sha256("\n".join((*opened, content)).encode()).hexdigest()


def _content(request: HttpRequest) -> str:
    """Return a hash of what a form was filled with."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != FORM_TOKEN)
    files = sorted(
        (name, file.name, _digest(file))
        for name, several in request.FILES.lists()
        for file in several
    )
    return hashlib.sha256(json.dumps([fields, files]).encode()).hexdigest()


def _digest(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
