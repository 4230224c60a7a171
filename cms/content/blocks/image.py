"""Block of an image with a caption."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from cms.public.lookup import PublicLookup
from cms.public.schemas import Image, PublicSchema
from cms.public.streams import PublicBlock
from cms.upstream.admin_views import versioned_static
from cms.upstream.block_forms import StructBlockAdapter, register

from ..image_descriptions import SCRIPT, description_offer
from ..validation import alt_text_errors


class ImageValue(PublicSchema):
    image: Image
    caption: str


class FigureBlock(PublicBlock, blocks.StructBlock):
    """An image, its text alternative in the page's language, and a caption."""

    image = ImageChooserBlock(label=_("Image"))
    alt_text = blocks.CharBlock(
        label=_("Text alternative"),
        required=False,
        default="",
        max_length=250,
        help_text=_("What the image shows, for those who cannot see it."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Decorative"),
        required=False,
        help_text=_("Mark an image that says nothing the text does not; it needs no alternative."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, default="", max_length=250)

    public_schema = ImageValue

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with a text alternative.")
        template = "blocks/image.html"

    def get_preview_value(self) -> Any:
        image = get_image_model().objects.filter(fault=None).first()
        return self.to_python(
            {
                "image": image and image.pk,
                "alt_text": "",
                "decorative": True,
                "caption": gettext("A calm place to talk"),
            }
        )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        errors = alt_text_errors(
            value["alt_text"], value["decorative"], fields=("alt_text", "decorative")
        )
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value

    def public_value(self, value: Any, lookup: PublicLookup) -> ImageValue | None:
        chosen = value["image"]
        image = lookup.image(
            chosen and chosen.pk, alt=value["alt_text"] or "", decorative=bool(value["decorative"])
        )
        return ImageValue(image=image, caption=value["caption"] or "") if image else None


class FigureBlockAdapter(StructBlockAdapter):
    """Offers the description of the image as its text alternative, on pages in its language."""

    js_constructor = "samtal.blocks.Figure"

    def js_args(self, block: blocks.StructBlock) -> list[Any]:
        *others, meta = super().js_args(block)
        return [*others, {**meta, "description": description_offer()}]

    @cached_property
    def media(self) -> forms.Media:
        own = [versioned_static(name) for name in (SCRIPT, "content/figure_block.js")]
        return super().media + forms.Media(js=own)


register(FigureBlockAdapter(), FigureBlock)
