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
    folder = tmp_path_factory.mktemp("typescript")
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
    schemas["Novelty"] = copy.deepcopy(schemas[like])
    schemas["Novelty"]["title"] = "Novelty"
    schemas["Novelty"]["properties"]["type"] = {"const": kind, "type": "string"}
    reference = {"$ref": "#/components/schemas/Novelty"}
    schemas[union]["oneOf"].append(reference)
    schemas[union]["discriminator"]["mapping"][kind] = reference["$ref"]
    return document


def test_the_sample_compiles(project: Path) -> None:
    compiles, said = compile_against(committed(), project)
    assert compiles, said


def test_the_example_front_end_has_the_types_of_the_contract(project: Path) -> None:
    compile_against(committed(), project)
    types = settings.BASE_DIR / "examples" / "frontend" / "src" / "api" / "schema.d.ts"
    assert types.read_text() == (project / "schema.d.ts").read_text(), (
        "Run `npm run types` in examples/frontend."
    )


@pytest.mark.parametrize(
    ("union", "like", "kind"),
    [("BodyBlock", "SectionBlock", "video"), ("Page", "FaqPage", "event")],
)
def test_something_new_stops_it_from_compiling(
    project: Path, union: str, like: str, kind: str
) -> None:
    compiles, said = compile_against(with_member(committed(), union, like, kind), project)
    assert not compiles
    assert "not assignable to parameter of type 'never'" in said


def test_a_removed_field_stops_it_from_compiling(project: Path) -> None:
    document = committed()
    section = document["components"]["schemas"]["SectionValue"]
    del section["properties"]["heading"]
    section["required"].remove("heading")
    compiles, said = compile_against(document, project)
    assert not compiles
    assert "'heading' does not exist" in said
