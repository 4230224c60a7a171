"""Reading at random from all pages of a large site, each of which was made once before."""

import statistics
from pathlib import Path

from .addresses import PAGE, WEB, one_of_each, paths
from .load import Row, alternate, percentiles, rate
from .reader import read_pages
from .report import Figure, Section
from .run import Run
from .servers import COMPRESSED, Server

RESTARTS = 3
# Of `seconds`: a minute by default.
MINUTE = 30


def measure(run: Run) -> Section:
    django = run.django(run.many)
    django.do("prepare")
    hot_file, all_file = run.folder / "hot.txt", run.folder / "all.txt"
    hot_file.write_text(f"{PAGE}\n{WEB}\n")
    with run.site(run.many) as site:
        addresses = one_of_each(paths(site, "sv", "en"))
        all_file.write_text("\n".join(addresses) + "\n")
        read_pages(site, addresses)
        hot, at_random = _row("hot", site, hot_file), _row("at random", site, all_file)
        alternate([hot, at_random], rounds=run.rounds, seconds=run.seconds)
        before = rate(at_random, 10 * run.seconds)
        django.do("a_question")
        after = rate(at_random, MINUTE * run.seconds)
        django.begin("mix", round(15 * run.seconds))
        p50, p99 = percentiles(_row("at random, with changes", site, all_file), 14 * run.seconds)
        changes = django.end()
        quiet50, quiet99 = percentiles(at_random, 5 * run.seconds)
        read_pages(site, addresses)
    restarted = []
    for _number in range(RESTARTS):
        with run.site(run.many) as site:
            restarted.append(rate(_row("after a restart", site, all_file), run.seconds))
    number = f"{len(addresses):,}"
    return Section(
        "Reading at random",
        [
            Figure(
                f"at random from {number} pages ÷ two hot pages",
                at_random.rate / hot.rate,
                at_least=0.5,
            ),
            Figure(
                "the same in the first moment after a restart of all processes ÷ two hot pages",
                statistics.median(restarted) / hot.rate,
                at_least=0.2,
            ),
            Figure(
                "at random in the minute after one question was corrected ÷ before",
                after / before,
                at_least=0.9,
            ),
            Figure(
                "p99 ÷ p50 of 32 readers at random while changes of all kinds are made",
                p99 / p50,
                at_most=4,
            ),
        ],
        [
            f"hot {hot.rate:,.0f}, at random {at_random.rate:,.0f}, after a restart "
            f"{statistics.median(restarted):,.0f} requests/s",
            f"before a question was corrected {before:,.0f}, after it {after:,.0f} requests/s",
            f"while {changes} changes are made: p50 {p50:.2f} ms, p99 {p99:.2f} ms",
            f"while none are made: p50 {quiet50:.2f} ms, p99 {quiet99:.2f} ms",
        ],
    )


def _row(name: str, site: Server, file: Path) -> Row:
    return Row(name, site, headers=COMPRESSED, addresses=file, may_fail=True)
