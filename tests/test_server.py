"""Tests the server as docs/operations.md starts it: a killed worker is replaced."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.bench import servers

OPERATIONS = (settings.BASE_DIR / "docs/operations.md").read_text()
APPLICATION = """
import os

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
"""


def start_command() -> list[str]:
    """Return the words of the document's command, without the program and the application."""
    (command,) = re.findall(r"^\.venv/bin/granian (.*?)^```", OPERATIONS, re.MULTILINE | re.DOTALL)
    return shlex.split(command.replace("\\\n", " "))[:-1]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    (tmp_path / "small.py").write_text(APPLICATION)
    options, port = start_command(), free_port()
    options[options.index("--port") + 1] = str(port)
    process = subprocess.Popen(
        [Path(sys.executable).with_name("granian"), *options, "small:application"],
        cwd=tmp_path,
        env={**os.environ, "GRANIAN_RESPAWN_INTERVAL": "0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process, port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def worker(port: int) -> int | None:
    """Return the id of the worker that answers, None where the server does not."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as response:
            return int(response.read())
    except OSError:
        return None


def until_two_answer(port: int) -> set[int]:
    found: set[int] = set()
    end = time.monotonic() + 20
    while len(found) < 2 and time.monotonic() < end:
        found |= {pid for pid in [worker(port)] if pid}
        time.sleep(0.01)
    return found


def test_a_killed_worker_is_replaced_and_the_others_go_on(
    server: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, port = server
    before = until_two_answer(port)
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    time.sleep(0.2)
    after = {worker(port) for _number in range(20)}
    assert killed not in after
    assert None not in after
    assert process.poll() is None
    now = until_two_answer(port)
    assert len(now) == 2
    assert killed not in now
    assert process.poll() is None


def test_the_benchmarks_start_it_in_the_same_way() -> None:
    options = start_command()
    for option in ("--interface", "--workers", "--blocking-threads", "--workers-kill-timeout"):
        value = options[options.index(option) + 1]
        assert servers.GRANIAN[servers.GRANIAN.index(option) + 1] == value
    assert "--respawn-failed-workers" in options
    assert "--respawn-failed-workers" in servers.GRANIAN
