"""Helpers that read Wagtail's API v2."""

from typing import Any

from django.test import Client

from faq.models import FaqEntry, FaqTopic
from pages.models import Concern, SelfTestCallToAction, TherapyMethodPage

V2 = "/api/v2/"
SNIPPETS = {
    "faqs": FaqEntry,
    "faq-topics": FaqTopic,
    "concerns": Concern,
    "self-test-ctas": SelfTestCallToAction,
}
ENDPOINTS = ["pages", "images", "documents", *SNIPPETS]


def get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(V2 + path, query, follow=True)
    assert response.status_code == 200, response.content
    return response.json()


def ipt(language: str) -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="ipt", locale__language_code=language)
