"""Template tags of the status matrix."""

from typing import Any

from django import template
from django.http import HttpRequest

from ..matrix.editor_status import language_cells
from ..matrix.presentation import ShownCell

register = template.Library()


@register.simple_tag
def translation_cells(instance: Any, request: HttpRequest) -> list[ShownCell]:
    """Where each language of a page or snippet stands; nothing before it is saved once."""
    return language_cells(instance, request.user) if getattr(instance, "pk", None) else []
