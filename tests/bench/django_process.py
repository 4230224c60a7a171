"""Starts processes with Django, which wait for tasks while the benchmarks run."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .databases import ROOT


class DjangoProcess:
    """A process that runs `tests.bench.inside` or another module that serves tasks as it does."""

    def __init__(self, process: "subprocess.Popen[str]", log: Path) -> None:
        self._process = process
        self._log = log

    def begin(self, task: str, *numbers: int) -> None:
        """Start a task whose answer `end` gives."""
        assert self._process.stdin
        self._process.stdin.write(" ".join([task, *map(str, numbers)]) + "\n")
        self._process.stdin.flush()

    def end(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"A task failed:\n{self._log.read_text()}")
        return json.loads(line)

    def do(self, task: str, *numbers: int) -> Any:
        """Run a task and return its answer; ends the benchmark where it fails."""
        self.begin(task, *numbers)
        return self.end()


@contextmanager
def django_process(module: str, variables: Mapping[str, str], log: Path) -> Iterator[DjangoProcess]:
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            env=variables,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=output,
            text=True,
        )
    try:
        yield DjangoProcess(process, log)
    finally:
        process.kill()
        process.communicate()
