"""Shows names of rows in the reader's language, and stores them as they were made.

From `django.db.models.query_utils.DeferredAttribute` and `Field.pre_save`, Django 5.2, for the
templates of Wagtail 8.0: groups, workflows, tasks and permissions have one name each.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext


def show_names(
    model: type[Model], shown: Callable[[str], str], stored: Callable[[str], str]
) -> None:
    """Let the attribute `name` of a model speak the active language.

    Takes what turns a stored name into the one that is shown, and the other way round. To be
    called once for each model.
    """
    field: Any = model._meta.get_field("name")

    class Name(DeferredAttribute):
        def __get__(self, instance: Any, cls: Any = None) -> Any:
            value = super().__get__(instance, cls)
            return shown(value) if isinstance(value, str) else value

        def __set__(self, instance: Any, value: Any) -> None:
            instance.__dict__["name"] = stored(value) if isinstance(value, str) else value

    def pre_save(instance: Any, add: bool) -> Any:
        return instance.__dict__["name"]

    setattr(model, "name", Name(field))  # noqa: B010
    field.pre_save = pre_save


def translate_type_names() -> None:
    """Translate the names of types whose model has an English one for everybody, such as locale."""
    upstream: Any = ContentType.name

    def name(self: Any) -> str:
        return gettext(upstream.fget(self))

    setattr(ContentType, "name", property(name))  # noqa: B010
