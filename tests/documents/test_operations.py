"""docs/operations.md names every variable of the environment and every management command."""

import ast
import re
from collections.abc import Iterator

from django.conf import settings
from django.core.management import get_commands

from .reading import ROOT, everything, first_cells, read, section

OPERATIONS = read("docs/operations.md")
# Django itself reads this one.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def variables_of_the_settings() -> Iterator[str]:
    """Yield the first argument of each `env.…("NAME")`."""
    for path in sorted((settings.BASE_DIR / "cms" / "settings").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and isinstance(node.args[0], ast.Constant)
            ):
                yield node.args[0].value


def test_every_variable_of_the_environment_is_in_the_table() -> None:
    table = first_cells(section(OPERATIONS, "Environment"))
    assert len(table) == len(set(table))
    assert set(table) - NOT_OURS == set(variables_of_the_settings())


def test_settings_read_the_environment_in_one_way() -> None:
    """Through `env`, so that the table can be held against them."""
    for path in (settings.BASE_DIR / "cms" / "settings").glob("*.py"):
        assert not re.search(r"os\.environ|getenv", path.read_text()), path.name


def test_every_management_command_is_in_the_table() -> None:
    folders = (ROOT / name for name in ("cms", "faq", "pages"))
    ours = {
        path.stem
        for folder in folders
        for path in folder.glob("**/management/commands/*.py")
        if path.stem != "__init__"
    }
    table = set(first_cells(section(OPERATIONS, "Management commands")))
    assert ours <= table <= set(get_commands())


def test_every_management_command_that_a_document_names_exists() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", everything()))
    assert {"migrate", "seed", "publish_scheduled"} <= named <= set(get_commands())
