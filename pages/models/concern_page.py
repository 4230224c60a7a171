"""Page types of concerns: a page for each, and the page that leads to them."""

from collections import Counter
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from cms.content.clinical_review import ClinicalPage
from cms.content.models import BasePage
from cms.content.staleness import Weight
from cms.core.collation import in_alphabetical_order
from cms.public.lookup import PublicLookup
from cms.public.nodes import children_node, list_node, naming_node, pages_node
from cms.public.page_paths import path_of_type
from cms.public.rich_text import TEXT_FEATURES
from cms.public.seo_schemas import MedicalTopicJsonLd
from cms.public.streams import public_stream
from cms.public.visibility import public_snippets

from ..blocks import BodyBlock
from ..schemas import ConcernContent, ConcernIndexContent, ConcernWithCount
from .concern import Concern
from .therapy_method import TherapyMethodPage
from .therapy_method_index import TherapyMethodIndexPage


class ConcernPage(ClinicalPage, BasePage):
    """A page about what people seek help for: how it can be, what helps, when to seek care.

    The methods that help are those of the concerns that lead here (`Concern.page`).
    """

    experience = RichTextField(
        _("what it can be like"),
        features=TEXT_FEATURES,
        help_text=_("In everyday words, so that readers recognise themselves. No diagnosis."),
    )
    seek_care = RichTextField(
        _("when to seek care"),
        features=TEXT_FEATURES,
        help_text=_("Which signs mean that somebody should turn to care, and where."),
    )
    is_medical_condition = models.BooleanField(
        _("a medical condition"),
        default=False,
        help_text=_(
            "Whether search engines are told so. Grief and trouble in a relationship are none."
        ),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    public_type = "concern_page"
    default_change_weight = Weight.MEANING
    content_schema = ConcernContent
    template = "pages/concern_page.html"
    parent_page_types = ["pages.ConcernIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("experience"),
        FieldPanel("seek_care"),
        FieldPanel("body"),
        FieldPanel("is_medical_condition"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("experience"),
        index.SearchField("seek_care"),
        index.SearchField("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("experience", writable=True),
        APIField("seek_care", writable=True),
        APIField("is_medical_condition", writable=True),
        APIField("body", writable=True),
    ]

    class Meta:
        verbose_name = _("concern page")
        verbose_name_plural = _("concern pages")

    def public_content(self, lookup: PublicLookup) -> ConcernContent:
        concerns = self._concerns(lookup)
        return ConcernContent(
            **self.base_content(lookup),
            concerns=[concern.public_label(lookup) for concern in concerns],
            experience=lookup.rich_text(self.experience),
            methods=lookup.summaries(
                _methods(concerns, lookup).only("content_type", "depth", "path")
            ),
            seek_care=lookup.rich_text(self.seek_care),
            body=public_stream(self.body, lookup),
            review=self.public_review(),
        )

    def json_ld_about(self) -> MedicalTopicJsonLd | None:
        if not self.is_medical_condition:
            return None
        return MedicalTopicJsonLd(type="MedicalCondition", name=self.title)

    def _concerns(self, lookup: PublicLookup) -> list[Concern]:
        """Return the public concerns in the page's language that lead here, by any language."""
        lookup.scope.note(naming_node(self.translation_key, self.locale_id))
        found = list(
            public_snippets(Concern).filter(
                locale=self.locale_id, page__translation_key=self.translation_key
            )
        )
        lookup.prime(found)
        return found


class ConcernIndexPage(BasePage):
    """A page that leads to what people seek help for."""

    public_type = "concern_index"
    content_schema = ConcernIndexContent
    template = "pages/concern_index_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ConcernPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("concern index page")
        verbose_name_plural = _("concern index pages")

    def public_content(self, lookup: PublicLookup) -> ConcernIndexContent:
        scope = lookup.scope
        scope.note(
            children_node(self.pk),
            list_node(Concern, self.locale_id),
            pages_node(TherapyMethodIndexPage, self.locale_id),
        )
        children = ConcernPage.objects.child_of(self).filter(scope.public_q).order_by("path")
        public = public_snippets(Concern).filter(locale=self.locale_id)
        concerns = list(in_alphabetical_order(public, lookup.locale.language_code))
        lookup.prime(concerns)
        counts = _method_counts(concerns, lookup)
        return ConcernIndexContent(
            **self.base_content(lookup),
            pages=lookup.summaries(children.only("content_type", "depth")),
            concerns=[
                ConcernWithCount(
                    **dict(concern.public_value(lookup)),
                    method_count=counts[concern.translation_key],
                )
                for concern in concerns
                if counts[concern.translation_key] and concern.public_label(lookup).path is None
            ],
            methods_path=path_of_type(TherapyMethodIndexPage, lookup.locale, scope),
        )


def _methods(concerns: list[Concern], lookup: PublicLookup) -> Any:
    """Return the public methods in the readers' language that name one of some concerns."""
    keys = [concern.translation_key for concern in concerns]
    lookup.scope.note(*(naming_node(key, lookup.locale.pk) for key in keys))
    methods = TherapyMethodPage.objects.filter(
        lookup.scope.public_q,
        locale=lookup.locale,
        concern_links__concern__translation_key__in=keys,
    )
    return methods.order_by("path").distinct()


def _method_counts(concerns: list[Concern], lookup: PublicLookup) -> Counter[Any]:
    """Return the number of methods that name each concern, by the concern's translation key."""
    pairs = _methods(concerns, lookup).values_list("pk", "concern_links__concern__translation_key")
    return Counter(key for _pk, key in set(pairs.order_by()))
