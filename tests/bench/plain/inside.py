"""Publish a page on plain Wagtail; a process that serves tasks, as `tests.bench.inside` does.

The file that `BENCH_PAGE` names has the fields of one of our pages, and what they refer to.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

django.setup()

from wagtail.images import get_image_model  # noqa: E402  # models need Django's apps
from wagtail.models import Collection, Locale, Page  # noqa: E402

from ..inside import serve  # noqa: E402
from .models import (  # noqa: E402
    Concern,
    FaqEntry,
    SelfTestCallToAction,
    TherapyMethodConcern,
    TherapyMethodPage,
)

KEY = 1_000_000
WORDS = "<p>Words.</p>"


def prepare() -> int:
    """Make the tables, the page and what it refers to; return the key of the page."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    given = json.loads(Path(os.environ["BENCH_PAGE"]).read_text())
    locale = Locale.objects.create(language_code="sv")
    Collection.add_root(name="Root")
    root = Page.add_root(instance=Page(title="Root", locale=locale))
    for name, keys in given["references"].items():
        for key in keys:
            _add(name, key, locale, root)
    page = TherapyMethodPage(pk=KEY, locale=locale, **given["fields"])
    for key in given["references"]["concern"]:
        page.concern_links.add(TherapyMethodConcern(concern_id=key, locale=locale))
    root.add_child(instance=page)
    page.save_revision().publish()
    return page.pk


def _add(name: str, key: int, locale: Locale, root: Page) -> None:
    if name == "image":
        get_image_model().objects.bulk_create(
            [get_image_model()(pk=key, title=name, file="x.png", width=1, height=1)]
        )
    elif name == "page":
        page = TherapyMethodPage(
            pk=key, title=f"{name} {key}", locale=locale, introduction=WORDS, summary=WORDS
        )
        root.add_child(instance=page)
    else:
        words = {"faqentry": ("question", "answer"), "concern": ("name",)}.get(name, ("heading",))
        models: dict[str, Any] = {"faqentry": FaqEntry, "concern": Concern}
        model = models.get(name, SelfTestCallToAction)
        model.objects.create(pk=key, locale=locale, **dict.fromkeys(words, f"{name} {key}"))


def publish(key: int, rounds: int) -> list[float]:
    """Publish the page again and again; return the milliseconds of each time."""
    page = TherapyMethodPage.objects.get(pk=key)
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        page.heading = f"Heading at {start}"
        page.save_revision().publish()
        times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    serve({"prepare": prepare, "publish": publish})
