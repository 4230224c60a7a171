"""`docs/upstream.md` lists every adapter, and each has the test that the table names."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ADAPTERS = sorted(path.stem for path in (ROOT / "cms/upstream").glob("[!_]*.py"))
TABLE = re.findall(
    r"^\| `(\w+)` \|.*\| `(test_\w+\.py)` \|$", (ROOT / "docs/upstream.md").read_text(), re.M
)


def test_the_table_lists_the_modules_of_the_package() -> None:
    assert [module for module, _test in TABLE] == ADAPTERS


@pytest.mark.parametrize(("module", "test"), TABLE)
def test_the_test_that_the_table_names_imports_what_the_adapter_takes(
    module: str, test: str
) -> None:
    source = (ROOT / "tests/upstream" / test).read_text()
    taken = upstream_modules((ROOT / "cms/upstream" / f"{module}.py").read_text())
    used = upstream_modules(source)
    assert re.search(rf"\b{module}\b", source) or taken & used, (
        f"{test} says nothing of {module}, nor of {sorted(taken)}."
    )


@pytest.mark.parametrize("module", ADAPTERS)
def test_the_docstring_says_where_it_comes_from_and_which_version(module: str) -> None:
    text = ast.get_docstring(ast.parse((ROOT / f"cms/upstream/{module}.py").read_text())) or ""
    assert "\nFrom `" in text
    assert re.search(r"(Wagtail|wagtail-localize|modelsearch|django-axes) \d+\.\d+", text)


@pytest.mark.parametrize("module", ADAPTERS)
def test_an_adapter_imports_nothing_of_ours(module: str) -> None:
    tree = ast.parse((ROOT / f"cms/upstream/{module}.py").read_text())
    imported = [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [name for name in imported if name.split(".")[0] in ("cms", "faq", "pages")]
    assert not ours


def upstream_modules(source: str) -> set[str]:
    return {
        str(node.module)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        and node.level == 0
        and str(node.module).split(".")[0] in ("wagtail", "wagtail_localize", "modelsearch", "axes")
    }
