"""The Nu HTML Checker finds nothing on any page of the demo site."""

import json
import shutil
from pathlib import Path

import pytest
from django.test import Client

from tests.contract.node import install, run
from tests.reading import Walks

pytestmark = pytest.mark.tools

# VoiceOver in Safari knows a list without markers as one by its role alone.
MEANT = {f"The “list” role is unnecessary for element “{name}”." for name in ("ul", "ol")}
JUDGES = Path(__file__).resolve().parent / "html"


@pytest.fixture(scope="module")
def checker() -> Path:
    if shutil.which("java") is None:
        pytest.skip("The Nu HTML Checker needs Java.")
    install(JUDGES)
    found: Path = JUDGES / "node_modules/vnu-jar/build/dist/vnu.jar"
    assert found.exists()
    return found


def complaints(checker: Path, folder: Path) -> list[str]:
    """Return what the checker says of the HTML files in a folder, each with its place."""
    done = run(folder, "java", "-jar", str(checker), "--format", "json", str(folder))
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(each['url']).name}: {each['message']}"
        for each in messages
        if each["message"] not in MEANT
    ]


def test_every_page_is_valid(checker: Path, walks: Walks, db: None, tmp_path: Path) -> None:
    paths = {path.partition("#")[0] for pages in walks.values() for path in pages}
    assert len(paths) > 50
    paths |= {"/finns-inte/", "/en/not-there/", "/sok/?q=sömn", "/en/search/?q=sleep"}
    for number, path in enumerate(sorted(paths)):
        (tmp_path / f"{number}.html").write_bytes(Client().get(path).content)
    assert complaints(checker, tmp_path) == []


def test_it_would_find_something(checker: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text('<!DOCTYPE html><html lang="sv"><title>x</title><p><div>')
    assert complaints(checker, tmp_path)
