"""Defines the features of rich text, checks its headings, and converts it to other forms."""

import re

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from markdownify import markdownify

from cms.core.visible_text import is_visible
from cms.upstream.rich_text import text_of_html

INLINE_FEATURES = ["bold", "italic", "link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ul", "ol", "document-link"]
SECTION_FEATURES = ["h3", "h4", *TEXT_FEATURES]

HEADING = re.compile(r"^h[1-6]$")
# The name and the attributes of a tag that is not a link; a value may hold any sign but its quote.
TAG = re.compile(r"""<(?!a\b)([a-z][a-z0-9]*)\s(?:"[^"]*"|'[^']*'|[^"'>])*?(/?)>""", re.IGNORECASE)
PARAGRAPH = re.compile(r"<(p|li|h\d)\b[^>]*>(.*?)</\1>", re.DOTALL)
# Not after "t.ex.", "e.g." and other abbreviations.
NEXT_SENTENCE = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][”’»)]))(?<!\.\w\.)(?<!\.\w\w\.)(?<!\bca\.)(?<!\bnr\.)(?<!\b[DM]r\.)"
    r"\s+(?=[“”‘’(]?[A-ZÅÄÖ0-9])"
)
SENTENCE_SIGNS = (".", "!", "?", "…", ":")


def validate_heading_order(html: str, *, below: int) -> None:
    """Check that no heading level is skipped, for readers who move by headings.

    Takes database rich text and the level of the heading above it; raises ValidationError
    that names the heading. One without words is refused as well. Rule: WCAG 2.2, technique H42.
    """
    level = below
    for heading in BeautifulSoup(html, "html.parser").find_all(HEADING):
        found = int(heading.name[1])
        if not is_visible(heading.get_text()):
            raise ValidationError(_("A heading is empty: write it, or make it a paragraph."))
        if found > level + 1:
            raise ValidationError(
                _("The heading “%(heading)s” skips a level: use “Heading %(expected)d” for it.")
                % {"heading": heading.get_text(), "expected": level + 1}
            )
        level = found


def has_headings(html: str) -> bool:
    """Return whether rich text has headings of its own."""
    return BeautifulSoup(html or "", "html.parser").find(HEADING) is not None


def without_attributes(html: str) -> str:
    """Remove the attributes of every tag but links.

    No feature of the editor writes an attribute that readers need: attributes are the editor's own,
    such as `data-block-key`, or come from pasted or imported text.
    """
    return TAG.sub(r"<\1\2>", html)


def plain_text(html: str) -> str:
    """Return the text of rich text on one line, without markup."""
    return re.sub(r"\s+", " ", text_of_html(html)).strip()


def markdown(html: str) -> str:
    """Convert finished HTML to CommonMark; escapes characters that Markdown would interpret."""
    return markdownify(html, heading_style="ATX", bullets="-", escape_misc=True).strip()


def opening(html: str, length: int) -> str:
    """Return the first whole sentences of rich text as plain text.

    At least one sentence, and as many as fit into `length` characters. A paragraph or a list item
    ends a sentence.
    """
    paragraphs = [text for _tag, text in PARAGRAPH.findall(html)] or [html]
    found = ""
    for sentence in (s for text in paragraphs for s in NEXT_SENTENCE.split(plain_text(text)) if s):
        if not sentence.rstrip("”’»)").endswith(SENTENCE_SIGNS):
            sentence += "."
        if found and len(found) + 1 + len(sentence) > length:
            break
        found = f"{found} {sentence}".strip()
    return found


def excerpt(html: str, length: int) -> str:
    """Return the text of rich text, cut to at most `length` characters."""
    return Truncator(plain_text(html)).chars(length)
