"""Only `cms.signals` listens to signals, with the help of the adapter for upstream's receivers."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

CONNECT = {"cms/signals.py", "cms/upstream/receivers.py"}
# Calls a receiver of Wagtail's by itself, and connects none.
CALL = {"cms/upstream/clusters.py"}
# Where signals of our own are made, for other parts to be told by.
DEFINES = {
    "cms/content/staleness.py",
    "cms/core/edit_requests.py",
    "pages/seeding/__init__.py",
}


def sources() -> Iterator[tuple[str, ast.Module]]:
    root = Path(settings.BASE_DIR)
    for package in ("cms", "faq", "pages"):
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(root)), ast.parse(path.read_text())


def listens(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that import signals of Django or Wagtail, or connect any."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module)) if not node.level and (
                module.endswith((".signals", ".signal_handlers")) or module == "django.dispatch"
            ):
                if [each.name for each in node.names] != ["Signal"]:
                    yield node.lineno
            case ast.Import(names=names) if any("signals" in each.name for each in names):
                yield node.lineno
            case ast.ImportFrom(names=names) if any(
                each.name in ("signals", "signal_handlers", "receiver") for each in names
            ):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr="connect" | "disconnect", value=ast.Name())):
                yield node.lineno


def test_one_module_connects_signals() -> None:
    found = {name for name, tree in sources() for _line in listens(tree)}
    assert found == CONNECT | CALL


def test_signals_of_our_own_are_few() -> None:
    makers = {
        name
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Signal"
    }
    assert makers == DEFINES
