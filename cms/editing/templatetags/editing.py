"""`{% snippet_usage snippet %}`: on which pages a snippet is shown."""

from typing import Any

from django import template

from cms.content.models import BaseSnippet

from ..usage import snippet_usage_of

register = template.Library()


@register.inclusion_tag("editing/snippet_usage.html", takes_context=True)
def snippet_usage(
    context: template.Context, snippet: Any, action: str = "change"
) -> dict[str, Any]:
    """Takes the snippet and what is about to happen: "change", "unpublish" or "delete"."""
    if not isinstance(snippet, BaseSnippet) or snippet.pk is None:
        return {}
    return {
        "snippet": snippet,
        "action": action,
        "usage": snippet_usage_of(snippet, context["request"].user),
        "usage_url": snippet.snippet_viewset.get_url_name("usage"),
    }
