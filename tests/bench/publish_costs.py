"""Measures what a publish takes: on an idle site, under load, and beside plain Wagtail."""

import json
import statistics
from contextlib import ExitStack

from .addresses import PAGE
from .databases import empty_database, environment
from .django_process import django_process
from .load import Row, percentiles, readers
from .report import Figure, Section
from .run import Run

PUBLISHES = 100
QUESTIONS_ROUND = 5


def measure(run: Run) -> Section:
    idle, loaded, detail = _idle_and_loaded(run)
    ours, plain = _with_questions(run)
    median = statistics.median
    return Section(
        "Publishing",
        [
            Figure(
                "publish while 8 connections read one hot page ÷ on an idle site, median",
                median(loaded) / median(idle),
                at_most=3,
            ),
            Figure(f"the same, the longest of {len(idle)}", max(loaded) / max(idle), at_most=10),
            Figure("publish ÷ one Wagtail v3 detail request", median(idle) / detail),
            Figure(
                "publish of a page with 50 questions ÷ the same on plain Wagtail",
                median(ours) / median(plain),
                at_most=1.3,
            ),
        ],
        [
            f"publish: {median(idle):.0f} ms idle ({max(idle):.0f} at most), "
            f"{median(loaded):.0f} ms under load ({max(loaded):.0f} at most)",
            f"a Wagtail v3 detail request alone: {detail:.1f} ms",
            f"with 50 questions: {median(ours):.0f} ms, plain Wagtail {median(plain):.0f} ms",
        ],
    )


def _idle_and_loaded(run: Run) -> tuple[list[float], list[float], float]:
    """Milliseconds of publishes without and with load, and of a request to Wagtail's API v3."""
    django, number = run.django(run.few), min(PUBLISHES, run.publishes)
    with run.site(run.few) as site:
        key = json.loads(site.get(PAGE)[1])["id"]
        stock = Row("Wagtail v3", site, f"/api/v3-preview/pages/{key}/", run.token(run.few))
        detail, _p99 = percentiles(stock, run.seconds, connections=1)
        django.do("publish", 3)
        idle = django.do("publish", number)
        with readers(Row("hot page", site, PAGE)):
            loaded = django.do("publish", number)
    return idle, loaded, detail


def _with_questions(run: Run) -> tuple[list[float], list[float]]:
    """Milliseconds of publishes of a page with questions, on our site and on plain Wagtail."""
    django = run.django(run.few)
    given = django.do("page_with_questions")
    file = run.folder / "page.json"
    file.write_text(json.dumps(given))
    with ExitStack() as stack:
        variables = environment(
            stack.enter_context(empty_database()),
            DJANGO_SETTINGS_MODULE="tests.bench.plain.settings",
            BENCH_PAGE=str(file),
        )
        log = run.folder / "plain.log"
        plain = stack.enter_context(django_process("tests.bench.plain.inside", variables, log))
        key = plain.do("prepare")
        ours, theirs = [], []
        for number in range(run.rounds + 1):
            own = django.do("publish_with_questions", given["key"], QUESTIONS_ROUND)
            other = plain.do("publish", key, QUESTIONS_ROUND)
            # The first fill caches.
            if number:
                ours += own
                theirs += other
    return ours, theirs
