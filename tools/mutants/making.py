"""Make the mutants of a module: its source with one small change each, by mutmut's operators.

Changed are the bodies of functions and the values of constants. What runs once at start
(decorators, defaults of parameters, class bodies) cannot be exchanged in a running process.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from itertools import accumulate
from pathlib import Path

import libcst as cst
from libcst import matchers as m
from libcst.metadata import CodeRange, MetadataWrapper, WhitespaceInclusivePositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

LOGGERS = {"logger", "logging", "warnings"}


@dataclass(frozen=True)
class Mutant:
    path: str
    line: int
    # The line at which its statement begins: the only one that runs of a text in several lines.
    statement: int
    # "function" or "Class.method" for a change in a body, the name for that of a constant.
    name: str
    is_constant: bool
    source: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}\n    - {self.before}\n    + {self.after}"


def mutants_of(path: str) -> list[Mutant]:
    """Return the mutants of a Python file, given by its path from the root of the repository."""
    source = Path(path).read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    finder = _Finder(wrapper.resolve(WhitespaceInclusivePositionProvider))
    wrapper.module.visit(finder)
    starts = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    made = {}
    for name, is_constant, statement, place, changed in finder.found:
        start = starts[place.start.line - 1] + place.start.column
        end = starts[place.end.line - 1] + place.end.column
        mutated = source[:start] + wrapper.module.code_for_node(changed) + source[end:]
        if not _compiles(mutated) or mutated in made:
            continue
        before, after = _difference(source, mutated)
        made[mutated] = Mutant(
            path, place.start.line, statement, name, is_constant, mutated, before, after
        )
    return list(made.values())


def sample_of(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return mutants chosen at random, in their order; the same seed chooses the same of a code."""
    chosen = random.Random(seed).sample(range(len(mutants)), min(size, len(mutants)))  # noqa: S311
    return [mutants[number] for number in sorted(chosen)]


class _Finder(cst.CSTVisitor):
    """Collects (name, is a constant, line of its statement, place in the file, changed node)."""

    def __init__(self, places: Mapping[cst.CSTNode, CodeRange]) -> None:
        self.places = places
        self.found: list[tuple[str, bool, int, CodeRange, cst.CSTNode]] = []
        self.statement = 0
        self.names: list[str] = []
        self.functions = 0
        self.constant = ""

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        if self.functions:
            return False
        self.names.append(node.name.value)
        node.body.visit(self)
        self.names.pop()
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        if not self.functions:
            self.names.append(node.name.value)
        self.functions += 1
        # Only the body: decorators, defaults and annotations ran when the module was imported.
        node.body.visit(self)
        self.functions -= 1
        if not self.functions:
            self.names.pop()
        return False

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        self.statement = self.places[node.body[0]].start.line
        if self.functions:
            # A docstring is no code.
            return not m.matches(node.body[0], m.Expr(m.SimpleString()))
        match node.body[0]:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value):
                pass
            case cst.AnnAssign(target=cst.Name(value=name), value=cst.BaseExpression() as value):
                pass
            case _:
                return False
        if not self.names and name.lstrip("_").isupper():
            self.constant = name
            value.visit(self)
            self.constant = ""
        return False

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        return False

    def visit_Call(self, node: cst.Call) -> bool:
        return not _is_logging(node)

    def on_visit(self, node: cst.CSTNode) -> bool:
        if (self.functions or self.constant) and not _is_logging(node):
            name = self.constant or ".".join(self.names)
            for changed in _changes(node):
                place = self.places[node]
                self.found.append((name, bool(self.constant), self.statement, place, changed))
        return super().on_visit(node)


def _is_logging(node: cst.CSTNode) -> bool:
    return (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and isinstance(node.func.value, cst.Name)
        and node.func.value.value in LOGGERS
    )


def _changes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            changes = operator(node)
            # Of the three changes of a string one will do.
            yield from list(changes)[:1] if operator is operator_string else changes


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _difference(source: str, mutated: str) -> tuple[str, str]:
    """Return the lines that were taken away and those that were put there, each as one text."""
    lines = list(unified_diff(source.splitlines(), mutated.splitlines(), n=0, lineterm=""))[2:]
    return (
        " ".join(line[1:].strip() for line in lines if line.startswith("-")),
        " ".join(line[1:].strip() for line in lines if line.startswith("+")),
    )
