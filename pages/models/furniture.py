"""Snippet of the site furniture: crisis help, contact and footer on every page of a language."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField

from cms.content.models import BaseSnippet
from cms.public.contact_links import digits_of, validate_phone
from cms.public.lookup import PublicLookup
from cms.public.rich_text import TEXT_FEATURES
from cms.public.streams import public_items

from ..frame_schemas import (
    CRISIS_LEVELS,
    Contact,
    CrisisContact,
    CrisisHelp,
    CrisisLevel,
    Furniture,
)

# Of the European Union.
EMERGENCY_NUMBER: Final = "112"


class CrisisContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=80)
    description = blocks.CharBlock(label=_("When to turn there"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("How urgent"),
        choices=[
            ("emergency", _("Danger to life: stands first and loudest")),
            ("urgent", _("Help to talk to now")),
            ("support", _("Other help")),
        ],
        required=False,
        help_text=_("Left empty, 112 is for danger to life, and any other number for help now."),
    )
    phone = blocks.CharBlock(
        label=_("Phone number"),
        required=False,
        default="",
        max_length=30,
        help_text=_("As people say it."),
        validators=[validate_phone],
    )
    text_number = blocks.CharBlock(
        label=_("Number for text messages"),
        required=False,
        default="",
        max_length=30,
        help_text=_("For those who cannot phone."),
        validators=[validate_phone],
    )
    chat_url = blocks.URLBlock(
        label=_("Address of the chat"),
        required=False,
        default="",
        help_text=_("For those who cannot phone."),
    )
    url = blocks.URLBlock(label=_("Website"), required=False, default="")
    is_for_young = blocks.BooleanBlock(
        label=_("Especially for the young"), required=False, default=False
    )

    class Meta:
        icon = "warning"
        label = _("Crisis contact")


def _crisis_contact(child: Any) -> CrisisContact:
    value = child.value
    return CrisisContact(
        name=value["name"],
        description=value["description"],
        level=value["level"] or _level_by_number(value["phone"]),
        phone=value["phone"] if digits_of(value["phone"]) else None,
        text_number=value["text_number"] if digits_of(value["text_number"]) else None,
        chat_url=value["chat_url"] or None,
        url=value["url"] or None,
        is_for_young=value["is_for_young"],
    )


def _level_by_number(phone: str) -> CrisisLevel:
    number = digits_of(phone)
    if number == EMERGENCY_NUMBER:
        return "emergency"
    return "urgent" if number else "support"


class SiteFurniture(BaseSnippet):
    """Crisis help, contact and footer of one language."""

    crisis_heading = models.CharField(_("heading of the crisis help"), max_length=120)
    crisis_text = RichTextField(_("text of the crisis help"), features=TEXT_FEATURES)
    crisis_contacts = StreamField(
        [("contact", CrisisContactBlock())], verbose_name=_("crisis contacts"), blank=True
    )
    contact_heading = models.CharField(_("heading of the contact"), max_length=120)
    contact_text = RichTextField(_("text of the contact"), features=TEXT_FEATURES)
    contact_phone = models.CharField(
        _("phone number"), max_length=30, blank=True, validators=[validate_phone]
    )
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    footer_text = RichTextField(_("footer text"), features=TEXT_FEATURES)
    footer_pages = StreamField(
        [("page", blocks.PageChooserBlock(label=_("Page")))],
        verbose_name=_("pages in the footer"),
        blank=True,
    )

    override_translatable_fields = [
        *BaseSnippet.override_translatable_fields,
        SynchronizedField("contact_phone"),
    ]
    in_frame = True

    panels = [
        *BaseSnippet.first_panels,
        MultiFieldPanel(
            [
                FieldPanel("crisis_heading"),
                FieldPanel("crisis_text"),
                FieldPanel("crisis_contacts"),
            ],
            heading=_("Crisis help"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_heading"),
                FieldPanel("contact_text"),
                FieldPanel("contact_phone"),
                FieldPanel("contact_email"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("footer_pages"), FieldPanel("footer_text")], heading=_("Footer")
        ),
    ]

    class Meta(BaseSnippet.Meta):
        verbose_name = _("crisis help and footer")
        verbose_name_plural = _("crisis help and footer")
        constraints = [
            models.UniqueConstraint(
                fields=["locale"],
                name="one_furniture_per_locale",
                violation_error_message=_(
                    "This language already has its crisis help and footer: change that one."
                ),
            )
        ]

    def __str__(self) -> str:
        # Words of its own language: the history and the search keep it as it was when saved.
        return self.crisis_heading

    @property
    def has_crisis_help(self) -> bool:
        """Whether it names a telephone number that visitors can call."""
        numbers = public_items(self.crisis_contacts, lambda child: child.value["phone"])
        return any(map(digits_of, numbers))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/furniture_preview.html"

    def public_value(self, lookup: PublicLookup) -> Furniture:
        links = public_items(
            self.footer_pages, lambda child: lookup.page_link(child.value and child.value.pk)
        )
        return Furniture(
            crisis=CrisisHelp(
                **dict(self.public_staleness),
                heading=self.crisis_heading,
                text=lookup.rich_text(self.crisis_text),
                # The loudest first, and within a level as the editors have them.
                contacts=sorted(
                    public_items(self.crisis_contacts, _crisis_contact),
                    key=lambda contact: CRISIS_LEVELS.index(contact.level),
                ),
            ),
            contact=Contact(
                heading=self.contact_heading,
                text=lookup.rich_text(self.contact_text),
                phone=self.contact_phone or None,
                email=self.contact_email or None,
            ),
            footer_text=lookup.rich_text(self.footer_text),
            footer_links=[link for link in links if not link.is_fallback],
        )
