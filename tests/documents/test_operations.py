"""The README names what there is: every variable of the environment and every `make` target."""

import ast
import re
from collections.abc import Iterator

from django.conf import settings

README = (settings.BASE_DIR / "README.md").read_text()
# Django itself reads this one.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def variables_of_the_settings() -> Iterator[str]:
    """The first argument of each `env.…("NAME")`."""
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
    table = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    assert len(table) == len(set(table))
    assert set(table) - NOT_OURS == set(variables_of_the_settings())


def test_settings_read_the_environment_in_one_way() -> None:
    """Through `env`, so that the table can be held against them."""
    for path in (settings.BASE_DIR / "cms" / "settings").glob("*.py"):
        assert not re.search(r"os\.environ|getenv", path.read_text()), path.name


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:`|^|\d )make ([a-z]+)", README, re.MULTILINE))
    assert {"run", "test", "lint", "messages"} <= named <= targets
