"""Run tests against mutants in forks of one warm process.

A pytest plugin: it runs the collected tests once and notes which lines each reaches. Then it forks
for each mutant. The child has the database in its own memory, exchanges the code of one function
or the value of one constant and runs the tests that reach the line, the last that noticed a mutant
of the function and the shortest first, until one fails.
"""

import ast
import functools
import gc
import os
import select
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType

import coverage
import pytest

from .making import Mutant

PRODUCT = ("cms.", "faq.", "pages.")
SURVIVED, NOT_INSTALLED = "survived", "not installed"
# The functions that live in this process, by file, qualified name and first line.
Functions = dict[tuple[str, str, int], list[FunctionType]]


@dataclass
class Outcome:
    mutant: Mutant
    # "killed", "survived", "timeout", "unreached" or "at start".
    result: str
    test: str = ""


@dataclass
class MutantRun:
    """Pytest plugin; `outcomes` is filled while pytest runs."""

    mutants: list[Mutant]
    most_tests: int
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    killers: dict[tuple[str, str], str] = field(default_factory=dict)
    # The tests that are known to pass in a fork without any mutant.
    trusted: set[str] = field(default_factory=set)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        paths = sorted({mutant.path for mutant in self.mutants})
        tracer = coverage.Coverage(data_file=None, config_file=False, include=paths)
        tracer.start()
        for item, following in zip(
            session.items, [*session.items[1:], session.items[0]], strict=True
        ):
            tracer.switch_context(item.nodeid)
            start = time.perf_counter()
            # With a test to follow, pytest keeps the fixtures of the session.
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = time.perf_counter() - start
        tracer.stop()
        if session.testsfailed:
            pytest.exit("Tests fail without any mutant.", 1)
        data = tracer.get_data()
        reached = {path: data.contexts_by_lineno(str(Path(path).resolve())) for path in paths}
        items = {item.nodeid: item for item in session.items}
        functions = _functions(paths)
        for number, mutant in enumerate(self.mutants, 1):
            lines = reached[mutant.path]
            tests = set(lines.get(mutant.line) or lines.get(mutant.statement, ()))
            if mutant.is_constant:
                tests = {test for line in lines.values() for test in line}
            outcome = self._try(mutant, [items[test] for test in tests if test in items], functions)
            self.outcomes.append(outcome)
            print(
                f"{number}/{len(self.mutants)} {outcome.result} {outcome.test}: {mutant}",
                flush=True,
            )
        return True

    def _try(self, mutant: Mutant, tests: list[pytest.Item], functions: Functions) -> Outcome:
        place = (mutant.path, mutant.name)
        killer = self.killers.get(place)
        # Those of the module first: what each save runs is reached by more tests than are asked.
        module = Path(mutant.path).stem
        tests.sort(
            key=lambda item: (
                item.nodeid != killer,
                module not in item.path.stem,
                self.seconds[item.nodeid],
            )
        )
        tests = tests[: self.most_tests]
        if not tests:
            return Outcome(mutant, "unreached")
        match self._ask(mutant, tests, functions):
            case None:
                return Outcome(mutant, "timeout")
            case said if said == NOT_INSTALLED:
                return Outcome(mutant, "at start")
            case said if said == SURVIVED:
                return Outcome(mutant, "survived")
            case test:
                self.killers[place] = test
                self._check_without_mutant(
                    [item for item in tests if item.nodeid == test], functions
                )
                return Outcome(mutant, "killed", test)

    def _check_without_mutant(self, tests: list[pytest.Item], functions: Functions) -> None:
        """Check once of a test that noticed a mutant that it passes in a fork without any."""
        if tests and tests[0].nodeid not in self.trusted:
            said = self._ask(None, tests, functions)
            if said != SURVIVED:
                pytest.exit(f"A test fails in a fork without any mutant: {said}", 1)
            self.trusted.add(tests[0].nodeid)

    def _ask(
        self, mutant: Mutant | None, tests: list[pytest.Item], functions: Functions
    ) -> str | None:
        """Return what a fork says that runs the tests; None when it takes far too long."""
        limit = 20 + 5 * sum(self.seconds[item.nodeid] for item in tests)
        sys.stdout.flush()
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            _run_in_child(mutant, tests, functions, writer)
        os.close(writer)
        said = _read(reader, limit)
        os.close(reader)
        if said is None:
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return said


