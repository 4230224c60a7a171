"""Shows names of rows in the reader's language, in templates and nowhere else.

From `django.db.models.query_utils.DeferredAttribute` and `django.template.backends.django`,
Django 5.2, and `wagtail.admin.views.generic.base`, for the templates of Wagtail 8.0: groups,
workflows, tasks and permissions have one name each, and entries of the history repeat it. Outside
of a template the name is the stored one: for code, APIs, logs, forms and dumps.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.template.backends.django import Template
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

_is_rendering: ContextVar[bool] = ContextVar("rendering", default=False)


@contextmanager
def rendering() -> Iterator[None]:
    """Let rows have the names that they show, as in templates."""
    token = _is_rendering.set(True)
    try:
        yield
    finally:
        _is_rendering.reset(token)


def note_rendering() -> None:
    """Let `show_names` know when a template is rendered. To be called once."""
    template: Any = Template
    upstream = template.render

    @wraps(upstream)
    def render(self: Any, context: Any = None, request: Any = None) -> Any:
        with rendering():
            return upstream(self, context, request)

    template.render = render


def as_in_templates(row: Model) -> str:
    """Return the name of a row as templates show it, for a message that code puts together."""
    with rendering():
        return str(row.name)  # type: ignore[attr-defined]  # of those for which it is shown


def show_names(
    model: type[Model], shown: Callable[[Any, Any], Any], field_name: str = "name"
) -> None:
    """Let a field of a model's rows speak the active language in templates.

    Takes what turns a row and its stored value into the value that is shown. To be called once
    for each field.
    """
    field: Any = model._meta.get_field(field_name)

    class Shown(DeferredAttribute):
        def __get__(self, instance: Any, cls: Any = None) -> Any:
            value = super().__get__(instance, cls)
            if instance is None or not _is_rendering.get():
                return value
            return shown(instance, value)

        # Without it, Python would find the value beside the descriptor and not ask it.
        def __set__(self, instance: Any, value: Any) -> None:
            instance.__dict__[field_name] = value

    setattr(model, field_name, Shown(field))


def show_names_in_headings(models: tuple[type[Model], ...], shown: Callable[[str], str]) -> None:
    """Show the name of an object in the headings of its admin views, which read it beforehand.

    Takes the models and what turns a stored name into the one that is shown. To be called once.
    """
    upstream = WagtailAdminTemplateMixin.get_context_data

    @wraps(upstream)
    def get_context_data(self: Any, **kwargs: Any) -> dict[str, Any]:
        context = upstream(self, **kwargs)
        if isinstance(named := getattr(self, "object", None), models):
            stored = str(named)
            for key in ("page_title", "page_subtitle", "header_title"):
                context[key] = str(context[key]).replace(stored, shown(stored))
            context["breadcrumbs_items"] = [
                {key: shown(text) if text == stored else text for key, text in item.items()}
                for item in context["breadcrumbs_items"]
            ]
        return context

    WagtailAdminTemplateMixin.get_context_data = get_context_data
