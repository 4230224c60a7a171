"""Factories for every model; pages are created below the seeded site."""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import factory
import wagtail_factories
from wagtail.models import Locale

from faq.models import FaqEntry, FaqPage, FaqTopic
from pages.models import (
    Concern,
    ConcernIndexPage,
    ConcernPage,
    ContentPage,
    HomePage,
    SelfTestCallToAction,
    SelfTestPage,
    SiteFurniture,
    TherapyMethodConcern,
    TherapyMethodIndexPage,
    TherapyMethodPage,
)


def default_locale() -> Locale:
    return Locale.objects.get(language_code="sv")


class SnippetFactory(factory.django.DjangoModelFactory):
    locale = factory.LazyFunction(default_locale)

    class Meta:
        abstract = True


class ConcernFactory(SnippetFactory):
    name = factory.Sequence("Bekymmer {}".format)
    slug = factory.Sequence("bekymmer-{}".format)

    class Meta:
        model = Concern


class FaqTopicFactory(SnippetFactory):
    name = factory.Sequence("Ämne {}".format)
    slug = factory.Sequence("amne-{}".format)

    class Meta:
        model = FaqTopic


class FaqEntryFactory(SnippetFactory):
    question = factory.Sequence("Provfråga {}?".format)
    answer = "<p>Ett provsvar.</p>"
    topic = factory.SubFactory(FaqTopicFactory)

    class Meta:
        model = FaqEntry


class SelfTestCallToActionFactory(SnippetFactory):
    heading = factory.Sequence("Prova {}".format)
    text = "<p>En inbjudan.</p>"
    button_label = "Till provet"
    target_url = "https://prov.example/"

    class Meta:
        model = SelfTestCallToAction


class SiteFurnitureFactory(SnippetFactory):
    crisis_heading = "Om det är bråttom"
    crisis_text = "<p>Ring.</p>"
    contact_heading = "Kontakta oss"
    contact_text = "<p>Hör av dig.</p>"
    footer_text = "<p>Om oss.</p>"

    class Meta:
        model = SiteFurniture


class BasePageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence("Provsida {}".format)
    slug = factory.Sequence("provsida-{}".format)
    introduction = "<p>En provinledning.</p>"
    locale = factory.LazyAttribute(lambda page: page.parent.locale)

    class Meta:
        abstract = True


class HomePageFactory(BasePageFactory):
    locale = factory.LazyFunction(default_locale)

    class Meta:
        model = HomePage


class ContentPageFactory(BasePageFactory):
    class Meta:
        model = ContentPage


class FaqPageFactory(BasePageFactory):
    class Meta:
        model = FaqPage


def questions(*points: list[int], danger: int | None = None) -> list[dict[str, Any]]:
    """Return the questions of a self-test in stored form: for each the points of its answers.

    `danger` is the number of points of the answers that point to danger.
    """
    return [
        {
            "type": "question",
            "id": str(uuid5(NAMESPACE_URL, f"question {number}")),
            "value": {
                "text": f"Fråga nummer {number}?",
                "help": "",
                "choices": [
                    {
                        "type": "item",
                        "id": str(uuid5(NAMESPACE_URL, f"choice {number} {place}")),
                        "value": {
                            "label": f"Svar {number}.{place}",
                            "points": each,
                            "points_to_danger": each == danger,
                        },
                    }
                    for place, each in enumerate(choices)
                ],
            },
        }
        for number, choices in enumerate(points, start=1)
    ]


def bands(*starts: int) -> list[dict[str, Any]]:
    """Return the bands of a self-test in stored form, each from so many points."""
    return [
        {
            "type": "band",
            "id": str(uuid5(NAMESPACE_URL, f"band {start}")),
            "value": {
                "lowest_points": start,
                "heading": f"Från {start}",
                "meaning": f"<p>Vad {start} kan betyda.</p>",
                "next_steps": f"<p>Gör något med {start}.</p>",
                "button_label": f"Vänd dig hit med {start}",
                "page": None,
                "url": "tel:1177",
            },
        }
        for start in starts
    ]


class SelfTestPageFactory(BasePageFactory):
    about = "<p>Vad provet är.</p>"
    answers = "<p>Inget sparas.</p>"
    getting_started = "<p>Börja när du vill.</p>"
    crisis = "<p>Ring 112.</p>"
    questions = factory.LazyFunction(lambda: json.dumps(questions([0, 1, 4], [0, 1, 4])))
    bands = factory.LazyFunction(lambda: json.dumps(bands(0, 4)))

    class Meta:
        model = SelfTestPage


class TherapyMethodIndexPageFactory(BasePageFactory):
    class Meta:
        model = TherapyMethodIndexPage


class ConcernIndexPageFactory(BasePageFactory):
    class Meta:
        model = ConcernIndexPage


class ConcernPageFactory(BasePageFactory):
    experience = "<p>Så kan det vara.</p>"
    seek_care = "<p>Ring 1177.</p>"

    class Meta:
        model = ConcernPage


class TherapyMethodPageFactory(BasePageFactory):
    summary = "<ul><li>Kort sagt.</li></ul>"

    class Meta:
        model = TherapyMethodPage


class TherapyMethodConcernFactory(SnippetFactory):
    page = factory.SubFactory(TherapyMethodPageFactory)
    concern = factory.SubFactory(ConcernFactory)

    class Meta:
        model = TherapyMethodConcern
