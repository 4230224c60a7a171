"""Runs Node and npm from the environment's own package."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.prefix) / "bin"


def run(folder: Path, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a program of Node in a folder; return its output and exit code."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def install(folder: Path) -> None:
    """Install what a folder's lock file lists, unless it is installed."""
    marker = folder / "node_modules" / ".package-lock.json"
    lock = folder / "package-lock.json"
    if marker.exists() and marker.stat().st_mtime >= lock.stat().st_mtime:
        return
    done = run(folder, "npm", "ci", "--no-audit", "--no-fund")
    assert done.returncode == 0, done.stderr
