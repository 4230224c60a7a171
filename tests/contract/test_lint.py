"""Tests that linters of others find nothing in the OpenAPI document."""

import json
from pathlib import Path

import pytest

from tests.contract.node import install, run
from tools.openapi import FILE

pytestmark = pytest.mark.tools

LINTERS = Path(__file__).resolve().parent / "lint"


@pytest.fixture(scope="module")
def linters() -> Path:
    install(LINTERS)
    return LINTERS


def test_redocly_finds_nothing(linters: Path) -> None:
    command = ("npx", "redocly", "lint", str(FILE), "--format", "json")
    done = run(linters, *command, REDOCLY_TELEMETRY="off", REDOCLY_SUPPRESS_UPDATE_NOTICE="true")
    found = json.loads(done.stdout)
    assert found["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}, found["problems"]
    assert done.returncode == 0


def test_spectral_finds_nothing(linters: Path) -> None:
    command = ("npx", "spectral", "lint", str(FILE), "--ruleset", "spectral.yaml")
    done = run(linters, *command, "--format", "json", "--fail-severity", "hint")
    found = done.stdout
    assert json.loads(found[found.index("[") : found.rindex("]") + 1]) == [], found
    assert done.returncode == 0


@pytest.mark.parametrize("linter", ["redocly", "spectral"])
def test_they_would_find_something(linters: Path, linter: str, tmp_path: Path) -> None:
    document = json.loads(FILE.read_text())
    del document["paths"]["/api/delivery/v1/pages/"]["get"]["operationId"]
    broken = tmp_path / "openapi.json"
    broken.write_text(json.dumps(document))
    rules = "--config redocly.yaml --max-problems 9" if linter == "redocly" else "-r spectral.yaml"
    done = run(linters, "npx", linter, "lint", str(broken), *rules.split())
    assert "operationId" in done.stdout + done.stderr
