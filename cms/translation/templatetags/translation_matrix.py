"""Template tags of the status matrix."""

from typing import Any

from django import template
from django.http import HttpRequest

from ..matrix.editor_status import language_cells
from ..matrix.presentation import ShownCell

register = template.Library()


@register.simple_tag
def translation_cells(instance: Any, request: HttpRequest) -> list[ShownCell]:
    """Return the status of a page or snippet in each language; none for an unsaved one."""
    return language_cells(instance, request.user) if getattr(instance, "pk", None) else []