def try_mutants(mutants: list[Mutant], tests: list[str], most_tests: int) -> list[Outcome]:
    """Run pytest once in this process and return what became of each mutant."""
    run = MutantRun(mutants, most_tests)
    # A database that an earlier run kept will do: seeding one takes a minute after each change.
    options = ["-q", "-s", "--reuse-db", "-p", "no:cacheprovider"]
    if code := pytest.main([*options, *tests], [run]):
        raise SystemExit(int(code))
    return run.outcomes


def _read(reader: int, limit: float) -> str | None:
    """Return what the child says before it ends; None when it takes more than `limit` seconds."""
    said = b""
    deadline = time.monotonic() + limit
    while select.select([reader], [], [], max(0, deadline - time.monotonic()))[0]:
        part = os.read(reader, 4096)
        if not part:
            return said.decode()
        said += part
    return None


def _run_in_child(
    mutant: Mutant | None,
    tests: list[pytest.Item],
    functions: Functions,
    writer: int,
) -> None:
    """Say "survived", "not installed" or the name of the test that failed, and end the process."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nothing, stream)

    def say(word: str) -> None:
        os.write(writer, word.encode())
        os._exit(0)

    class Stop:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                say(report.nodeid)

    try:
        if mutant and not _install(mutant, functions):
            say(NOT_INSTALLED)
        session = tests[0].session
        _forget(session)
        session._setupstate.teardown_exact(tests[0])
        session.config.pluginmanager.register(Stop())
        for item, following in zip(tests, [*tests[1:], tests[0]], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        say(SURVIVED)
    except BaseException as error:
        say(f"{type(error).__name__}: {error}")


def _functions(paths: list[str]) -> Functions:
    """Return the functions that live in this process, by file, qualified name and first line."""
    files = {str(Path(path).resolve()): path for path in paths}
    found = defaultdict(list)
    for value in gc.get_objects():
        if type(value) is FunctionType and (path := files.get(value.__code__.co_filename)):
            code = value.__code__
            found[path, code.co_qualname, code.co_firstlineno].append(value)
    return found


def _install(mutant: Mutant, functions: Functions) -> bool:
    filename = str(Path(mutant.path).resolve())
    if mutant.is_constant:
        return _install_constant(mutant, filename)
    original = compile(Path(mutant.path).read_text(encoding="utf-8"), filename, "exec")
    mutated = {
        (code.co_qualname, code.co_firstlineno): code
        for code in _codes(compile(mutant.source, filename, "exec"))
    }
    installed = False
    for code in _codes(original):
        if code.co_qualname != mutant.name or not _holds(code, mutant.line):
            continue
        new = mutated.get((code.co_qualname, code.co_firstlineno))
        for function in functions.get((mutant.path, code.co_qualname, code.co_firstlineno), ()):
            if new is None or new.co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = new
            installed = True
    return installed


def _install_constant(mutant: Mutant, filename: str) -> bool:
    name = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    module = sys.modules[name]
    tree = ast.parse(mutant.source, filename)
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and (
            statement.lineno <= mutant.line <= (statement.end_lineno or 0)
        ):
            space = dict(vars(module))
            exec(compile(ast.Module([statement], []), filename, "exec"), space)  # noqa: S102
            old, new = getattr(module, mutant.name), space[mutant.name]
            for other in list(sys.modules.values()):
                if getattr(other, "__dict__", {}).get(mutant.name) is old:
                    setattr(other, mutant.name, new)
            return True
    return False


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _holds(code: CodeType, line: int) -> bool:
    lines = [number for inner in (code, *_codes(code)) for *_, number in inner.co_lines() if number]
    return code.co_firstlineno <= line <= max(lines)


def _forget(session: pytest.Session) -> None:
    """Drop what the run without mutants left in memory: caches and fixtures of our own."""
    for value in gc.get_objects():
        # Not isinstance: it would wake lazy objects.
        if type(value) is functools._lru_cache_wrapper and value.__module__.startswith(PRODUCT):
            value.cache_clear()
    fixtures = {
        fixture
        for item in session.items
        for name, found in item._fixtureinfo.name2fixturedefs.items()
        if not name.startswith("django_db")
        for fixture in found
    }
    for fixture in fixtures:
        if fixture.func.__module__.startswith("tests."):
            fixture.cached_result = None
