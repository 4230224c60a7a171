"""Tests that an obstacle to a start is explained in one sentence, with nothing half-done."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tools import get_uv

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "x" * 64,
    "ALLOWED_HOSTS": "www.example.org",
    "BASE_URL": "https://www.example.org",
}


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run manage.py with this environment and none of the caller's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=django_settings.BASE_DIR,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def demo(*arguments: str, **environment: str) -> str:
    """Run `manage.py demo` where it cannot work; return the line that it prints."""
    result = manage("demo", *arguments, **environment)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield str(listener.getsockname()[1])


@pytest.fixture
def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


def test_a_port_in_use(tmp_path: Path, taken_port: str) -> None:
    said = demo("--port", taken_port, DATA_DIR=str(tmp_path))
    assert f"Cannot listen on 127.0.0.1:{taken_port} (Address already in use)" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("127.0.0.1", "0", "0 is no port"),
        ("127.0.0.1", "http", "http is no port"),
        ("127.0.0.1", "65536", "65536 is no port"),
        ("192.0.2.1", "8000", "Cannot listen on 192.0.2.1:8000"),
        ("no-such-host.invalid", "8000", "Cannot listen on no-such-host.invalid:8000"),
    ],
)
def test_an_address_where_nothing_can_listen(host: str, port: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("demo", host=host, port=port)


def test_a_data_folder_that_cannot_be_made(tmp_path: Path, free_port: str) -> None:
    (tmp_path / "file").write_text("")
    said = demo("--port", free_port, DATA_DIR=str(tmp_path / "file" / "data"))
    assert f"Cannot write to the data folder {tmp_path / 'file' / 'data'}" in said


def test_a_data_folder_that_takes_no_files(settings: Settings, free_port: str) -> None:
    settings.DATA_DIR = Path("/proc")  # the kernel's own, which takes none from root either
    with pytest.raises(CommandError, match="Cannot write to the data folder /proc"):
        call_command("demo", port=free_port)


def test_a_database_that_does_not_answer(tmp_path: Path, free_port: str) -> None:
    said = demo(
        "--port",
        free_port,
        DATA_DIR=str(tmp_path),
        DATABASE_URL=f"postgres://postgres@127.0.0.1:{free_port}/samtal",
    )
    assert "Cannot use the database samtal" in said
    assert "Connection refused" in said


def test_a_database_file_that_is_none(tmp_path: Path, free_port: str) -> None:
    (tmp_path / "db.sqlite3").write_text("This is no database. " * 100)
    assert "file is not a database" in demo("--port", free_port, DATA_DIR=str(tmp_path))


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"])
def test_production_names_what_is_missing(missing: str) -> None:
    result = manage("check", **{**PRODUCTION, missing: ""})
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert f"Set these environment variables: {missing} (" in last_line


def test_a_file_that_is_not_uv_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "".join(
        f'<a href="../uv.whl#sha256={sha256}">uv</a>' for sha256 in get_uv.SHA256.values()
    )
    monkeypatch.setattr(get_uv, "download", lambda url: page.encode())
    with pytest.raises(LookupError, match="another checksum"):
        get_uv.install(tmp_path / "uv")
    assert list(tmp_path.iterdir()) == []
