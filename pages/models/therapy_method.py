"""Page type of a therapy method, with the concerns that it helps with."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from cms.content.clinical_review import ClinicalPage
from cms.content.models import BasePage
from cms.content.staleness import Weight
from cms.public.lookup import PublicLookup
from cms.public.nodes import naming_node
from cms.public.rich_text import TEXT_FEATURES, opening
from cms.public.schemas import ConcernLabel, SessionCount, Sessions
from cms.public.seo_schemas import MedicalTopicJsonLd
from cms.public.streams import public_stream
from cms.upstream.clusters import ClusterChild

from ..blocks import BodyBlock
from ..schemas import TherapyMethodContent
from .concern import Concern


class TherapyMethodPage(ClinicalPage, BasePage):
    """A page about one therapy method."""

    abbreviation = models.CharField(
        _("abbreviation"), max_length=20, blank=True, help_text=_("Such as IPT or CBT.")
    )
    summary = RichTextField(
        _("in short"),
        features=TEXT_FEATURES,
        help_text=_(
            "A short paragraph or a few points that a hurried reader takes away. The first "
            "sentence says what the method is: lists of methods show it."
        ),
    )
    summary_label = models.CharField(
        _("label of the summary"),
        max_length=60,
        blank=True,
        help_text=_(
            "What stands over the summary. Leave empty for “In short”, in the language of the page."
        ),
    )
    sessions_minimum = models.PositiveSmallIntegerField(
        _("sessions, at least"), null=True, blank=True
    )
    sessions_maximum = models.PositiveSmallIntegerField(
        _("sessions, at most"), null=True, blank=True
    )
    session_minutes = models.PositiveSmallIntegerField(
        _("minutes per session"), null=True, blank=True
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    public_type = "therapy_method"
    default_change_weight = Weight.MEANING
    content_schema = TherapyMethodContent
    summary_fields = BasePage.summary_fields | {"concern_links"}
    summary_prefetch = ("concern_links",)
    template = "pages/therapy_method_page.html"
    parent_page_types = ["pages.TherapyMethodIndexPage"]
    subpage_types: list[str] = []
    listed_on = ("pages.ConcernPage", "pages.ConcernIndexPage")

    content_panels = [
        *BasePage.introduction_panels,
        FieldPanel("summary_label"),
        FieldPanel("summary"),
        BasePage.image_panel,
        FieldPanel("abbreviation"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("sessions_minimum"),
                        FieldPanel("sessions_maximum"),
                        FieldPanel("session_minutes"),
                    ]
                )
            ],
            heading=_("Sessions"),
            help_text=_("Write how many, or leave the numbers empty. The minutes can be left out."),
        ),
        InlinePanel("concern_links", heading=_("Concerns it helps with"), label=_("Concern")),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("abbreviation"),
        index.SearchField("summary_label"),
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("abbreviation", writable=True),
        APIField("summary", writable=True),
        APIField("summary_label", writable=True),
        APIField("sessions_minimum", writable=True),
        APIField("sessions_maximum", writable=True),
        APIField("session_minutes", writable=True),
        APIField("concern_links", writable=True),
        APIField("body", writable=True),
    ]

    class Meta:
        verbose_name = _("therapy method page")
        verbose_name_plural = _("therapy method pages")

    @classmethod
    def nodes_of_lists(cls, pages: Collection[Page]) -> set[str]:
        """Return the nodes of the concerns that some methods name or have named until now."""
        links = TherapyMethodConcern.objects.filter(page__in=[page.pk for page in pages])
        named = set(links.values_list("concern__translation_key", "page__locale"))
        for page in pages:
            if isinstance(page, cls):
                chosen = Concern.objects.filter(
                    pk__in=[link.concern_id for link in page.concern_links.all()]
                )
                keys = chosen.order_by().values_list("translation_key", flat=True)
                named |= {(key, page.locale_id) for key in keys}
        return {naming_node(key, locale_id) for key, locale_id in named}

    def clean(self) -> None:
        super().clean()
        fields = ("sessions_minimum", "sessions_maximum", "session_minutes")
        numbers = fields[:2]
        if any(getattr(self, name) is not None for name in fields) and (
            empty := [name for name in numbers if getattr(self, name) is None]
        ):
            message = _("Write the lowest and the highest number of sessions, or neither.")
            raise ValidationError(dict.fromkeys(empty, message))
        count = self._session_count()
        if count and count.minimum > count.maximum:
            raise ValidationError(
                {
                    "sessions_maximum": _(
                        "The highest number of sessions must be at least the lowest (%(minimum)d)."
                    )
                    % {"minimum": count.minimum}
                }
            )

    def _session_count(self) -> SessionCount | None:
        minimum, maximum = self.sessions_minimum, self.sessions_maximum
        if minimum is None or maximum is None:
            return None
        return SessionCount(minimum=minimum, maximum=maximum)

    def _sessions(self) -> Sessions | None:
        count = self._session_count()
        if count is None or self.session_minutes is None:
            return None
        return Sessions(**count.model_dump(), minutes=self.session_minutes)

    def _summary_label(self, lookup: PublicLookup) -> str:
        """Return the editor's label of the summary, or the one of the page's language."""
        language = lookup.scope.locales[self.locale_id].language_code
        with translation.override(language):
            return self.summary_label or gettext("In short")

    def public_description(self) -> str:
        """Return the first point of the summary: introductions often begin with a scene."""
        return opening(self.summary, 0) or super().public_description()

    def json_ld_about(self) -> MedicalTopicJsonLd:
        return MedicalTopicJsonLd(
            type="MedicalTherapy", name=self.title, alternateName=self.abbreviation or None
        )

    def _concerns(self, lookup: PublicLookup) -> list[ConcernLabel]:
        found = (lookup.snippet(Concern, link.concern_id) for link in self.concern_links.all())
        return [concern.public_label(lookup) for concern in found if concern]

    def summary_details(self, lookup: PublicLookup) -> Mapping[str, Any]:
        return {
            "concerns": self._concerns(lookup),
            "sessions": self._sessions(),
            "session_count": self._session_count(),
        }

    def public_content(self, lookup: PublicLookup) -> TherapyMethodContent:
        return TherapyMethodContent(
            **self.base_content(lookup),
            abbreviation=self.abbreviation,
            summary=lookup.rich_text(self.summary),
            summary_label=self._summary_label(lookup),
            **self.summary_details(lookup),
            body=public_stream(self.body, lookup),
            review=self.public_review(),
        )


class TherapyMethodConcern(ClusterChild, TranslatableMixin, Orderable):
    """A concern that a therapy method helps with.

    A through model, since wagtail-localize ignores many-to-many fields.
    """

    page = ParentalKey(TherapyMethodPage, on_delete=models.CASCADE, related_name="concern_links")
    concern = models.ForeignKey(
        Concern, verbose_name=_("concern"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("concern")]
    api_fields = [APIField("concern", writable=True)]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("concern of a therapy method")
        verbose_name_plural = _("concerns of therapy methods")

    def __str__(self) -> str:
        return str(self.concern)
