"""Rich text: what editors may use, whether its headings are in order, and its other forms."""

import re

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from markdownify import markdownify
from wagtail.rich_text import get_text_for_indexing

INLINE_FEATURES = ["bold", "italic", "link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ul", "ol", "document-link"]
SECTION_FEATURES = ["h3", "h4", *TEXT_FEATURES]

HEADING = re.compile(r"^h[1-6]$")
# The name and the attributes of a tag that is not a link; a value may hold any sign but its quote.
TAG = re.compile(r"""<(?!a\b)([a-z][a-z0-9]*)\s(?:"[^"]*"|'[^']*'|[^"'>])*?(/?)>""", re.IGNORECASE)


def validate_heading_order(html: str, *, below: int) -> None:
    """Check that no heading level is skipped, for readers who move by headings.

    Takes database rich text and the level of the heading above it; raises ValidationError
    that names the heading. Rule: WCAG 2.2, technique H42.
    """
    level = below
    for heading in BeautifulSoup(html, "html.parser").find_all(HEADING):
        found = int(heading.name[1])
        if found > level + 1:
            raise ValidationError(
                _("The heading “%(heading)s” skips a level: use “Heading %(expected)d” for it.")
                % {"heading": heading.get_text(), "expected": level + 1}
            )
        level = found


def without_attributes(html: str) -> str:
    """Remove the attributes of every tag but links.

    None of the features above writes one that readers need. What there is belongs to the editor,
    such as `data-block-key`, or came with pasted or imported text.
    """
    return TAG.sub(r"<\1\2>", html)


def plain_text(html: str) -> str:
    """The words of rich text on one line, without markup."""
    return re.sub(r"\s+", " ", get_text_for_indexing(html)).strip()


def markdown(html: str) -> str:
    """Finished HTML as CommonMark; signs that Markdown would read as markup are escaped."""
    return markdownify(html, heading_style="ATX", bullets="-", escape_misc=True).strip()


def excerpt(html: str, length: int) -> str:
    """At most `length` characters of the words of rich text."""
    return Truncator(plain_text(html)).chars(length)
