"""Page type of the home page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from cms.content.models import BasePage
from cms.public.lookup import PublicLookup
from cms.public.schemas import Button
from cms.public.streams import public_stream

from ..blocks import BodyBlock
from ..schemas import HomeContent


class HomePage(BasePage):
    """The home page of one language: a hero, and a body of chosen content."""

    button_label = models.CharField(
        _("button label"),
        max_length=60,
        blank=True,
        help_text=_("The button below the introduction; leave empty for none."),
    )
    button_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of the button"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    public_type = "home"
    content_schema = HomeContent
    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]

    content_panels = [
        *BasePage.introduction_panels,
        MultiFieldPanel(
            [FieldPanel("button_label"), FieldPanel("button_page")], heading=_("Button")
        ),
        BasePage.image_panel,
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [
        *BasePage.api_fields,
        APIField("button_label", writable=True),
        APIField("button_page", writable=True),
        APIField("body", writable=True),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def clean(self) -> None:
        super().clean()
        if self.button_label and not self.button_page_id:
            raise ValidationError({"button_page": _("Choose the page that the button leads to.")})
        if self.button_page_id and not self.button_label:
            raise ValidationError({"button_label": _("Write what the button says.")})

    def public_content(self, lookup: PublicLookup) -> HomeContent:
        target = lookup.page_link(self.button_page_id)
        return HomeContent(
            **self.base_content(lookup),
            button=Button(label=self.button_label, target=target) if target else None,
            body=public_stream(self.body, lookup),
        )
