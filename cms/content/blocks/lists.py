"""Blocks of several items: numbered steps, key points and list.

Each can have text before and after its items.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks

from cms.public.lookup import PublicLookup
from cms.public.rich_text import INLINE_FEATURES, TEXT_FEATURES
from cms.public.schemas import PublicSchema, RichText
from cms.public.streams import PublicBlock

from .text import OptionalHeading, OptionalHeadingBlock, OptionalTextBlock


class ItemsValue(PublicSchema):
    """Base of the values of blocks with items."""

    heading: OptionalHeading
    text_before: RichText | None = Field(description="Text between the heading and the items.")
    text_after: RichText | None = Field(description="Text below the items.")


TEXT_BEFORE: Final = {
    "label": _("Text before"),
    "help_text": _("Leads to the items. Can be left empty."),
}
TEXT_AFTER: Final = {
    "label": _("Text after"),
    "help_text": _("Follows the items. Can be left empty."),
}


def _around(value: Any, lookup: PublicLookup) -> dict[str, Any]:
    """Return the fields of an `ItemsValue`, by name."""
    return {
        "heading": value["heading"] or "",
        "text_before": lookup.optional_rich_text(value["text_before"]),
        "text_after": lookup.optional_rich_text(value["text_after"]),
    }


class Step(PublicSchema):
    title: str
    text: RichText


class StepsValue(ItemsValue):
    items: list[Step]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(PublicBlock, blocks.StructBlock):
    heading = OptionalHeadingBlock()
    text_before = OptionalTextBlock(**TEXT_BEFORE)
    items = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)
    text_after = OptionalTextBlock(**TEXT_AFTER)

    public_schema = StepsValue

    class Meta:
        icon = "list-ol"
        label = _("Numbered steps")
        description = _("Things that come one after the other, each with a title and a text.")
        template = "blocks/steps.html"
        preview_value = {
            "heading": _("How it works"),
            "text_before": _("You meet about once a week."),
            "items": [
                {"title": _("Assessment"), "text": _("You look at the situation together.")},
                {"title": _("Work"), "text": _("You work on what you have chosen.")},
            ],
            "text_after": _("You can say at any time what you would like to change."),
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> StepsValue:
        return StepsValue(
            **_around(value, lookup),
            items=[
                Step(title=item["title"], text=lookup.rich_text(item["text"]))
                for item in value["items"]
            ],
        )


class KeyPoint(PublicSchema):
    term: str
    description: RichText


class KeyPointsValue(ItemsValue):
    items: list[KeyPoint]


class KeyPointBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Term"), max_length=120)
    description = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Description"))

    class Meta:
        icon = "tag"
        label = _("Key point")


class KeyPointsBlock(PublicBlock, blocks.StructBlock):
    heading = OptionalHeadingBlock()
    text_before = OptionalTextBlock(**TEXT_BEFORE)
    items = blocks.ListBlock(KeyPointBlock(), label=_("Key points"), min_num=1)
    text_after = OptionalTextBlock(**TEXT_AFTER)

    public_schema = KeyPointsValue

    class Meta:
        icon = "tag"
        label = _("Key points")
        description = _("Terms, each with a short description.")
        template = "blocks/key_points.html"
        preview_value = {
            "heading": _("What sets it apart"),
            "text_before": _("In this method:"),
            "items": [{"term": _("Time-limited"), "description": _("The end is known.")}],
            "text_after": _("Your therapist tells you more when you meet."),
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> KeyPointsValue:
        return KeyPointsValue(
            **_around(value, lookup),
            items=[
                KeyPoint(term=item["term"], description=lookup.rich_text(item["description"]))
                for item in value["items"]
            ],
        )


class ListValue(ItemsValue):
    items: list[str]


class BulletListBlock(PublicBlock, blocks.StructBlock):
    heading = OptionalHeadingBlock()
    text_before = OptionalTextBlock(**TEXT_BEFORE)
    items = blocks.ListBlock(
        blocks.CharBlock(label=_("Item"), max_length=300), label=_("Items"), min_num=1
    )
    text_after = OptionalTextBlock(**TEXT_AFTER)

    public_schema = ListValue

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("Short items, with text before and after them where it is needed.")
        template = "blocks/list.html"
        preview_value = {
            "heading": _("What it helps with"),
            "text_before": _("Many people come because of:"),
            "items": [_("Low mood"), _("Worry")],
            "text_after": _("You do not need a diagnosis to get help."),
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> ListValue:
        return ListValue(**_around(value, lookup), items=list(value["items"]))
