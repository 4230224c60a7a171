"""docs/architecture.md names every module with its job, and the floors of the import contract."""

import re
import tomllib
from collections.abc import Iterator

from django.core.management import get_commands

from cms.saving import PAGES

from .reading import DOCUMENTS, ROOT, code_block, read, section

ARCHITECTURE = read("docs/architecture.md")
# What Django makes or finds by its place, without a job of its own.
NO_MODULES = {"__init__.py", "__pycache__", "migrations", "static", "templates", "demo"}


def modules() -> Iterator[str]:
    """Yield the packages and modules right below each package of ours, as the tables write them."""
    for package in ("cms", "faq", "pages"):
        for path in (ROOT / package).iterdir():
            if path.name not in NO_MODULES and (path.is_dir() or path.suffix == ".py"):
                yield f"{package}/{path.name}" + ("/" if path.is_dir() else "")


def test_every_module_is_in_a_table_with_its_job() -> None:
    house = section(ARCHITECTURE, "The house")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", house, re.MULTILINE)
    table = [name for name, _job in rows]
    assert len(table) == len(set(table))
    assert set(table) == set(modules())


def test_every_part_of_the_translation_app_is_named() -> None:
    house = section(ARCHITECTURE, "The house")
    for path in (ROOT / "cms/translation").iterdir():
        if (path / "__init__.py").exists() and path.name not in {
            *NO_MODULES,
            "management",
            "templatetags",
        }:
            assert f"`cms/translation/{path.name}/`" in house


def test_the_floors_are_those_of_the_import_contract() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (layers,) = [
        contract["layers"]
        for contract in contracts
        if contract["name"] == "A lower floor never imports a higher one"
    ]
    assert code_block(ARCHITECTURE, "text").splitlines() == layers


def test_the_journey_of_a_save_names_the_steps_of_a_page_in_their_order() -> None:
    steps = [step.__name__ for step in (*PAGES.before_save, *PAGES.after_save, *PAGES.when_whole)]
    journey = section(ARCHITECTURE, "The journey of a save")
    assert [name for name in re.findall(r"`(\w+)`", journey) if name in steps] == steps


def test_every_identifier_that_a_document_names_is_in_the_code() -> None:
    """Names with an underscore or a hump: `PublicScope`, `public_value`.

    Not those of upstream, of which two documents tell.
    """
    ours = "".join(
        path.read_text() for path in DOCUMENTS if path.name not in {"upgrading.md", "upstream.md"}
    )
    suffixes = {".py", ".html", ".toml", ".json", ".css"}
    code = "\n".join(
        path.read_text()
        for folder in ("cms", "faq", "pages", "templates", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and "node_modules" not in path.parts
    )
    known = set(re.findall(r"\w+", code))
    named = set(re.findall(r"`(\w*(?:[a-z][A-Z]|[A-Za-z]_)\w*)(?:\(\))?`", ours))
    assert {"PublicScope", "public_value"} <= named
    assert sorted(named - known - set(get_commands())) == []
