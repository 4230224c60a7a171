"""`make bench`: how fast the site is, as ratios of what one machine does in one run.

Requests per second differ from machine to machine and from moment to moment. So each figure is
the ratio of two contenders that took turns: the site as in production (docs/operations.md, two
processes, PostgreSQL), the same with its response cache off, Wagtail's own APIs, a Django view
that does nothing but give the same bytes, and nginx with the same bytes as files.
"""

import argparse
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path

from . import report
from .databases import copy_of_template, run
from .load import alternate, percentiles
from .machine import install_tools
from .measures import Contenders, freshness, memory, publish_times, while_publishing
from .servers import constant, nginx, site

SIZES = (100, 10_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the ratios to this file")
    parser.add_argument("--seconds", type=int, default=2, help="of each short run")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--publishes", type=int, default=1000)
    options = parser.parse_args()
    install_tools()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samtal-bench-")))
        few, many = (stack.enter_context(copy_of_template(size)) for size in SIZES)
        secret = run(few, "-m", "tests.bench.inside", "token").strip()

        kept = stack.enter_context(site(few, folder / "kept.log"))
        anew = stack.enter_context(site(few, folder / "anew.log", RESPONSE_CACHE="false"))
        contenders = Contenders(kept, anew, secret)
        bodies = folder / "bodies"
        contenders.write_bodies(bodies)
        same_bytes = stack.enter_context(constant(bodies, folder / "constant.log"))
        files = stack.enter_context(nginx(bodies, folder))
        rows = contenders.rows(same_bytes, files)
        alternate(list(rows.values()), rounds=options.rounds, seconds=options.seconds)

        with ExitStack() as larger:
            kept_many = larger.enter_context(site(many, folder / "kept-many.log"))
            anew_many = larger.enter_context(
                site(many, folder / "anew-many.log", RESPONSE_CACHE="false")
            )
            sizes = contenders.rows_by_size(anew_many)
            every = [row for pair in sizes.values() for row in pair]
            alternate(every, rounds=options.rounds, seconds=options.seconds)
            memories = [memory(server) for server in (kept, kept_many)]

        figures = report.figures(
            rows,
            sizes,
            memories,
            percentiles(rows["page, kept"], seconds=5 * options.seconds),
            while_publishing(few, rows["page, kept"], seconds=5 * options.seconds),
            publish_times(few, rounds=10 * options.rounds),
            freshness(few, kept, rows["page, kept"], publishes=options.publishes),
        )
    report.show(rows, sizes, figures)
    if options.json:
        options.json.write_text(json.dumps(figures.values, indent=2) + "\n")


if __name__ == "__main__":
    main()
