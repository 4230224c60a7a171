"""Block of the contact call to action."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.public.lookup import PublicLookup
from cms.public.rich_text import TEXT_FEATURES
from cms.public.schemas import Link, PublicSchema, RichText
from cms.public.streams import PublicBlock

from ..validation import target_errors
from .text import CalloutValue, HeadingBlock

CONTACT_SCHEMES = ("https", "mailto", "tel")


class ContactCallToActionValue(PublicSchema):
    heading: str
    text: RichText
    button_label: str
    target: Link


class AddressBlock(blocks.URLBlock):
    """A URL with any scheme.

    Like every URL it is the same in all languages, unless a translator overrides it.
    """

    def __init__(self, *, required: bool, max_length: int, help_text: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field = forms.CharField(required=required, max_length=max_length, help_text=help_text)


def button_page() -> blocks.PageChooserBlock:
    """Return the field of the page that a block's button leads to."""
    return blocks.PageChooserBlock(
        label=_("Page"), required=False, help_text=_("The page that the button leads to.")
    )


def button_address() -> AddressBlock:
    """Return the field of the address that a block's button leads to instead of a page."""
    return AddressBlock(
        label=_("Address"),
        required=False,
        max_length=500,
        default="",
        help_text=_("Instead of a page: https://…, mailto:… or tel:…"),
    )


def button_errors(value: Any) -> dict[str, ValidationError]:
    """Return what is wrong with where a block's button leads: `page` or `url`, one of the two."""
    return target_errors(
        value["page"], value["url"], fields=("page", "url"), schemes=CONTACT_SCHEMES
    )


class ContactCallToActionBlock(PublicBlock, blocks.StructBlock):
    heading = HeadingBlock()
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"))
    button_label = blocks.CharBlock(
        label=_("Button label"),
        required=False,
        default="",
        max_length=60,
        help_text=_("Leave this and the target empty for a text without a button."),
    )
    page = button_page()
    url = button_address()

    public_schema = ContactCallToActionValue

    class Meta:
        icon = "mail"
        label = _("Contact call to action")
        description = _("Invites the reader to get in touch, with or without a button.")
        template = "blocks/contact_cta.html"
        preview_value = {
            "heading": _("Would you like to talk to us?"),
            "text": _("Get in touch and we will help you on."),
            "button_label": _("Book a session"),
            "page": None,
            "url": "mailto:boka@samtal.example",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if _has_no_button(value):
            return value
        errors = button_errors(value)
        if not value["button_label"]:
            errors["button_label"] = ValidationError(_("Write what the button says."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value

    def public_value(
        self, value: Any, lookup: PublicLookup
    ) -> ContactCallToActionValue | CalloutValue | None:
        """Return the invitation; one without a button is a callout.

        Front ends know since the first version of the API that each contact call to action has a
        button.
        """
        if _has_no_button(value):
            return CalloutValue(
                tone="info", heading=value["heading"], text=lookup.rich_text(value["text"])
            )
        page = value["page"]
        target = lookup.target(page and page.pk, value["url"])
        if target is None:
            return None
        return ContactCallToActionValue(
            heading=value["heading"],
            text=lookup.rich_text(value["text"]),
            button_label=value["button_label"] or "",
            target=target,
        )


def _has_no_button(value: Any) -> bool:
    return not (value["button_label"] or value["page"] or value["url"])
