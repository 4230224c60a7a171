"""Block of the sources that a text about health rests on."""

from typing import Any

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks

from cms.public.lookup import PublicLookup
from cms.public.schemas import PublicSchema
from cms.public.streams import PublicBlock

from .text import HeadingBlock

EARLIEST, LATEST = 1800, 2100


class Source(PublicSchema):
    author: str = Field(description="The person or organisation behind it.")
    title: str
    year: int | None
    url: str | None = Field(description="An http: or https: address.")


class SourcesValue(PublicSchema):
    heading: str
    items: list[Source]


class SourceBlock(blocks.StructBlock):
    author = blocks.CharBlock(
        label=_("Who"),
        max_length=150,
        help_text=_("The person or organisation behind it."),
    )
    title = blocks.CharBlock(
        label=_("What"),
        max_length=250,
        help_text=_("The title of the guideline, study or book, as it is written there."),
    )
    year = blocks.IntegerBlock(
        label=_("Year"), required=False, min_value=EARLIEST, max_value=LATEST
    )
    url = blocks.URLBlock(
        label=_("Address"),
        required=False,
        default="",
        max_length=500,
        help_text=_("Where it can be read; it must begin with https:// or http://."),
        validators=[
            URLValidator(
                schemes=["https", "http"],
                message=_("The address must begin with https:// or http://."),
            )
        ],
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Source")


class SourcesBlock(PublicBlock, blocks.StructBlock):
    """A heading and a list of sources; year and address are the same in all languages."""

    heading = HeadingBlock(help_text=_("Such as “Sources”."))
    items = blocks.ListBlock(SourceBlock(), label=_("Sources"), min_num=1)

    public_schema = SourcesValue

    class Meta:
        icon = "doc-full-inverse"
        label = _("Sources")
        description = _("What the text rests on: who says it, where and when.")
        template = "blocks/sources.html"
        preview_value = {
            "heading": _("Sources"),
            "items": [
                {
                    "author": _("An organisation"),
                    "title": _("A guideline"),
                    "year": 2025,
                    "url": "https://www.example.org/",
                }
            ],
        }

    def public_value(self, value: Any, lookup: PublicLookup) -> SourcesValue:
        return SourcesValue(
            heading=value["heading"],
            items=[
                Source(
                    author=item["author"],
                    title=item["title"],
                    year=item["year"],
                    url=item["url"] or None,
                )
                for item in value["items"]
            ],
        )
