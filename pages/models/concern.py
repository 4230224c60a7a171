"""Snippet of concerns, by which visitors choose therapy methods."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.content.models import BaseSnippet
from cms.public.lookup import PublicLookup

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

    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Concerns with lower numbers come first.")
    )

    panels = [
        *BaseSnippet.first_panels,
        TitleFieldPanel("name", placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("description"),
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
    ]

    is_taxonomy = True
    words_on_pages = frozenset({"name"})

    class Meta(BaseSnippet.Meta):
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="concern_slug_per_locale")
        ]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/concern_preview.html"

    def public_value(self, lookup: PublicLookup) -> ConcernValue:
        return ConcernValue(
            id=self.public_id, slug=self.slug, name=self.name, description=self.description
        )
