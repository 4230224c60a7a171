"""Filters and tags of public templates: frame, structured data, languages and addresses."""

from collections.abc import Sequence
from typing import Any, Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Site

from cms.core.i18n import language_in_sentence, language_name
from cms.core.typed_addresses import parts_of
from cms.public.cache_headers import has_session
from cms.public.contact_links import linked_text
from cms.public.seo_schemas import Seo
from cms.public.visibility import PublicScope

from ..frame import build_frame
from ..frame_schemas import Frame

register = template.Library()

# Headings of a page that lists them at its top.
FEWEST_CONTENTS: Final = 4
# Inside <script> these signs could end the element or begin a comment; JSON reads the escapes
# as the same signs.
SCRIPT_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}

register.filter("language_name", language_name)
register.filter("language_in_sentence", language_in_sentence)


register.filter("has_session", has_session)
# `{{ text|linked }}`: plain text with its phone numbers and mail addresses as links.
register.filter("linked", linked_text)


@register.filter
def host(url: str) -> str:
    """Return the host of a URL without "www." ("https://www.1177.se/a" gives "1177.se")."""
    return (parts_of(url).hostname or url).removeprefix("www.")


@register.simple_tag(takes_context=True)
def place_once(context: template.Context, name: str, number: int) -> SafeString:
    """`{% place_once "question" 5 %}`: return ` id="question-5"`, once in an answer.

    A page may show the same object in several of its blocks, and addresses lead to the first.
    """
    request = context.get("request")
    places: set[str] = request.__dict__.setdefault("places", set()) if request else set()
    place = f"{name}-{number}"
    if place in places:
        return mark_safe("")
    places.add(place)
    return format_html(' id="{}"', place)


@register.simple_tag
def headings_of(body: Sequence[Any]) -> list[dict[str, str]]:
    """`{% headings_of content.body as places %}`: the headings of blocks and their places."""
    return [
        {"name": block.value.heading, "place": block.place}
        for block in body
        if block.place and getattr(block.value, "heading", "")
    ]


@register.simple_tag
def contents_of(body: Sequence[Any]) -> list[dict[str, str]]:
    """`{% contents_of content.body as places %}`: the same, empty for a short page.

    That needs no list of contents.
    """
    found = headings_of(body)
    return found if len(found) >= FEWEST_CONTENTS else []


@register.simple_tag
def json_ld(seo: Seo) -> SafeString:
    """`{% json_ld seo %}`: return the page's structured data, one <script> for each item."""
    items = (
        item.model_dump_json(by_alias=True, exclude_none=True).translate(SCRIPT_ESCAPES)
        for item in seo.json_ld
    )
    return format_html_join(
        "\n",
        '<script type="application/ld+json">{}</script>',
        # The signs that could end the element are escaped.
        ((mark_safe(item),) for item in items),  # noqa: S308
    )


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> Frame | None:
    """`{% site_frame as frame %}`: return the menu, contact, crisis help and footer of a page.

    Without a page they are in the language of the path.
    """
    if lookup := context.get("lookup"):
        return build_frame(lookup.scope, lookup.locale)
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return None
    scope = PublicScope.for_request(request)
    locale = scope.locale(get_language())
    return build_frame(scope, locale) if locale else None
