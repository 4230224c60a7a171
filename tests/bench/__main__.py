"""`make bench`: how fast the site is, as ratios of what one machine does in one run.

Requests per second differ from machine to machine and from moment to moment. So each figure is
the ratio of two contenders that took turns: docs/performance.md says which.
"""

import argparse
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from . import at_random, exporting, fresh, kept, made_anew, publish_costs, report, sizes
from .machine import install_tools
from .run import Run

ROWS = {
    "kept": kept.measure,
    "sizes": sizes.measure,
    "made_anew": made_anew.measure,
    "at_random": at_random.measure,
    "export": exporting.measure,
    "publish": publish_costs.measure,
    "fresh": fresh.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("rows", nargs="*", help=f"of {', '.join(ROWS)}; all by default")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--markdown", type=Path, help="write the table into this document")
    parser.add_argument("--seconds", type=float, default=2, help="of each short run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--publishes", type=int, default=200)
    parser.add_argument("--pages", type=int, default=10_000, help="of each language, at most")
    options = parser.parse_args()
    if unknown := set(options.rows) - ROWS.keys():
        parser.error(f"there are no rows {', '.join(unknown)}")
    # Servers and databases go also where the run is ended from outside.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("The run was ended."))
    install_tools()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="samtal-bench-")))
        run = Run(stack, folder, options.seconds, options.rounds, options.publishes, options.pages)
        sections = []
        for name in options.rows or ROWS:
            sections.append(ROWS[name](run))
            report.show(sections[-1])
    if options.json:
        report.write_json(sections, options.json)
    if options.markdown:
        report.write_markdown(sections, options.markdown)


if __name__ == "__main__":
    main()
