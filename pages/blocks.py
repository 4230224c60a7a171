"""Blocks that only this site has, and the body of all blocks."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Locale, Page
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.blocks.choosing import ChoicesBlock
from cms.content.blocks.contact import ContactCallToActionBlock
from cms.content.blocks.image import FigureBlock
from cms.content.blocks.lists import BulletListBlock, KeyPointsBlock, StepsBlock
from cms.content.blocks.sources import SourcesBlock
from cms.content.blocks.text import CalloutBlock, HeadingBlock, QuoteBlock, SectionBlock
from cms.public.lookup import PublicLookup
from cms.public.schemas import Link, PageSummary, PublicSchema, RichText, Staleness
from cms.public.streams import PublicBlock
from faq.blocks import FaqListBlock


class SelfTestCallToActionValue(Staleness):
    heading: str
    text: RichText
    button_label: str
    target: Link


class SelfTestCallToActionBlock(PublicBlock, blocks.StructBlock):
    cta = SnippetChooserBlock("pages.SelfTestCallToAction", label=_("Self-test call to action"))

    public_schema = SelfTestCallToActionValue

    class Meta:
        icon = "clipboard-list"
        label = _("Self-test call to action")
        description = _("Invites the reader to a self-test; written once, used on many pages.")
        template = "blocks/self_test_cta.html"

    def get_preview_value(self) -> Any:
        model = self.child_blocks["cta"].target_model
        example = model.objects.filter(live=True, locale=Locale.get_active()).first()
        return self.to_python({"cta": example and example.pk})

    def public_value(self, value: Any, lookup: PublicLookup) -> SelfTestCallToActionValue | None:
        chosen = value["cta"]
        snippet = lookup.snippet(type(chosen), chosen.pk) if chosen else None
        return snippet.public_value(lookup) if snippet else None


class RelatedMethodsValue(PublicSchema):
    heading: str
    methods: list[PageSummary]


class RelatedMethodsBlock(PublicBlock, blocks.StructBlock):
    heading = HeadingBlock()
    methods = ChoicesBlock(
        blocks.PageChooserBlock("pages.TherapyMethodPage", label=_("Therapy method")),
        label=_("Therapy methods"),
        min_num=1,
    )

    public_schema = RelatedMethodsValue

    class Meta:
        icon = "group"
        label = _("Related methods")
        description = _("Cards that lead to other therapy methods.")
        template = "blocks/related_methods.html"

    def get_preview_value(self) -> Any:
        methods = Page.objects.live().filter(
            content_type__model="therapymethodpage", locale=Locale.get_active()
        )[:2]
        return self.to_python(
            {"heading": str(_("Related methods")), "methods": [page.pk for page in methods]}
        )

    def public_value(self, value: Any, lookup: PublicLookup) -> RelatedMethodsValue | None:
        found = (lookup.summary(page.pk) for page in value["methods"] if page)
        # As in a list of questions.
        methods = list({summary.id: summary for summary in found if summary}.values())
        return RelatedMethodsValue(heading=value["heading"], methods=methods) if methods else None


class BodyBlock(blocks.StreamBlock):
    """All blocks that a page's body can contain."""

    section = SectionBlock(group=_("Text"))
    steps = StepsBlock(group=_("Text"))
    key_points = KeyPointsBlock(group=_("Text"))
    list = BulletListBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    callout = CalloutBlock(group=_("Text"))
    sources = SourcesBlock(group=_("Text"))
    image = FigureBlock(group=_("Media"))
    faq_list = FaqListBlock(group=_("Shared content"))
    self_test_cta = SelfTestCallToActionBlock(group=_("Shared content"))
    related_methods = RelatedMethodsBlock(group=_("Shared content"))
    contact_cta = ContactCallToActionBlock(group=_("Shared content"))
