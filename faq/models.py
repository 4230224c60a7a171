"""Frequently asked questions: topics, entries and the page that shows them all."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content.models import BasePage, BaseSnippet
from cms.content.staleness import STALENESS_FIELDS
from cms.core.collation import in_alphabetical_order
from cms.public.lookup import PublicLookup
from cms.public.nodes import list_node
from cms.public.rich_text import TEXT_FEATURES
from cms.public.visibility import public_snippets

from .schemas import FaqContent, FaqEntryValue, FaqTopicValue, FaqTopicWithEntries


class FaqTopic(BaseSnippet):
    """The topic of a group of questions."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("slug"), max_length=120, help_text=_("Part of addresses: small letters and hyphens.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Topics with lower numbers come first.")
    )

    panels = [
        *BaseSnippet.first_panels,
        TitleFieldPanel("name", placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("position"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]
    api_fields = [
        APIField("name", writable=True),
        APIField("slug", writable=True),
        APIField("position", writable=True),
    ]
    listed_on = ("faq.FaqPage",)
    is_taxonomy = True

    class Meta(BaseSnippet.Meta):
        verbose_name = _("FAQ topic")
        verbose_name_plural = _("FAQ topics")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="faqtopic_slug_per_locale")
        ]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "faq/topic_preview.html"

    def public_value(self, lookup: PublicLookup) -> FaqTopicValue:
        return FaqTopicValue(id=self.public_id, slug=self.slug, name=self.name)


class FaqEntry(BaseSnippet):
    """A question and its answer; one entry can be shown on many pages."""

    question = models.CharField(_("question"), max_length=200)
    answer = RichTextField(
        _("answer"),
        features=TEXT_FEATURES,
        help_text=_("Begin with the answer itself; explain afterwards."),
    )
    topic = models.ForeignKey(
        "faq.FaqTopic",
        verbose_name=_("topic"),
        on_delete=models.PROTECT,
        related_name="entries",
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Questions with lower numbers come first.")
    )

    panels = [
        *BaseSnippet.first_panels,
        FieldPanel("question"),
        FieldPanel("answer"),
        FieldPanel("topic"),
        FieldPanel("position"),
    ]
    search_fields = [
        index.SearchField("question"),
        index.AutocompleteField("question"),
        index.SearchField("answer"),
        index.FilterField("id"),
        index.FilterField("locale"),
    ]
    api_fields = [
        APIField("question", writable=True),
        APIField("answer", writable=True),
        APIField("topic", writable=True),
        APIField("position", writable=True),
        *(APIField(name) for name in STALENESS_FIELDS),
    ]
    public_fields = frozenset({"answer"})
    words_on_pages = frozenset({"question", "answer"})
    listed_on = ("faq.FaqPage",)

    class Meta(BaseSnippet.Meta):
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        ordering = ["position", "question"]

    def __str__(self) -> str:
        return self.question

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "faq/entry_preview.html"

    def public_value(self, lookup: PublicLookup) -> FaqEntryValue:
        return FaqEntryValue(
            id=self.public_id,
            question=self.question,
            answer=lookup.rich_text(self.answer),
            **dict(self.public_staleness),
        )


def public_entries() -> Any:
    """Return published questions below a published topic of their own language."""
    return public_snippets(FaqEntry).filter(
        topic__in=public_snippets(FaqTopic), topic__locale=models.F("locale")
    )


class FaqPage(BasePage):
    """A page with all published questions of its language, grouped by topic."""

    public_type = "faq"
    content_schema = FaqContent
    template = "faq/faq_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("FAQ page")
        verbose_name_plural = _("FAQ pages")

    def public_content(self, lookup: PublicLookup) -> FaqContent:
        return FaqContent(**self.base_content(lookup), topics=self._topics(lookup))

    def _topics(self, lookup: PublicLookup) -> list[FaqTopicWithEntries]:
        language = lookup.locale.language_code
        lookup.scope.note(*(list_node(model, self.locale_id) for model in (FaqTopic, FaqEntry)))
        own = {"locale": self.locale_id}
        topics = in_alphabetical_order(public_snippets(FaqTopic).filter(**own), language)
        entries: Mapping[int, list[FaqEntry]] = {topic.pk: [] for topic in topics}
        for entry in in_alphabetical_order(public_entries().filter(**own), language):
            entries[entry.topic_id].append(entry)
        lookup.prime(entry for group in entries.values() for entry in group)
        return [
            FaqTopicWithEntries(
                **topic.public_value(lookup).model_dump(),
                entries=[entry.public_value(lookup) for entry in entries[topic.pk]],
            )
            for topic in topics
            if entries[topic.pk]
        ]
