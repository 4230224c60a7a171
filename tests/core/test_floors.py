"""Tests that lower floors get no model of a higher floor by its label.

`lint-imports` checks imports; it cannot see `apps.get_model("review", …)`.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

FOLDERS = ("cms", "faq", "pages")


def test_no_floor_gets_a_model_of_a_higher_floor() -> None:
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{line} gets a model of {label}"
        for path, source in _sources()
        for line, label in reaches_up(_module(path), source)
    ]

    assert found == []


@pytest.mark.parametrize(
    "call",
    [
        'apps.get_model("review", "Approval")',
        'apps.get_model("review.Approval")',
        'apps.get_model(app_label="review", model_name="Approval")',
        'get_model("review", "Approval")',
    ],
)
def test_a_model_of_a_higher_floor_is_noticed(call: str) -> None:
    assert list(reaches_up("cms.content.clinical_review", call)) == [(1, "review")]


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("cms.content.checks", 'apps.get_model("wagtailcore", "Page")'),
        ("cms.content.checks", "apps.get_model(label)"),
        ("cms.review.shared", 'apps.get_model("review", "Approval")'),
        ("cms.review.shared", 'apps.get_model("pages.HomePage")'),
    ],
)
def test_models_of_the_same_and_of_lower_floors_are_free(module: str, call: str) -> None:
    assert list(reaches_up(module, call)) == []


def reaches_up(module: str, source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the app label of each model that a module gets from above its floor."""
    own = floor_of(module)
    for node in ast.walk(ast.parse(source)):
        label = _label(node) if isinstance(node, ast.Call) else None
        if label in apps.app_configs and own is not None:
            floor = floor_of(apps.get_app_config(label).name)
            if floor is not None and floor < own:
                yield node.lineno, label


def floor_of(module: str) -> int | None:
    """Return the index of a module's layer in the import contract, 0 at the top."""
    contracts = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    layers = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    for index, layer in enumerate(layers):
        for package in layer.replace("|", ":").split(":"):
            if f"{module}.".startswith(f"{package.strip()}."):
                return index
    return None


def _label(call: ast.Call) -> str | None:
    """Return the app label that `get_model` is called with, None where it is not a literal."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    named = [keyword.value for keyword in call.keywords if keyword.arg == "app_label"]
    first = next(iter([*call.args, *named]), None)
    if name != "get_model" or not isinstance(first, ast.Constant):
        return None
    return str(first.value).split(".")[0]


def _sources() -> Iterator[tuple[Path, str]]:
    for folder in FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
