"""`{% snippet_usage snippet %}`: the pages that show a snippet."""

from typing import Any

from django import template

from cms.content.models import BaseSnippet

from ..usage import snippet_usage_of

register = template.Library()


@register.inclusion_tag("editing/snippet_usage.html", takes_context=True)
def snippet_usage(
    context: template.Context, snippet: Any, action: str = "change"
) -> dict[str, Any]:
    """Render the pages that show a snippet; `action` is "change", "unpublish" or "delete"."""
    if not isinstance(snippet, BaseSnippet) or snippet.pk is None:
        return {}
    return {
        "snippet": snippet,
        "action": action,
        "usage": snippet_usage_of(snippet, context["request"].user),
        "usage_url": snippet.snippet_viewset.get_url_name("usage"),
    }
