"""Tests that clients which other generators make can read every answer of the demo site."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.contract import node, python_tools
from tests.reading import API, Api, text_of
from tools.openapi import committed

pytestmark = pytest.mark.tools

SOURCE = Path(__file__).resolve().parent / "clients"
OPERATIONS = {
    path.removeprefix(f"/{API.strip('/')}/"): item["get"]
    for path, item in committed()["paths"].items()
}
LISTS = ["pages/", "faqs/", "faqs/topics/", "self-test-ctas/", "concerns/"]


def every_answer() -> Iterator[tuple[str, Any]]:
    """Yield what the demo site answers, with the path of the operation."""
    api = Api(Client())
    yield "locales/", api.get("locales/")
    yield "urls/", api.get("urls/", limit=100)
    Redirect.add_redirect("/gammal/", redirect_to=Page.objects.get(slug="faq"))
    yield "redirects/", api.get("redirects/")
    yield "pages/by-path/", api.page("/gammal/")
    address = f"{API}changes/?since=0"
    while address:
        changes = api.client.get(address).json()
        yield "changes/", changes
        address = changes["next"]
    for locale, other in (("sv", "en"), ("en", "sv")):
        for path in LISTS:
            yield path, api.get(path, locale=locale, limit=100)
            yield path, api.get(path, locale=locale, fallback=other, limit=3)
        for word in ("samtal", "therapy", "oro", "sleep", "xyzzy"):
            yield "search/", api.get("search/", locale=locale, q=word, limit=100)
        for rich_text in ("html", "markdown"):
            yield "navigation/", api.get("navigation/", locale=locale, rich_text=rich_text)
            query = {"locale": locale, "rich_text": rich_text}
            yield "faqs/", api.get("faqs/", **query)
            pages = api.get("pages/", **query, include="content", limit=100)
            yield "pages/", pages
            for line in text_of(api.response("export/", **query)).splitlines():
                yield "export/", json.loads(line)
            for item in pages["items"]:
                yield "pages/{page_id}/", api.get(f"pages/{item['id']}/", rich_text=rich_text)
                by_path = api.get("pages/by-path/", path=item["path"], rich_text=rich_text)
                yield "pages/by-path/", by_path


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    """Return a folder with the document, every answer and the programs that read them."""
    for path in SOURCE.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    (tmp_path / "openapi.json").write_text(json.dumps(committed()))
    found = [_described(path, data) for path, data in every_answer()]
    (tmp_path / "answers.json").write_text(json.dumps(found))
    asked = Counter(answer["operation"] for answer in found)
    assert asked.keys() | {"getPreview"} == {each["operationId"] for each in OPERATIONS.values()}
    assert asked["getPage"] == asked["exportPages"] - 4 == 112
    return tmp_path


def _described(path: str, data: Any) -> dict[str, Any]:
    operation = OPERATIONS[path]
    ((_kind, content),) = operation["responses"]["200"]["content"].items()
    return {
        "operation": operation["operationId"],
        "tag": operation["tags"][0],
        "schema": content["schema"]["$ref"].rpartition("/")[2],
        "data": data,
    }


def assert_all_read(done: Any) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert result["failures"] == []
    assert result["read"] > 300


def test_zod_schemas_of_hey_api_and_orval(folder: Path) -> None:
    node.install(SOURCE)
    (folder / "node_modules").symlink_to(SOURCE / "node_modules")
    for command in (("openapi-ts",), ("orval", "--config", "orval.config.mjs")):
        done = node.run(folder, "npx", *command)
        assert done.returncode == 0, done.stdout + done.stderr
    assert_all_read(node.run(folder, "node", "read-answers.mjs"))
    # What they make compiles, too.
    options = (
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--target",
        "es2022",
        "--module",
        "nodenext",
    )
    done = node.run(folder, "npx", "tsc", *options, "hey-api/zod.gen.ts", "orval/zod.ts")
    assert done.returncode == 0, done.stdout


def test_models_of_pydantic_and_attrs(folder: Path) -> None:
    python_tools.install(SOURCE / "requirements.txt")
    done = python_tools.run(
        folder,
        "datamodel-codegen",
        *("--input", "openapi.json", "--input-file-type", "openapi", "--output", "models.py"),
        *("--output-model-type", "pydantic_v2.BaseModel", "--target-python-version", "3.11"),
        *("--formatters", "builtin"),
    )
    assert done.returncode == 0, done.stderr
    done = python_tools.run(
        folder,
        "openapi-python-client",
        *("generate", "--path", "openapi.json", "--meta", "none"),
        *("--output-path", "samtal_delivery_api_client"),
        *("--config", "openapi-python-client.yaml"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # It leaves out the answer of the export, and nothing else.
    assert done.stderr.count("WARNING") == done.stderr.count("application/jsonl)") == 1
    assert_all_read(python_tools.run(folder, "python", "read_answers.py"))
