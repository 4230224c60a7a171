"""Tag `{% site_frame as frame %}`: menu, contact, crisis help and footer of a page."""

from django import template
from django.utils.translation import get_language
from wagtail.models import Site

from cms.public.visibility import PublicScope

from ..frame import build_frame
from ..frame_schemas import Frame

register = template.Library()


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> Frame | None:
    """Return the frame in the language of the page, or of the path where there is no page."""
    if lookup := context.get("lookup"):
        return build_frame(lookup.scope, lookup.locale)
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return None
    scope = PublicScope.for_request(request)
    locale = scope.locale(get_language())
    return build_frame(scope, locale) if locale else None
