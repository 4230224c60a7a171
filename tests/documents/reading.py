"""Reading the documents: their text, code blocks, tables and headings."""

import re
from pathlib import Path
from typing import Final

from django.conf import settings

ROOT: Final[Path] = settings.BASE_DIR
DOCUMENTS: Final = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def read(name: str) -> str:
    """Return the text of a document, named by its path from the root of the project."""
    return (ROOT / name).read_text()


def everything() -> str:
    """Return the text of all documents."""
    return "\n".join(path.read_text() for path in DOCUMENTS)


def code_blocks(text: str, language: str) -> list[str]:
    """Return the code of all fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def code_block(text: str, language: str, start: str = "") -> str:
    """Return the code of the only block of a language that begins with some words."""
    (found,) = [code for code in code_blocks(text, language) if code.startswith(start)]
    return found


def section(text: str, heading: str) -> str:
    """Return what is below a heading of the second level, up to the next one."""
    (found,) = re.findall(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    return str(found)


def first_cells(text: str) -> list[str]:
    """Return the first cell of each table row that begins with code, without the backticks."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
