"""Page type for free content: contact, privacy, accessibility."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from cms.content.models import BasePage
from cms.public.lookup import PublicLookup
from cms.public.streams import public_stream

from ..blocks import BodyBlock
from ..schemas import ContentPageContent


class ContentPage(BasePage):
    """A page of free content."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    public_type = "content"
    content_schema = ContentPageContent
    template = "pages/content_page.html"
    parent_page_types = ["pages.HomePage", "pages.ContentPage"]
    subpage_types = ["pages.ContentPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body", writable=True)]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")

    def public_content(self, lookup: PublicLookup) -> ContentPageContent:
        return ContentPageContent(
            **self.base_content(lookup), body=public_stream(self.body, lookup)
        )
