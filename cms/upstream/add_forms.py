"""Add forms of Wagtail and wagtail-localize, with what lets each make one object.

From `wagtail.admin.views.generic`, `wagtail.admin.views.workflows`, `wagtail.users.views.groups`,
Wagtail 8.0, and `wagtail_localize.locales.views`, wagtail-localize 1.14. Collections, workflows,
images, documents, users, sites and redirects have views of their own, which have no hook around a
form that is sent.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final, Protocol

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from wagtail.admin.views import workflows
from wagtail.admin.views.generic import CopyViewMixin, CreateView
from wagtail.admin.views.generic.chooser import CreateViewMixin
from wagtail.admin.views.generic.multiple_upload import AddView as MultipleUploadView
from wagtail.admin.views.generic.multiple_upload import CreateFromUploadView
from wagtail.models import Task, UploadedFile
from wagtail.users.views import groups
from wagtail_localize.locales import views as locales

# Each has a `post` of its own.
ADD_VIEWS: Final[tuple[Any, ...]] = (CreateView, groups.CreateView, locales.CreateView)

# Takes a request and what makes an object for it; returns the object, made now or before.
Make = Callable[[HttpRequest, Callable[[], Any]], Any]


class Answer(Protocol):
    """Answers a request now, or as it was answered before.

    Takes what answers it, what gives the object that was made then, and the address of a list.
    """

    def __call__(
        self,
        request: HttpRequest,
        do: Callable[[], Any],
        made: Callable[[], Any],
        list_url: str,
    ) -> Any: ...


def send_once(answer: Answer, make: Make, unless: type) -> None:
    """Let each opened add form be answered once, and each form in a chooser make one object.

    Of several files that are uploaded at once, each makes one.

    Views that are of the class `unless` have their own way. To be called once.
    """
    for view in ADD_VIEWS:
        view.post = _answered_once(view.post, answer, unless)
    MultipleUploadView.post = _uploaded_once(MultipleUploadView.post, make, _tell_of_upload)
    CreateFromUploadView.post = _uploaded_once(CreateFromUploadView.post, make, _tell_of_file)
    CopyViewMixin.post = _refuse
    CreateViewMixin.save_form = _made_once(CreateViewMixin.save_form, make)
    workflows.TaskChooserCreateView.get_create_form_class = _saving_once(
        workflows.TaskChooserCreateView.get_create_form_class, make
    )


def _answered_once(upstream: Any, answer: Answer, unless: type) -> Any:
    @wraps(upstream)
    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        do = partial(upstream, self, request, *args, **kwargs)
        if isinstance(self, unless):
            return do()
        name = getattr(self, "index_url_name", None)
        list_url = reverse(name) if name else ""
        return answer(request, do, lambda: getattr(self, "object", None), list_url)

    return post


def _refuse(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    """Answer 405: the form of a copy is sent to the add form, and here it would be the original's.

    Upstream saves what is sent over the object that was to be copied.
    """
    return self.http_method_not_allowed(request)


def _made_once(upstream: Any, make: Make) -> Any:
    @wraps(upstream)
    def save_form(self: Any, form: Any) -> Any:
        return make(self.request, partial(upstream, self, form))

    return save_form


def _uploaded_once(upstream: Any, make: Make, tell: Callable[[Any, Any], Any]) -> Any:
    """Takes what gives the data of the answer, for a view and what was made before."""

    @wraps(upstream)
    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answers = []

        def upload() -> Any:
            answers.append(upstream(self, request, *args, **kwargs))
            made = getattr(self, "upload_object", None) or getattr(self, "object", None)
            if made is not None:
                # Upstream leaves it open after it has read its size.
                made.file.close()
            return made

        made = make(request, upload)
        return answers[0] if answers else JsonResponse(tell(self, made))

    return post


def _tell_of_upload(view: Any, made: Any) -> Any:
    if not isinstance(made, UploadedFile):
        view.object = made
        return view.get_edit_object_response_data()
    # Something beside the file is missing: its form will make the object.
    view.upload_object = made
    view.object = view.model(
        title=view.request.FILES["files[]"].name, collection_id=view.request.POST.get("collection")
    )
    return view.get_edit_upload_response_data()


def _tell_of_file(view: Any, made: Any) -> Any:
    return {"success": True, view.context_object_id_name: made.pk}


def _saving_once(upstream: Any, make: Make) -> Any:
    """The chooser of tasks has no method around the form that it saves."""

    @wraps(upstream)
    def get_create_form_class(self: Any) -> Any:
        form_class = upstream(self)
        if form_class is None:
            return None

        class OnceForm(form_class):  # type: ignore[misc, valid-type]  # known when it runs
            def save(form, commit: bool = True) -> Task:  # `self` is the view
                save = super().save
                return make(self.request, lambda: save(commit=commit))

        return OnceForm

    return get_create_form_class
