"""The figures of a run, and the table that shows them beside what they are to reach."""

import json
import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """A figure of the table: its name in words, its value, and the least or most it should be."""

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def bound(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}"

    @property
    def verdict(self) -> str:
        if not self.bound:
            return ""
        low = self.at_least is not None and self.value < self.at_least
        high = self.at_most is not None and self.value > self.at_most
        return "MISSED" if low or high else "ok"

    @property
    def shown(self) -> str:
        return f"{self.value:,.0f}" if abs(self.value) >= 100 else f"{self.value:.3g}"


@dataclass(frozen=True)
class Section:
    """The figures of one group of measurements, and what else it has found."""

    name: str
    figures: Sequence[Figure]
    notes: Sequence[str] = ()


def show(section: Section) -> None:
    print(f"\n{section.name}")
    for figure in section.figures:
        print(f"  {figure.name:78}{figure.shown:>9}  {figure.bound:>7}  {figure.verdict}")
    for note in section.notes:
        print(f"  {note}")


def write_json(sections: Iterable[Section], file: Path) -> None:
    found = {
        section.name: {figure.name: figure.value for figure in section.figures}
        for section in sections
    }
    file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def write_markdown(sections: Iterable[Section], file: Path) -> None:
    """Write the figures into a document, in place of those of the last run."""
    lines = [f"Measured on {_today()} on {_machine()}.", ""]
    for section in sections:
        lines += [
            f"### {section.name}",
            "",
            "| figure | measured | to reach | |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {figure.name} | {figure.shown} | {figure.bound} | {figure.verdict} |"
            for figure in section.figures
        ]
        lines += ["", *(f"- {note}" for note in section.notes), ""]
    put_between(file, "bench", "\n".join(lines).strip())


def put_between(file: Path, name: str, text: str) -> None:
    """Put a text between the two comments of a document that have a name."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    written, count = pattern.subn(lambda _found: f"{begin}\n\n{text}\n\n{end}", file.read_text())
    if not count:
        raise LookupError(f"{file} has no place for {name}.")
    file.write_text(written)


def _today() -> str:
    today = date.today()
    return f"{today.day} {today:%B %Y}"


def _machine() -> str:
    cpus = Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*: (.*)$", cpus, re.MULTILINE)
    name = model[1] if model else platform.machine()
    return (
        f"{os.cpu_count()} cores of {name}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )
