"""Shows names of rows in the reader's language, in templates and nowhere else.

From `django.db.models.query_utils.DeferredAttribute` and `django.template.backends.django`,
Django 5.2, for the templates of Wagtail 8.0: groups, workflows, tasks and permissions have one
name each. Outside of a template the name is the stored one: for code, APIs, logs, forms and dumps.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.template.backends.django import Template

_is_rendering: ContextVar[bool] = ContextVar("rendering", default=False)


def note_rendering() -> None:
    """Let `show_names` know when a template is rendered. To be called once."""
    template: Any = Template
    upstream = template.render

    @wraps(upstream)
    def render(self: Any, context: Any = None, request: Any = None) -> Any:
        token = _is_rendering.set(True)
        try:
            return upstream(self, context, request)
        finally:
            _is_rendering.reset(token)

    template.render = render


def show_names(model: type[Model], shown: Callable[[str], str]) -> None:
    """Let the name of a model's rows speak the active language in templates.

    Takes what turns a stored name into the one that is shown. To be called once for each model.
    """
    field: Any = model._meta.get_field("name")

    class Name(DeferredAttribute):
        def __get__(self, instance: Any, cls: Any = None) -> Any:
            value = super().__get__(instance, cls)
            return shown(value) if _is_rendering.get() and isinstance(value, str) else value

        # Without it, Python would find the value beside the descriptor and not ask it.
        def __set__(self, instance: Any, value: Any) -> None:
            instance.__dict__["name"] = value

    setattr(model, "name", Name(field))  # noqa: B010
