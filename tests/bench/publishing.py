"""An editor at work: publishing while others read, and what publishing costs."""

import json
import statistics
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db.models import signals as model_signals
from django.dispatch import Signal
from wagtail import signals as wagtail_signals
from wagtail.models import APIToken

from cms.content.clinical_review import without_review
from faq.models import FaqEntry, FaqTopic
from pages.models import TherapyMethodPage

QUESTIONS = 50
OURS = ("cms", "faq", "pages")
SIGNALS = [
    signal
    for module in (model_signals, wagtail_signals)
    for signal in vars(module).values()
    if isinstance(signal, Signal)
]


def token() -> None:
    """Print a token for Wagtail's API v3."""
    user = get_user_model().objects.create_superuser("bench")
    _token, secret = APIToken.create_token(user=user, name="bench")
    print(secret)


def edit(seconds: int) -> None:
    """Publish a page once a second; says when the first is published."""
    page = TherapyMethodPage.objects.get(slug="dbt", locale__language_code="en")
    start = time.monotonic()
    for number in range(seconds):
        publish(page, f"Edited {number}")
        if not number:
            print("ready", flush=True)
        time.sleep(max(0.0, start + number + 1 - time.monotonic()))


def compare(rounds: int) -> None:
    """Print how many milliseconds a publish takes, with our receivers of signals and without.

    The page has fifty questions. Both kinds take turns; both numbers are medians.
    """
    page = _page_with_questions()
    with_ours, stock = [], []
    for number in range(rounds + 3):
        with_ours.append(_milliseconds(page, f"With {number}"))
        with _without_our_receivers():
            stock.append(_milliseconds(page, f"Without {number}"))
    # The first rounds fill caches.
    print(json.dumps([statistics.median(with_ours[3:]), statistics.median(stock[3:])]))


def _milliseconds(page: TherapyMethodPage, heading: str) -> float:
    start = time.perf_counter()
    publish(page, heading)
    return (time.perf_counter() - start) * 1000


def publish(page: TherapyMethodPage, heading: str) -> None:
    """Publish a page under another heading. A review is a person's time, which is not measured."""
    page.heading = heading
    with without_review():
        page.save_revision().publish()


def _page_with_questions() -> TherapyMethodPage:
    page = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    topic = FaqTopic.objects.filter(locale=page.locale).first()
    entries = [
        FaqEntry.objects.create(
            question=f"Provfråga {number}?", answer="<p>Svar.</p>", topic=topic, locale=page.locale
        )
        for number in range(QUESTIONS)
    ]
    items = [{"type": "item", "id": str(uuid.uuid4()), "value": entry.pk} for entry in entries]
    block = {
        "type": "faq_list",
        "id": str(uuid.uuid4()),
        "value": {"heading": "Frågor", "entries": items},
    }
    page.body = json.dumps([*page.body.raw_data, block])
    publish(page, "Med frågor")
    return TherapyMethodPage.objects.get(pk=page.pk)


@contextmanager
def _without_our_receivers() -> Iterator[None]:
    """Publish as stock Wagtail does, without the journal and all else that listens to it here."""
    before = [(signal, signal.receivers) for signal in SIGNALS]
    try:
        for signal, receivers in before:
            signal.receivers = [entry for entry in receivers if not _is_ours(entry)]
            signal.sender_receivers_cache.clear()
        yield
    finally:
        for signal, receivers in before:
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def _is_ours(entry: tuple) -> bool:
    reference = entry[1]
    receiver = reference() if type(reference).__name__ in ("ref", "WeakMethod") else reference
    return getattr(receiver, "__module__", "").split(".")[0] in OURS
