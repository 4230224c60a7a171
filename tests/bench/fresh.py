"""Whether answers are new right after a publish, and how long readers wait meanwhile."""

from .addresses import PAGE
from .load import Row, percentiles, readers
from .report import Figure, Section
from .run import Run


def measure(run: Run) -> Section:
    django = run.django(run.few)
    with run.site(run.few) as site:
        row = Row("page", site, PAGE)
        seconds = 5 * run.seconds
        quiet50, quiet99 = percentiles(row, seconds)
        django.begin("publish_each_second", round(seconds) + 1)
        p50, p99 = percentiles(row, seconds)
        django.end()
        with readers(row):
            found = django.do("freshness", site.port, run.publishes, *site.workers)
    return Section(
        "Freshness",
        [
            Figure(
                "answers that are old right after a publish, under load", found["stale"], at_most=0
            ),
            Figure(
                "p99 ÷ p50 of one page while another is published each second", p99 / p50, at_most=4
            ),
        ],
        [
            f"{found['asked']} answers were asked for right after a publish",
            f"while pages are published: p50 {p50:.2f} ms, p99 {p99:.2f} ms",
            f"while nobody publishes: p50 {quiet50:.2f} ms, p99 {quiet99:.2f} ms",
        ],
    )
