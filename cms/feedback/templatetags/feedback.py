"""The tag that asks whether a page helped."""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("feedback/question.html", takes_context=True)
def ask_whether_it_helped(context: template.Context) -> dict[str, Any]:
    """`{% ask_whether_it_helped %}`: ask with two buttons.

    Nothing in previews, and where the setting is off.
    """
    page, request = context.get("page"), context.get("request")
    is_asked = settings.ASK_WHETHER_IT_HELPED and page and page.live
    if not is_asked or getattr(request, "is_preview", False):
        return {}
    return {"page": page}
