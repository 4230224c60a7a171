"""What a deletion began with."""

from typing import Any

from django.db.models import Model, QuerySet


def is_cascade(origin: Any, model: type[Model]) -> bool:
    """Whether a deletion reached a model because it began with an object of another.

    Takes what Django's deletion signals call `origin`: an object, a queryset or None.
    """
    if origin is None:
        return False
    began_with = origin.model if isinstance(origin, QuerySet) else type(origin)
    return not issubclass(began_with, model) and not issubclass(model, began_with)
