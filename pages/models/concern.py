"""Snippet of concerns, by which visitors choose therapy methods."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.content.models import BaseSnippet
from cms.public.lookup import PublicLookup
from cms.public.nodes import naming_node
from cms.public.schemas import ConcernLabel

from ..schemas import ConcernValue


class Concern(BaseSnippet):
    """A reason for which a person seeks help, such as depression or grief."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("slug"), max_length=120, help_text=_("Part of addresses: small letters and hyphens.")
    )
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("One warm sentence in everyday words."),
    )

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of its own"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Where readers who choose the concern are led. Without one they get the methods that "
            "help with it."
        ),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Concerns with lower numbers come first.")
    )

    panels = [
        *BaseSnippet.first_panels,
        TitleFieldPanel("name", placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("description"),
        PageChooserPanel("page", "pages.ConcernPage"),
        FieldPanel("position"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("description"),
        index.FilterField("locale"),
    ]
    api_fields = [
        APIField("name", writable=True),
        APIField("slug", writable=True),
        APIField("description", writable=True),
        APIField("page", writable=True),
    ]

    is_taxonomy = True
    words_on_pages = frozenset({"name"})
    # A concern's page lists the methods for every concern that leads to it.
    listed_on = ("pages.ConcernPage", "pages.ConcernIndexPage")

    class Meta(BaseSnippet.Meta):
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="concern_slug_per_locale")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        model = self.page.specific_class if self.page else None
        if model is not None and getattr(model, "public_type", "") != "concern_page":
            raise ValidationError({"page": _("Choose a page about a concern.")})

    def listed_on_q(self, lister: type[models.Model]) -> models.Q:
        """Match the page of its own among the pages of concerns, and each index of them."""
        if lister._meta.model_name != "concernpage":
            return super().listed_on_q(lister)
        return models.Q(translation_key=self.page.translation_key if self.page else None)

    def nodes_of_lists(self) -> set[str]:
        """Return the node of the concerns that lead to the page of its own."""
        return {naming_node(self.page.translation_key, self.locale_id)} if self.page else set()

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/concern_preview.html"

    def public_label(self, lookup: PublicLookup) -> ConcernLabel:
        """Return the name, and the path of the page of its own in the readers' language."""
        link = lookup.page_link(self.page_id)
        path = link.path if link and not link.is_fallback else None
        return ConcernLabel(id=self.public_id, slug=self.slug, name=self.name, path=path)

    def public_value(self, lookup: PublicLookup) -> ConcernValue:
        return ConcernValue(**dict(self.public_label(lookup)), description=self.description)
