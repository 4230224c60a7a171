"""Page type of a self-test, and the call to action that leads to one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content.clinical_review import ClinicalContent, ClinicalPage
from cms.content.models import BasePage, BaseSnippet
from cms.content.staleness import STALENESS_FIELDS, Weight
from cms.content.validation import target_errors
from cms.public.lookup import PublicLookup
from cms.public.rich_text import TEXT_FEATURES
from cms.public.schemas import Button, UrlLink

from ..blocks import SelfTestCallToActionValue
from ..schemas import SelfTestContent

validate_https = URLValidator(schemes=["https"], message=_("The address must begin with https://."))


class SelfTestPage(ClinicalPage, BasePage):
    """A page that explains a self-test: its purpose, the use of answers, and help in a crisis."""

    about = RichTextField(
        _("what the test is"),
        features=TEXT_FEATURES,
        help_text=_("What it asks about, how long it takes, and that it gives no diagnosis."),
    )
    answers = RichTextField(
        _("what happens with the answers"),
        features=TEXT_FEATURES,
        help_text=_("Nothing a visitor answers is stored: say so in plain words."),
    )
    getting_started = RichTextField(_("how to start"), features=TEXT_FEATURES)
    start_button_label = models.CharField(
        _("button label"),
        max_length=60,
        blank=True,
        help_text=_("Shown where there is an address."),
    )
    start_url = models.URLField(
        _("address of the test"),
        blank=True,
        validators=[validate_https],
        help_text=_("Where the test itself is; it must begin with https://."),
    )
    crisis = RichTextField(
        _("where to turn in a crisis"),
        features=TEXT_FEATURES,
        help_text=_("The crisis help of the whole site is shown as well."),
    )

    machine_translation_allowed = False
    public_type = "self_test"
    default_change_weight = Weight.MEANING
    content_schema = SelfTestContent
    template = "pages/self_test_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("about"),
        FieldPanel("answers"),
        FieldPanel("getting_started"),
        MultiFieldPanel(
            [FieldPanel("start_button_label"), FieldPanel("start_url")], heading=_("Button")
        ),
        FieldPanel("crisis"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("about"),
        index.SearchField("answers"),
        index.SearchField("getting_started"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("about", writable=True),
        APIField("answers", writable=True),
        APIField("getting_started", writable=True),
        APIField("start_button_label", writable=True),
        APIField("start_url", writable=True),
        APIField("crisis", writable=True),
    ]

    class Meta:
        verbose_name = _("self-test page")
        verbose_name_plural = _("self-test pages")

    def clean(self) -> None:
        super().clean()
        if self.start_url and not self.start_button_label:
            raise ValidationError({"start_button_label": _("Write what the button says.")})

    def public_content(self, lookup: PublicLookup) -> SelfTestContent:
        return SelfTestContent(
            **self.base_content(lookup),
            about=lookup.rich_text(self.about),
            answers=lookup.rich_text(self.answers),
            getting_started=lookup.rich_text(self.getting_started),
            start_button=Button(label=self.start_button_label, target=UrlLink(url=self.start_url))
            if self.start_url
            else None,
            crisis=lookup.rich_text(self.crisis),
            review=self.public_review(),
        )


class SelfTestCallToAction(ClinicalContent, BaseSnippet):
    """An invitation to a self-test, written once and used on many pages."""

    heading = models.CharField(_("heading"), max_length=120)
    text = RichTextField(
        _("text"),
        features=TEXT_FEATURES,
        help_text=_("A gentle invitation: no right or wrong answers, and never a diagnosis."),
    )
    button_label = models.CharField(_("button label"), max_length=60)
    target_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page of this site that the button leads to."),
    )
    target_url = models.URLField(
        _("address"),
        blank=True,
        help_text=_("Instead of a page: an address that begins with https://."),
    )

    machine_translation_allowed = False

    panels = [
        *BaseSnippet.first_panels,
        FieldPanel("heading"),
        FieldPanel("text"),
        FieldPanel("button_label"),
        MultiFieldPanel([FieldPanel("target_page"), FieldPanel("target_url")], heading=_("Target")),
    ]
    search_fields = [
        index.SearchField("heading"),
        index.AutocompleteField("heading"),
        index.SearchField("text"),
        index.FilterField("locale"),
    ]
    api_fields = [
        APIField("heading", writable=True),
        APIField("text", writable=True),
        APIField("button_label", writable=True),
        APIField("target_page", writable=True),
        APIField("target_url", writable=True),
        *(APIField(name) for name in STALENESS_FIELDS),
    ]

    default_change_weight = Weight.MEANING

    class Meta(BaseSnippet.Meta):
        verbose_name = _("self-test call to action")
        verbose_name_plural = _("self-test calls to action")
        ordering = ["heading"]

    def __str__(self) -> str:
        return self.heading

    def clean(self) -> None:
        super().clean()
        errors = target_errors(
            self.target_page_id,
            self.target_url,
            fields=("target_page", "target_url"),
            schemes=("https",),
        )
        if errors:
            raise ValidationError(errors)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/self_test_cta_preview.html"

    def public_value(self, lookup: PublicLookup) -> SelfTestCallToActionValue | None:
        target = lookup.target(self.target_page_id, self.target_url)
        if target is None:
            return None
        return SelfTestCallToActionValue(
            heading=self.heading,
            text=lookup.rich_text(self.text),
            button_label=self.button_label,
            target=target,
            **dict(self.public_staleness),
        )
