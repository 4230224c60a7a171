"""Blocks of text: section, steps, key points, list, quote and callout."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.public.lookup import PublicLookup
from cms.public.rich_text import (
    INLINE_FEATURES,
    SECTION_FEATURES,
    TEXT_FEATURES,
    validate_heading_order,
)
from cms.public.schemas import PublicSchema, RichText
from cms.public.streams import PublicBlock


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


class SectionText(blocks.RichTextBlock):
    """Rich text below a block's heading, with subheadings whose levels are in order."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        validate_heading_order(value.source, below=2)
        return value


class SectionValue(PublicSchema):
    heading: str
    text: RichText


class SectionBlock(PublicBlock, blocks.StructBlock):
    heading = HeadingBlock()
    text = SectionText(features=SECTION_FEATURES, label=_("Text"))

    public_schema = SectionValue

    class Meta:
        icon = "doc-full"
        label = _("Section")
        description = _("A heading and running text.")
        template = "blocks/section.html"
        preview_value = {
            "heading": _("What happens in a session?"),
            "text": _("You begin with what matters most to you right now."),
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> SectionValue:
        return SectionValue(heading=value["heading"], text=lookup.rich_text(value["text"]))


class Step(PublicSchema):
    title: str
    text: RichText


class StepsValue(PublicSchema):
    heading: str
    items: list[Step]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(PublicBlock, blocks.StructBlock):
    heading = HeadingBlock()
    items = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    public_schema = StepsValue

    class Meta:
        icon = "list-ol"
        label = _("Numbered steps")
        description = _("Things that come one after the other, each with a title and a text.")
        template = "blocks/steps.html"
        preview_value = {
            "heading": _("How it works"),
            "items": [
                {"title": _("Assessment"), "text": _("You look at the situation together.")},
                {"title": _("Work"), "text": _("You work on what you have chosen.")},
            ],
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> StepsValue:
        return StepsValue(
            heading=value["heading"],
            items=[
                Step(title=item["title"], text=lookup.rich_text(item["text"]))
                for item in value["items"]
            ],
        )


class KeyPoint(PublicSchema):
    term: str
    description: RichText


class KeyPointsValue(PublicSchema):
    heading: str
    items: list[KeyPoint]


class KeyPointBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Term"), max_length=120)
    description = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Description"))

    class Meta:
        icon = "tag"
        label = _("Key point")


class KeyPointsBlock(PublicBlock, blocks.StructBlock):
    heading = HeadingBlock()
    items = blocks.ListBlock(KeyPointBlock(), label=_("Key points"), min_num=1)

    public_schema = KeyPointsValue

    class Meta:
        icon = "tag"
        label = _("Key points")
        description = _("Terms, each with a short description.")
        template = "blocks/key_points.html"
        preview_value = {
            "heading": _("What sets it apart"),
            "items": [{"term": _("Time-limited"), "description": _("The end is known.")}],
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> KeyPointsValue:
        return KeyPointsValue(
            heading=value["heading"],
            items=[
                KeyPoint(term=item["term"], description=lookup.rich_text(item["description"]))
                for item in value["items"]
            ],
        )


class ListValue(PublicSchema):
    heading: str
    items: list[str]


class BulletListBlock(PublicBlock, blocks.StructBlock):
    heading = HeadingBlock()
    items = blocks.ListBlock(
        blocks.CharBlock(label=_("Item"), max_length=300), label=_("Items"), min_num=1
    )

    public_schema = ListValue

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("Short items under a heading.")
        template = "blocks/list.html"
        preview_value = {
            "heading": _("What it helps with"),
            "items": [_("Low mood"), _("Worry")],
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> ListValue:
        return ListValue(heading=value["heading"], items=list(value["items"]))


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
