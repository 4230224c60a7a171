"""The page type and its snippets; fields and names are those of ours."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    Page,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from .blocks import BodyBlock


class Snippet(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class FaqEntry(Snippet):
    question = models.CharField(max_length=200)
    answer = RichTextField()

    search_fields = [
        index.SearchField("question"),
        index.AutocompleteField("question"),
        index.SearchField("answer"),
        index.FilterField("locale"),
    ]


class Concern(Snippet):
    name = models.CharField(max_length=120)


class SelfTestCallToAction(Snippet):
    heading = models.CharField(max_length=120)


class TherapyMethodPage(Page):
    heading = models.CharField(max_length=200, blank=True)
    introduction = RichTextField()
    image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_alt_text = models.CharField(max_length=250, blank=True)
    image_is_decorative = models.BooleanField(default=False)
    abbreviation = models.CharField(max_length=20, blank=True)
    summary = RichTextField()
    summary_label = models.CharField(max_length=60, blank=True)
    sessions_minimum = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions_maximum = models.PositiveSmallIntegerField(null=True, blank=True)
    session_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    body = StreamField(BodyBlock(), blank=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("heading"),
        index.SearchField("introduction"),
        index.SearchField("abbreviation"),
        index.SearchField("summary_label"),
        index.SearchField("summary"),
        index.SearchField("body"),
    ]


class TherapyMethodConcern(TranslatableMixin, Orderable):
    page = ParentalKey(TherapyMethodPage, on_delete=models.CASCADE, related_name="concern_links")
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="+")

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass
