"""Page type of a self-test."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.models import Translation

from cms.content.clinical_review import ClinicalPage
from cms.content.completeness import MustBeComplete
from cms.content.models import BasePage
from cms.content.staleness import Weight
from cms.public.lookup import PublicLookup
from cms.public.rich_text import TEXT_FEATURES
from cms.public.schemas import Button, UrlLink
from cms.public.streams import public_items
from cms.public.visibility import PublicScope

from ..schemas import SelfTestContent
from ..self_test_blocks import BandsBlock, QuestionsBlock
from ..self_test_rules import Points, contradictions, differs_from_original, is_test, missing

validate_https = URLValidator(schemes=["https"], message=_("The address must begin with https://."))


class SelfTestPage(MustBeComplete, ClinicalPage, BasePage):
    """A self-test: its purpose, the use of answers, questions, bands, and help in a crisis.

    The test is here, or at an address elsewhere.
    """

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
        help_text=_(
            "Only for a test that is elsewhere, instead of questions and results here; it must "
            "begin with https://."
        ),
    )
    questions = StreamField(
        QuestionsBlock(),
        verbose_name=_("questions"),
        blank=True,
        collapsed=True,
        help_text=_(
            "Two or more. Never a diagnosis, and never the questions of a named instrument: "
            "scoring those would make this page a medical device."
        ),
    )
    bands = StreamField(
        BandsBlock(),
        verbose_name=_("results"),
        blank=True,
        collapsed=True,
        help_text=_(
            "The points of the answers are added up, in the visitor’s browser. Each possible sum "
            "must land in a result, and each says what to do next and where to turn."
        ),
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
        FieldPanel("questions"),
        FieldPanel("bands"),
        MultiFieldPanel(
            [FieldPanel("start_button_label"), FieldPanel("start_url")],
            heading=_("A test elsewhere"),
            classname="collapsed",
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
        APIField("questions", writable=True),
        APIField("bands", writable=True),
        APIField("crisis", writable=True),
    ]

    class Meta:
        verbose_name = _("self-test page")
        verbose_name_plural = _("self-test pages")

    def clean(self) -> None:
        super().clean()
        if self.start_url and not self.start_button_label:
            raise ValidationError({"start_button_label": _("Write what the button says.")})
        if errors := contradictions(Points.of(self.questions, self.bands)):
            raise ValidationError(dict(errors))

    def publication_errors(self) -> Mapping[str, list[str]]:
        if self.start_url and not self.questions and not self.bands:
            return {}
        if errors := missing(self.questions, self.bands):
            return errors
        original = self._points_of_original()
        if original is None or original == Points.of(self.questions, self.bands):
            return {}
        return {"questions": [differs_from_original()]}

    def _points_of_original(self) -> Points | None:
        """Return the points of the page that this one is a translation of, None of an original."""
        translation = (
            Translation.objects.filter(
                source__object_id=self.translation_key, target_locale=self.locale_id, enabled=True
            )
            .select_related("source__specific_content_type")
            .first()
        )
        if translation is None:
            return None
        family = SelfTestPage.objects.filter(translation_key=self.translation_key)
        if not family.filter(locale=translation.source.locale_id).exists():
            return None
        original = translation.source.as_instance()
        return Points.of(original.questions, original.bands)

    @property
    def has_test(self) -> bool:
        return bool(self.start_url) or is_test(self.questions, self.bands)

    @classmethod
    def tests_by_page(cls, scope: PublicScope) -> dict[int, bool]:
        """Return whether each public self-test page has a test, by the id of the page.

        Whoever reads it of a page notes the page's content.
        """
        return scope.fact(
            "self-tests",
            lambda: {page.pk: page.has_test for page in cls.objects.filter(scope.public_q)},
        )

    def public_content(self, lookup: PublicLookup) -> SelfTestContent:
        is_here = is_test(self.questions, self.bands)
        return SelfTestContent(
            **self.base_content(lookup),
            about=lookup.rich_text(self.about),
            answers=lookup.rich_text(self.answers),
            getting_started=lookup.rich_text(self.getting_started),
            start_button=Button(label=self.start_button_label, target=UrlLink(url=self.start_url))
            if self.start_url
            else None,
            questions=public_items(self.questions, _public_block(lookup)) if is_here else [],
            bands=sorted(
                public_items(self.bands, _public_block(lookup)) if is_here else [],
                key=lambda band: band.lowest_points,
            ),
            crisis=lookup.rich_text(self.crisis),
            review=self.public_review(),
        )


def _public_block(lookup: PublicLookup) -> Callable[[Any], Any]:
    return lambda child: child.block.public_value(child.value, lookup)
