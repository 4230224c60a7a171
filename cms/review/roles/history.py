"""Entries of the history, with the names of groups, workflows and tasks in the reader's language.

Wagtail stores in an entry what a workflow, its tasks and the object were named.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry

from .names import shown_name


def shown_data(data: Any) -> Any:
    """Return the data of an entry with the titles of its workflow and tasks as they are shown.

    From `wagtail.models.workflows` and `wagtail.wagtail_hooks`, Wagtail 8.0: the title of the
    workflow, and those of its tasks one level below.
    """
    if not isinstance(data, dict) or not isinstance(data.get("workflow"), dict):
        return data
    return {**data, "workflow": _with_shown_titles(data["workflow"])}


def shown_label(entry: ModelLogEntry, label: str, named: tuple[type[Model], ...]) -> str:
    """Return what an entry calls its object, as it is shown where the object is of these models."""
    if entry.content_type_id is None:
        return label
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
    return shown_name(label) if model and issubclass(model, named) else label


def _with_shown_titles(told: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        key: _with_shown_titles(of) for key, of in told.items() if isinstance(of, dict)
    }
    if isinstance(title := told.get("title"), str):
        shown["title"] = shown_name(title)
    return {**told, **shown}
