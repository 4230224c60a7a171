"""Block of chosen questions for the body of any page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.models import Locale
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.blocks.choosing import ChoicesBlock
from cms.content.blocks.text import OptionalHeadingBlock
from cms.public.lookup import PublicLookup
from cms.public.streams import PublicBlock

from .models import FaqEntry
from .schemas import FaqListValue


class FaqListBlock(PublicBlock, blocks.StructBlock):
    heading = OptionalHeadingBlock()
    entries = ChoicesBlock(
        SnippetChooserBlock("faq.FaqEntry", label=pgettext_lazy("heading", "FAQ entry")),
        label=_("Questions"),
        min_num=1,
    )

    public_schema = FaqListValue

    class Meta:
        icon = "help"
        label = _("FAQ list")
        description = _("Chosen questions with answers that the reader opens.")
        template = "blocks/faq_list.html"

    def get_preview_value(self) -> Any:
        entries = FaqEntry.objects.filter(live=True, locale=Locale.get_active())[:3]
        return self.to_python(
            {"heading": str(_("Frequently asked questions")), "entries": [e.pk for e in entries]}
        )

    def public_value(self, value: Any, lookup: PublicLookup) -> FaqListValue | None:
        found = (lookup.snippet(FaqEntry, entry.pk) for entry in value["entries"] if entry)
        # Stored before it was refused, or chosen in two languages: readers see it once.
        shown = {entry.pk: entry for entry in found if entry}
        entries = [entry.public_value(lookup) for entry in shown.values()]
        return FaqListValue(heading=value["heading"] or "", entries=entries) if entries else None
