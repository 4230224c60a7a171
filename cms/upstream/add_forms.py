"""Add forms of Wagtail and wagtail-localize, with what lets each make one object.

From `wagtail.admin.views.generic`, `wagtail.users.views.groups`, Wagtail 8.0, and
`wagtail_localize.locales.views`, wagtail-localize 1.14. Collections, workflows, images, documents,
users, sites and redirects have views of their own, which have no hook around a form that is sent.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final

from django.http import HttpRequest
from wagtail.admin.views.generic import CreateView
from wagtail.admin.views.generic.chooser import CreateViewMixin
from wagtail.users.views import groups
from wagtail_localize.locales import views as locales

# Each has a `post` of its own.
ADD_VIEWS: Final[tuple[Any, ...]] = (CreateView, groups.CreateView, locales.CreateView)

# Takes a request and what is to be done for it; returns what that gave, now or the first time.
Once = Callable[[HttpRequest, Callable[[], Any]], Any]


def send_once(answer: Once, make: Once, unless: type) -> None:
    """Let each opened add form be answered once, and each form in a chooser make one object.

    Views that are of the class `unless` have their own way. To be called once.
    """
    for view in ADD_VIEWS:
        view.post = _answered_once(view.post, answer, unless)
    CreateViewMixin.save_form = _made_once(CreateViewMixin.save_form, make)


def _answered_once(upstream: Any, answer: Once, unless: type) -> Any:
    @wraps(upstream)
    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        do = partial(upstream, self, request, *args, **kwargs)
        return do() if isinstance(self, unless) else answer(request, do)

    return post


def _made_once(upstream: Any, make: Once) -> Any:
    @wraps(upstream)
    def save_form(self: Any, form: Any) -> Any:
        return make(self.request, partial(upstream, self, form))

    return save_form
