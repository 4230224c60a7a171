"""The servers under test, all on 127.0.0.1: the site as in docs/operations.md, and others."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from . import machine
from .databases import ROOT, environment

# The command of docs/operations.md.
GRANIAN = [
    str(Path(sys.executable).with_name("granian")),
    *("--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "4"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "30"),
]
# A proxy in front ends TLS, and passes on for which host.
HEADERS = {"X-Forwarded-Proto": "https", "Host": "127.0.0.1"}
# As front ends and browsers do.
COMPRESSED = {**HEADERS, "Accept-Encoding": "br"}
NGINX = """
worker_processes 2;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 10000000;
    types {{ application/json json; text/html html; }}
    server {{ listen 127.0.0.1:{port}; {serves} }}
}}
"""
# What a site's own proxy adds, of which only the TLS is left out.
BEHIND_PROXY = """
    location / {{
        proxy_pass http://127.0.0.1:{port};
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-Proto https;
    }}
"""


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    @property
    def workers(self) -> list[int]:
        return machine.children(self.pid)

    def get(self, path: str, headers: Mapping[str, str] = HEADERS) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()


@contextmanager
def site(database: str, log: Path, **settings: str) -> Iterator[Server]:
    """The site in production, with two workers."""
    with _granian("cms.wsgi:application", environment(database, **settings), log, "/en/") as server:
        yield server


@contextmanager
def constant(bodies: Path, log: Path) -> Iterator[Server]:
    """The views that give the same bytes each time, behind the same server."""
    own = {**os.environ, "BENCH_BODIES": str(bodies)}
    with _granian("tests.bench.constant:application", own, log, "/page.json") as server:
        yield server


@contextmanager
def bare(bodies: Path, log: Path) -> Iterator[Server]:
    """The same bytes without a framework, behind the same server."""
    own = {**os.environ, "BENCH_BODIES": str(bodies)}
    with _granian("tests.bench.bare:application", own, log, "/page.json") as server:
        yield server


@contextmanager
def nginx(bodies: Path, folder: Path) -> Iterator[Server]:
    """The same bytes as files."""
    with _nginx(f"root {bodies};", folder, "/page.json") as server:
        yield server


@contextmanager
def proxy(behind: Server, folder: Path) -> Iterator[Server]:
    """The proxy of a site, for programs that cannot say that they asked it over TLS."""
    with _nginx(BEHIND_PROXY.format(port=behind.port), folder, "/en/") as server:
        yield server


@contextmanager
def _nginx(serves: str, folder: Path, first: str) -> Iterator[Server]:
    port, config = machine.free_port(), folder / "nginx.conf"
    user = "root" if os.geteuid() == 0 else "nobody"
    config.write_text(NGINX.format(port=port, folder=folder, serves=serves, user=user))
    command = [machine.nginx(), "-c", str(config), "-p", str(folder), "-g", "daemon off;"]
    with _running(command, None, folder / "nginx.log", port, first) as server:
        yield server


@contextmanager
def _granian(target: str, variables: Mapping[str, str], log: Path, first: str) -> Iterator[Server]:
    port = machine.free_port()
    command = [*GRANIAN, "--port", str(port), target]
    with _running(command, variables, log, port, first) as server:
        yield server


@contextmanager
def _running(
    command: list[str], variables: Mapping[str, str] | None, log: Path, port: int, first: str
) -> Iterator[Server]:
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
    server = Server(port, process.pid)
    try:
        _wait(server, process, first, log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(server: Server, process: subprocess.Popen[bytes], first: str, log: Path) -> None:
    """Until the server has answered each of its workers' first requests."""
    deadline = time.monotonic() + 300
    answered = 0
    while answered < 12:
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"A server did not start:\n{log.read_text()}")
        try:
            response, _body = server.get(first)
        except OSError:
            time.sleep(0.2)
            continue
        if response.status != 200:
            sys.exit(f"{first} answers {response.status}")
        answered += 1
