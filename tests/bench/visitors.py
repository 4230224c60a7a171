"""A table of what visitors meet on each type of page, in each language, on a phone.

`make visitors` runs this on the demo content in production: what axe and IBM's checker find,
requests, bytes on the wire, screens from the top of the page to the crisis help, and clicks from it
to booking. With `--lighthouse` it adds Lighthouse's four marks, medians of three runs, which takes
minutes.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.chromium import ARGUMENTS, CHROMIUM
from tests.contract.node import install, run
from tests.page_types import PAGE_OF_TYPE

from .databases import ROOT, environment
from .machine import install_tools
from .report import put_between
from .servers import proxy, site

JUDGES: Final = ROOT / "tests/contract/html"
DOCUMENT: Final = ROOT / "docs/performance.md"
HEADINGS: Final = ("axe", "IBM", "requests", "HTML", "everything", "screens to help", "to booking")
MARKS: Final = ("performance", "accessibility", "best-practices", "seo")
# Each mark is the median of so many runs.
RUNS: Final = 3
PHONE: Final = {"width": 390, "height": 844}
# Faults alone: the engine also asks people to look at things.
FAULTS: Final = """async () => {
  const report = await new ace.Checker().check(document, ["IBM_Accessibility"]);
  return report.results.filter((each) => each.value[0] === "VIOLATION"
    && each.value[1] === "FAIL").map((each) => `${each.ruleId}: ${each.message} ${each.path.dom}`);
}"""
SCREENS: Final = "document.querySelector('#crisis').getBoundingClientRect().top / innerHeight"


def measure(browser: Browser, address: str, path: str, booking: str) -> tuple[str, ...]:
    """Return the cells of one page."""
    sizes: list[int] = []

    def note(response: Response) -> None:
        sizes.append(response.request.sizes()["responseBodySize"])

    with browser.new_context(base_url=address, viewport=PHONE, bypass_csp=True) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: note(request.response()))
        document = page.goto(path, wait_until="networkidle")
        assert document is not None
        seen = len(sizes), document.request.sizes()["responseBodySize"], sum(sizes)
        violations = Axe().run(page).response["violations"]
        page.add_script_tag(path=str(JUDGES / "node_modules/accessibility-checker-engine/ace.js"))
        faults = page.evaluate(FAULTS)
        for fault in [*(each["help"] for each in violations), *faults]:
            print(f"{path}: {fault}", file=sys.stderr)
        return (
            f"{len(violations)}",
            f"{len(faults)}",
            f"{seen[0]}",
            f"{seen[1]:,}",
            f"{seen[2]:,}",
            f"{page.evaluate(SCREENS):.1f}",
            clicks(page, booking),
        )


def clicks(page: Page, booking: str) -> str:
    """Return how many clicks lead to the way to book: 0 where it is on the page itself."""
    if page.locator("main a[href^='mailto:boka@']").count():
        return "0"
    return "1" if page.locator(f"a[href='{booking}']").count() else "2"


def lighthouse(address: str) -> Iterator[str]:
    """Yield the four marks of a page, medians of `RUNS`."""
    runs: list[dict[str, Any]] = []
    with TemporaryDirectory() as folder:
        # Into a file: Lighthouse ends before a pipe has taken all of a long report.
        report = Path(folder) / "report.json"
        for _attempt in range(3 * RUNS):
            done = run(
                JUDGES,
                "npx",
                "lighthouse",
                address,
                "--output=json",
                f"--output-path={report}",
                "--quiet",
                f"--chrome-flags={' '.join(ARGUMENTS)}",
                f"--only-categories={','.join(MARKS)}",
                CHROME_PATH=CHROMIUM,
            )
            if done.returncode:
                # It fails now and then to record a page, and says to run it again.
                print(f"{address}: {done.stderr}", file=sys.stderr)
                continue
            runs.append(json.loads(report.read_text())["categories"])
            if len(runs) == RUNS:
                break
        else:
            sys.exit(f"Lighthouse failed at {address}.")
    for mark in MARKS:
        yield f"{100 * statistics.median(each[mark]['score'] for each in runs):.0f}"


@contextmanager
def demo_site() -> Iterator[str]:
    """Serve the demo content as in production, with a database of its own."""
    with TemporaryDirectory() as folder:
        own = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DATA_DIR": folder}
        for command in ("migrate", "seed", "collectstatic", "make_renditions"):
            subprocess.run(
                [sys.executable, "manage.py", command, "--verbosity=0"]
                + (["--no-input"] if command == "collectstatic" else []),
                cwd=ROOT,
                env=environment("", **own),
                stdout=subprocess.DEVNULL,
                check=True,
            )
        with site("", Path(folder) / "log", **own) as behind, proxy(behind, Path(folder)) as server:
            yield f"http://127.0.0.1:{server.port}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("types", nargs="*", help=f"of {', '.join(PAGE_OF_TYPE)}; all by default")
    options.add_argument("--lighthouse", action="store_true")
    options.add_argument(
        "--markdown", action="store_true", help="write it into docs/performance.md"
    )
    chosen = options.parse_args()
    if unknown := set(chosen.types) - PAGE_OF_TYPE.keys():
        options.error(f"there are no pages of type {', '.join(unknown)}")
    install_tools()
    install(JUDGES)
    headings = ("page", *HEADINGS, *(MARKS if chosen.lighthouse else ()))
    lines = [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    with demo_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for kind in chosen.types or PAGE_OF_TYPE:
            for language, path, booking in zip(
                ("sv", "en"), PAGE_OF_TYPE[kind], PAGE_OF_TYPE["content"], strict=True
            ):
                cells = measure(browser, address, path, booking)
                if chosen.lighthouse:
                    cells += tuple(lighthouse(address + path))
                lines.append(f"| `{kind}`, {language} | {' | '.join(cells)} |")
                print(lines[-1], flush=True)
        browser.close()
    if chosen.markdown:
        put_between(DOCUMENT, "visitors", "\n".join(lines))


if __name__ == "__main__":
    main()
