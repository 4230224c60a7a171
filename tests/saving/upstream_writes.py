"""Find where upstream code writes rows without the signals of a save or a deletion."""

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("modelcluster", "treebeard", "wagtail", "wagtail_localize")
# Of no running site: their own tests, and the database's migrations.
SKIPPED = {"migrations", "test", "tests", "locale", "static"}
WRITES = {"bulk_create", "bulk_update", "_raw_delete", "abulk_create", "aupdate"}


def silent_writes() -> set[str]:
    """Return `module:function` of each place in the installed packages that writes silently.

    These are `update()` with fields, `bulk_create()`, `bulk_update()` and `_raw_delete()` of
    querysets, and SQL that is executed on a cursor.
    """
    return {place for package in PACKAGES for place in _places(package)}


def _places(package: str) -> Iterator[str]:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        if not SKIPPED & {*parts}:
            module = ".".join(part for part in parts if part != "__init__")
            for name in _functions(ast.parse(path.read_text()), ""):
                yield f"{module}:{name}"


def _functions(node: ast.AST, name: str) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and _is_silent_write(child):
            yield name
        is_named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        inner = f"{name}.{child.name}".lstrip(".") if is_named else name  # type: ignore[attr-defined]
        yield from _functions(child, inner)


def _is_silent_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "update":
        # Dictionaries are given another one, querysets their fields.
        return bool(call.keywords) and not call.args
    if call.func.attr == "execute":
        return isinstance(call.func.value, ast.Name) and call.func.value.id == "cursor"
    return call.func.attr in WRITES
