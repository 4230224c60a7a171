"""Rich text: Wagtail's readers of stored HTML and the formats in which its APIs give it.

From `wagtail.rich_text.rewriters`, `wagtail.rich_text` and `wagtail.api.rich_text`, Wagtail 8.0.
Documented are handlers for links and embeds, which the rewriters call one by one with a query for
each; we find all references of a page first. `APIRichText` has no setting or hook for one format.
"""

from collections.abc import Callable
from re import Pattern
from typing import Any

from wagtail.api.rich_text import APIRichText
from wagtail.rich_text import get_text_for_indexing
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

# Matches an `<embed …/>` of stored rich text: an image or a video.
EMBED_TAG: Pattern[str] = FIND_EMBED_TAG


def tag_attributes(attributes: str) -> dict[str, str]:
    """Return the attributes of a tag in stored rich text, unescaped.

    Takes what stands between the tag's name and its end.
    """
    found: dict[str, str] = extract_attrs(attributes)
    return found


def text_of_html(html: str) -> str:
    """Return the text of rich text without tags and entities, with spaces between blocks."""
    text: str = get_text_for_indexing(html)
    return text


def serialize_rich_text(html: str, output_format: str) -> str:
    """Return stored rich text in one of the formats of Wagtail's APIs, such as `db_html`."""
    return str(APIRichText.serialize(html, format=output_format))


def replace_html_format(serialize: Callable[..., str]) -> None:
    """Let Wagtail's APIs call `serialize(value, **kwargs)` for the format `html`."""
    _ = APIRichText._serialize_html  # AttributeError where upstream has renamed it
    replacement: Any = staticmethod(serialize)
    APIRichText._serialize_html = replacement
