"""Page type of a self-test, and the call to action that leads to one."""

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

from cms.content.clinical_review import ClinicalContent, ClinicalPage
from cms.content.completeness import MustBeComplete
from cms.content.models import BasePage, BaseSnippet
from cms.content.staleness import STALENESS_FIELDS, Weight
from cms.content.validation import target_errors
from cms.public.lookup import PublicLookup
from cms.public.nodes import content_node
from cms.public.rich_text import TEXT_FEATURES
from cms.public.schemas import Button, Link, PageLink, UrlLink
from cms.public.streams import public_items
from cms.public.visibility import PublicScope, public_snippets

from ..blocks import SelfTestCallToActionValue
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

    @classmethod
    def shown(cls, scope: PublicScope) -> models.QuerySet[Any]:
        """Select those whose `public_value` is not None, in every language."""
        in_own_language, chosen = cls._target_pages(scope)
        has_target = models.Exists(in_own_language) | models.Exists(chosen)
        found = public_snippets(cls).filter(~models.Q(target_url="") | has_target)
        return found.exclude(cls.without_test_q(scope))

    @classmethod
    def without_test_q(cls, scope: PublicScope) -> models.Q:
        """Match those that lead to a self-test page without a test in the own language."""
        tests = SelfTestPage.tests_by_page(scope)
        scope.note(*map(content_node, tests))
        in_own_language, chosen = cls._target_pages(scope)
        without_test = [key for key, has_test in tests.items() if not has_test]
        is_fallback = ~models.Exists(in_own_language) & models.Exists(chosen.filter(pk__in=tests))
        return models.Q(models.Exists(in_own_language.filter(pk__in=without_test)) | is_fallback)

    @staticmethod
    def _target_pages(scope: PublicScope) -> tuple[Any, Any]:
        """Return the public target in the own language, and as chosen, for use in `Exists`."""
        in_own_language = scope.pages().filter(
            translation_key=models.OuterRef("target_page__translation_key"),
            locale=models.OuterRef("locale"),
        )
        return in_own_language, scope.pages().filter(pk=models.OuterRef("target_page"))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/self_test_cta_preview.html"

    def public_value(self, lookup: PublicLookup) -> SelfTestCallToActionValue | None:
        target = lookup.target(self.target_page_id, self.target_url)
        if target is None or not _leads_to_test(target, lookup):
            return None
        return SelfTestCallToActionValue(
            heading=self.heading,
            text=lookup.rich_text(self.text),
            button_label=self.button_label,
            target=target,
            **dict(self.public_staleness),
        )


def _leads_to_test(target: Link, lookup: PublicLookup) -> bool:
    """Return whether a target is no self-test page, or one with a test in the readers' language."""
    if not isinstance(target, PageLink):
        return True
    has_test = SelfTestPage.tests_by_page(lookup.scope).get(target.id)
    if has_test is None:
        return True
    lookup.scope.note(content_node(target.id))
    return has_test and not target.is_fallback
