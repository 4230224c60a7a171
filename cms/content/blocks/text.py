"""Blocks of running text: section, quote and callout, and the fields that other blocks share."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks

from cms.core.visible_text import is_visible
from cms.public.lookup import PublicLookup
from cms.public.rich_text import (
    SECTION_FEATURES,
    TEXT_FEATURES,
    has_headings,
    plain_text,
    validate_heading_order,
)
from cms.public.schemas import PublicSchema, RichText
from cms.public.streams import PublicBlock

# Of blocks that can be without one.
OptionalHeading = Annotated[str, Field(description="Empty for a block without a heading.")]


class HeadingBlock(blocks.CharBlock):
    """The heading of a block; on the page it is always of the second level."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "label": _("Heading"),
                "max_length": 120,
                "help_text": _("Short and clear."),
                **kwargs,
            }
        )


class OptionalHeadingBlock(HeadingBlock):
    """The heading of a block that a page can also show without one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "required": False,
                "default": "",
                "help_text": _("Short and clear. Leave empty for a block without a heading."),
                **kwargs,
            }
        )


class OptionalTextBlock(blocks.RichTextBlock):
    """Rich text that can be left empty, and is stored as an empty string then."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "default": "", "features": TEXT_FEATURES, **kwargs})

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        # An editor without words stores an empty paragraph.
        return value if is_visible(plain_text(value.source or "")) else self.normalize("")


class SectionText(blocks.RichTextBlock):
    """Rich text below a block's heading, with subheadings whose levels are in order."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        validate_heading_order(value.source, below=2)
        return value


class SectionValue(PublicSchema):
    heading: OptionalHeading
    text: RichText


class SectionBlock(PublicBlock, blocks.StructBlock):
    heading = OptionalHeadingBlock()
    text = SectionText(features=SECTION_FEATURES, label=_("Text"))

    public_schema = SectionValue

    class Meta:
        icon = "doc-full"
        label = _("Section")
        description = _("Running text, with a heading over it where it begins something new.")
        template = "blocks/section.html"
        preview_value = {
            "heading": _("What happens in a session?"),
            "text": _("You begin with what matters most to you right now."),
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not value["heading"] and has_headings(value["text"].source):
            # Otherwise they would be below the heading of the block before, or skip a level.
            message = _("Write a heading for the section, since its text has subheadings.")
            raise blocks.StructBlockValidationError(
                block_errors={"heading": ValidationError(message)}
            )
        return value

    def public_value(self, value: Any, lookup: PublicLookup) -> SectionValue:
        return SectionValue(heading=value["heading"] or "", text=lookup.rich_text(value["text"]))


class QuoteValue(PublicSchema):
    text: str
    attribution: str


class QuoteBlock(PublicBlock, blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"), help_text=_("Without quotation marks."))
    attribution = blocks.CharBlock(
        label=_("Who says it"),
        required=False,
        default="",
        max_length=120,
        help_text=_("Never anything that tells who a patient is."),
    )

    public_schema = QuoteValue

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's own words.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("It helped to put it into words."),
            "attribution": _("Someone who has been in therapy"),
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> QuoteValue:
        return QuoteValue(text=value["text"], attribution=value["attribution"] or "")


class CalloutValue(PublicSchema):
    tone: str
    heading: str
    text: RichText


class CalloutBlock(PublicBlock, blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        choices=[("info", _("Good to know")), ("important", _("Important"))],
        default="info",
        label=_("Tone"),
    )
    heading = HeadingBlock()
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))

    public_schema = CalloutValue

    class Meta:
        icon = "warning"
        label = _("Callout")
        description = _("A box that stands out from the text.")
        template = "blocks/callout.html"
        preview_value = {
            "tone": "info",
            "heading": _("Good to know"),
            "text": _("You can always say when something does not feel right."),
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> CalloutValue:
        return CalloutValue(
            tone=value["tone"] or "info",
            heading=value["heading"],
            text=lookup.rich_text(value["text"]),
        )
