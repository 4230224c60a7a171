"""Snippet of the call to action that leads to a self-test."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.content.clinical_review import ClinicalContent
from cms.content.models import BaseSnippet
from cms.content.staleness import STALENESS_FIELDS, Weight
from cms.content.validation import target_errors
from cms.public.lookup import PublicLookup
from cms.public.nodes import content_node
from cms.public.rich_text import TEXT_FEATURES
from cms.public.schemas import Link, PageLink
from cms.public.visibility import PublicScope, public_snippets

from ..blocks import SelfTestCallToActionValue
from .self_test import SelfTestPage


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
