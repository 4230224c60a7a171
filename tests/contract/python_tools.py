"""Runs Python programs of others in an environment of their own."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from django.conf import settings

ENVIRONMENT: Final[Path] = settings.BASE_DIR / ".uv" / "contract-tools"


def install(requirements: Path) -> None:
    """Install what a file of requirements pins, unless it is installed."""
    marker = ENVIRONMENT / "requirements.txt"
    if marker.exists() and marker.read_text() == requirements.read_text():
        return
    uv = shutil.which("uv") or str(settings.BASE_DIR / ".uv" / "bin" / "uv")
    for command in (
        [uv, "venv", "--quiet", "--clear", str(ENVIRONMENT)],
        [uv, "pip", "install", "--quiet", "--python", str(ENVIRONMENT), "-r", str(requirements)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    shutil.copy(requirements, marker)


def run(folder: Path, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a program of the environment in a folder; return its output and exit code."""
    return subprocess.run(
        [str(ENVIRONMENT / "bin" / program), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
