"""Links, images, `make` targets and file names in the documents lead to what exists."""

import json
import re
from pathlib import Path

import pytest

from .reading import DOCUMENTS, ROOT, code_blocks, everything, read

README_WORDS = 1200
IMAGE_BYTES = 80 * 1024
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"`((?:cms|faq|pages|templates|tests|tools|examples|locale|docs)/[\w./-]*)`")
# Files of examples, and an address of the API that looks like one.
NO_FILES = {
    "templates/blocks/fact.html",
    "locale/fi/LC_MESSAGES/django.po",
    "pages/by-path/",
}


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """Return the fragments that GitHub gives to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", without_code(path.read_text()), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_image_of_a_document_resolves(path: Path) -> None:
    for link in LINK.findall(without_code(path.read_text())):
        if re.match(r"https?:|mailto:", link):
            continue
        target, _hash, fragment = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), f"{link} in {path.name}"
        if fragment:
            assert fragment in anchors(file), f"{link} in {path.name}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(path: Path) -> None:
    for name in set(FILE.findall(path.read_text())) - NO_FILES:
        assert (ROOT / name).exists(), f"{name} in {path.name}"


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md":
            continue
        reached.add(path)
        for link in LINK.findall(without_code(path.read_text())):
            target = link.partition("#")[0]
            if target and not re.match(r"https?:", target):
                waiting.append((path.parent / target).resolve())
    assert reached == set(DOCUMENTS)


def test_images_are_small_and_all_shown() -> None:
    images = {path for path in (ROOT / "docs/images").rglob("*") if path.is_file()}
    shown = {
        (path.parent / link).resolve()
        for path in DOCUMENTS
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", path.read_text())
    }
    assert images == shown
    assert [path for path in images if path.stat().st_size > IMAGE_BYTES] == []


def test_the_readme_is_short_and_shows_the_site_and_the_desk() -> None:
    readme = read("README.md")
    assert len(readme.split()) <= README_WORDS
    assert len(re.findall(r"!\[[^\]]+\]\(", readme)) == 2


def test_every_make_target_is_named_and_every_named_one_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE))
    pattern = r"(?:`|^|\d )make ([a-z]+)"
    readme = set(re.findall(pattern, read("README.md"), re.MULTILINE))
    assert {"run", "test", "lint"} <= readme
    contributing = set(re.findall(pattern, read("CONTRIBUTING.md"), re.MULTILINE))
    assert targets - {"help"} <= readme | contributing
    assert set(re.findall(pattern, everything(), re.MULTILINE)) <= targets | {"setup"}


def test_every_npm_script_that_a_document_names_exists() -> None:
    scripts = json.loads(read("examples/frontend/package.json"))["scripts"]
    named = set(re.findall(r"npm run ([a-z-]+)", everything()))
    assert {"types", "build-and-start"} <= named <= set(scripts)


def test_diagrams_are_mermaid() -> None:
    assert len(code_blocks(read("docs/architecture.md"), "mermaid")) >= 2
