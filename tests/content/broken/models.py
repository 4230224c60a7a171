"""Page types, blocks and a snippet that each lack something."""

from django.db import models
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.content.blocks.text import QuoteBlock
from cms.content.models import BasePage, BaseSnippet
from cms.public.streams import PublicBlock, stream_schema
from pages.models import ContentPage


class MuteBlock(PublicBlock, CharBlock):
    class Meta:
        template = "blocks/quote.html"
        description = "Has no public schema, and the template of another block."


class BrokenBody(StreamBlock):
    mute = MuteBlock()
    plain = CharBlock()
    lost = QuoteBlock(template="blocks/lost.html")
    torn = QuoteBlock(template="blocks/torn.html")


class MuteBody(StreamBlock):
    mute = MuteBlock()


# As each app does for its bodies.
BrokenItem = stream_schema(BrokenBody())
MuteItem = stream_schema(MuteBody())


class Foreign(Page):
    pass


class Nameless(BasePage):
    content_schema = ContentPage.content_schema


class Shapeless(BasePage):
    public_type = "shapeless"


class Twin(BasePage):
    public_type = "home"
    content_schema = ContentPage.content_schema


class WithBlocks(BasePage):
    public_type = "with_blocks"
    content_schema = ContentPage.content_schema
    body = StreamField(BrokenBody())


class Unreachable(BaseSnippet):
    name = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.name
