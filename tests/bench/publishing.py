"""An editor at work: what publishing costs, in milliseconds."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import APIToken, ReferenceIndex

from cms.content.clinical_review import without_review
from faq.models import FaqEntry, FaqTopic
from pages.models import TherapyMethodPage

from .changes import questions_block

QUESTIONS = 50
# What the page type has beside its body.
FIELDS = (
    *("title", "heading", "introduction", "image_id", "image_alt_text", "abbreviation"),
    *("summary", "summary_label", "sessions_minimum", "sessions_maximum", "session_minutes"),
)


def token() -> str:
    """Return a token for Wagtail's API v3."""
    _token, secret = APIToken.create_token(user=_superuser(), name="bench")
    return secret


def session() -> str:
    """Return the cookie of an administrator who has logged in."""
    client = Client()
    client.force_login(_superuser())
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def times(rounds: int) -> list[float]:
    """Publish an ordinary page again and again; return the milliseconds of each time."""
    page = TherapyMethodPage.objects.get(slug="dbt", locale__language_code="en")
    return [milliseconds(page) for _round in range(rounds)]


def each_second(seconds: int) -> list[float]:
    """Publish a page once a second."""
    page, found = TherapyMethodPage.objects.get(slug="dbt", locale__language_code="en"), []
    start = time.monotonic()
    for number in range(seconds):
        found.append(milliseconds(page))
        time.sleep(max(0.0, start + number + 1 - time.monotonic()))
    return found


def times_with_questions(key: int, rounds: int) -> list[float]:
    page = TherapyMethodPage.objects.get(pk=key)
    return [milliseconds(page) for _round in range(rounds)]


def milliseconds(page: Any) -> float:
    start = time.perf_counter()
    publish(page, f"Heading at {start}")
    return (time.perf_counter() - start) * 1000


def publish(page: Any, heading: str) -> None:
    """Publish a page under another heading. A review is a person's time, which is not measured."""
    page.heading = heading
    with without_review():
        page.save_revision().publish()


def page_with_questions() -> dict[str, Any]:
    """Give a page many questions; return its fields and what it refers to, for plain Wagtail."""
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    topic = FaqTopic.objects.filter(locale=page.locale, live=True).first()
    entries = [
        FaqEntry.objects.create(
            question=f"Provfråga {number}?", answer="<p>Svar.</p>", topic=topic, locale=page.locale
        )
        for number in range(QUESTIONS)
    ]
    page.body = [*page.body.raw_data, questions_block([entry.pk for entry in entries])]
    publish(page, "Med frågor")
    references: dict[str, list[int]] = {}
    for reference in ReferenceIndex.get_references_for_object(page):
        keys = references.setdefault(reference.to_content_type.model, [])
        if (key := int(reference.to_object_id)) not in keys:
            keys.append(key)
    fields = {name: getattr(page, name) for name in FIELDS}
    fields["body"] = list(page.body.raw_data)
    return {"key": page.pk, "fields": fields, "references": references}


def _superuser() -> Any:
    model = get_user_model()
    return model.objects.filter(username="bench").first() or model.objects.create_superuser("bench")
