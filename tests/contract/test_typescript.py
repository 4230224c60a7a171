"""Tests the generated types of front ends: they compile, narrow, and notice new members."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.contract.node import install, run
from tools.openapi import committed

SOURCE = Path(__file__).resolve().parent / "typescript"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample with its tools installed."""
    install(SOURCE)
    return copy_sample(tmp_path_factory.mktemp("typescript"))


def copy_sample(folder: Path) -> Path:
    for name in ("sample.ts", "tsconfig.json", "package.json"):
        shutil.copy(SOURCE / name, folder)
    (folder / "node_modules").symlink_to(SOURCE / "node_modules")
    return folder


def compile_against(document: dict[str, Any], project: Path) -> tuple[bool, str]:
    """Return whether the sample compiles with the types of a document, and the output."""
    (project / "openapi.json").write_text(json.dumps(document))
    generated = run(project, "npx", "openapi-typescript", "openapi.json", "-o", "schema.d.ts")
    assert generated.returncode == 0, generated.stderr
    compiled = run(project, "npx", "tsc")
    return compiled.returncode == 0, compiled.stdout


def with_member(document: dict[str, Any], union: str, like: str, kind: str) -> dict[str, Any]:
    """Return the document with one more member in a union discriminated by `type`."""
    document = copy.deepcopy(document)
    schemas = document["components"]["schemas"]
    name = kind.title()
    schemas[name] = copy.deepcopy(schemas[like])
    schemas[name]["title"] = name
    schemas[name]["properties"]["type"] = {"const": kind, "type": "string"}
    reference = {"$ref": f"#/components/schemas/{name}"}
    schemas[union]["oneOf"].append(reference)
    schemas[union]["discriminator"]["mapping"][kind] = reference["$ref"]
    return document


@pytest.fixture(scope="module")
def compiled(project: Path) -> tuple[bool, str]:
    """Return what becomes of the sample with the types of the committed document."""
    return compile_against(committed(), project)


def test_the_sample_compiles(compiled: tuple[bool, str]) -> None:
    compiles, said = compiled
    assert compiles, said


def test_the_example_front_end_has_the_types_of_the_contract(
    compiled: tuple[bool, str], project: Path
) -> None:
    types = settings.BASE_DIR / "examples" / "frontend" / "src" / "api" / "schema.d.ts"
    assert types.read_text() == (project / "schema.d.ts").read_text(), (
        "Run `npm run types` in examples/frontend."
    )


def test_what_is_new_or_removed_stops_it_from_compiling(project: Path, tmp_path: Path) -> None:
    """All at once: the compiler takes seconds each time, and names every error."""
    document = with_member(committed(), "BodyBlock", "SectionBlock", "video")
    document = with_member(document, "Page", "FaqPage", "event")
    section = document["components"]["schemas"]["SectionValue"]
    del section["properties"]["heading"]
    section["required"].remove("heading")
    compiles, said = compile_against(document, copy_sample(tmp_path))
    assert not compiles
    # Once for the block and once for the page.
    assert said.count("not assignable to parameter of type 'never'") == 2, said
    assert "'heading' does not exist" in said
