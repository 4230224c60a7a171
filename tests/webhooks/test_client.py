"""Tests which hosts webhooks may connect to, and the deadline of a request."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import trustme
from django.core.exceptions import ValidationError
from pytest_django.fixtures import Settings

from cms.webhooks.http.client import EXCERPT_BYTES, SendProblem, post
from cms.webhooks.http.networks import is_allowed
from cms.webhooks.http.urls import validate_url
from tests.webhooks.receiver import Receiver

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.fixture(autouse=True)
def nothing_private_is_allowed(settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = []


@pytest.fixture
def loopback(settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Replace name resolution: each name resolves once, to given addresses."""
    addresses: dict[str, list[str]] = {}
    ask_the_system = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        return [
            answer
            for address in addresses.pop(host, [host])
            for answer in ask_the_system(address, port, *args, **kwargs)
        ]

    monkeypatch.setattr("cms.webhooks.http.network_backend.socket.getaddrinfo", look_up)
    return addresses


@contextmanager
def server(answer: Any) -> Iterator[int]:
    """Yield a server that lets a function handle the first connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)

        def serve() -> None:
            try:
                connection, _address = listener.accept()
                with connection:
                    answer(connection)
            except OSError:
                pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
    thread.join()


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_is_reached(address: str) -> None:
    assert not is_allowed(ip_address(address), "https")
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(ValidationError):
        validate_url(f"https://{host}/")
    answer = post(f"https://{host}/", b"", {})
    assert (answer.status, answer.problem) == (None, SendProblem.INSIDE)
    assert address in answer.detail


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_internet_is_reached_by_https_alone(address: str) -> None:
    assert is_allowed(ip_address(address), "https")
    assert not is_allowed(ip_address(address), "http")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "build.example.org",
        "http://build.example.org/",
        "ftp://build.example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///hook",
        "https://user@build.example.org/",
        "https://user:password@build.example.org/",
        "https://build.example.org/#part",
        "https://build.example.org:99999/",
        "https://build.example.org:0/",
        "https://[::1/",
        "https://build.example.org/a b",
        "https://build.example.org/å",
        "https://build.example.org/\n",
    ],
)
def test_addresses_that_no_webhook_can_have(url: str) -> None:
    with pytest.raises(ValidationError):
        validate_url(url)


@pytest.mark.parametrize(
    "url",
    ["https://build.example.org", "https://build.example.org:8443/a?b=c", "https://93.184.215.14/"],
)
def test_addresses_that_a_webhook_can_have(url: str) -> None:
    validate_url(url)


def test_http_and_inside_where_the_setting_says_so(loopback: None, receiver: Receiver) -> None:
    validate_url(receiver.url)
    assert post(receiver.url, b"{}", {}).status == 204
    with pytest.raises(ValidationError):
        validate_url("http://10.0.0.1/")


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1"])
def test_other_spellings_of_an_inner_address_are_seen_through(host: str) -> None:
    assert post(f"https://{host}/", b"", {}).problem == SendProblem.INSIDE


def test_one_inner_address_among_others_is_enough(names: dict[str, list[str]]) -> None:
    names["hook.example"] = ["93.184.215.14", "10.0.0.1"]
    answer = post("https://hook.example/", b"", {})
    assert (answer.problem, answer.detail) == (SendProblem.INSIDE, "hook.example (10.0.0.1)")


def test_the_address_that_was_checked_is_the_one_connected_to(
    loopback: None, names: dict[str, list[str]], receiver: Receiver
) -> None:
    """The name resolves once, to the server of the test."""
    names["hook.example"] = ["127.0.0.1"]
    answer = post(f"http://hook.example:{receiver.port}/hook", b"{}", {})
    assert answer.status == 204
    assert receiver.requests[0].headers["host"] == f"hook.example:{receiver.port}"


def test_certificates_are_checked_against_the_name(
    loopback: None,
    names: dict[str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hook.example").configure_cert(context)
    asked_for: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked_for.append(name)

    def answer(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            # Whoever answers and hangs up before the whole request has come cuts it off.
            request = b""
            while not request.endswith(b"\r\n\r\n{}") and (part := secure.recv(65536)):
                request += part
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    names["hook.example"] = names["other.example"] = ["127.0.0.1"]
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with server(answer) as port:
        assert post(f"https://hook.example:{port}/", b"{}", {}).status == 200
    with server(answer) as port:
        assert "CERTIFICATE_VERIFY_FAILED" in post(f"https://other.example:{port}/", b"", {}).detail
    monkeypatch.delenv("SSL_CERT_FILE")
    names["hook.example"] = ["127.0.0.1"]
    with server(answer) as port:
        assert "CERTIFICATE_VERIFY_FAILED" in post(f"https://hook.example:{port}/", b"", {}).detail
    assert asked_for == ["hook.example", "other.example", "hook.example"]


def test_redirects_are_not_followed(loopback: None, receiver: Receiver) -> None:
    receiver.behaviour = lambda number: (302, {"Location": receiver.url})
    answer = post(receiver.url, b"{}", {})
    assert (answer.problem, answer.succeeded) == (SendProblem.REDIRECT, False)
    assert len(receiver.requests) == 1


def test_proxies_of_the_environment_are_not_used(
    loopback: None, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert post(receiver.url, b"{}", {}).status == 204


def silent(connection: socket.socket) -> None:
    connection.recv(65536)
    time.sleep(1.5)


def trickling_head(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    for _number in range(30):
        connection.sendall(b"x")
        time.sleep(0.05)


def trickling_body(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    for _number in range(30):
        connection.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("answer", "status"), [(silent, None), (trickling_head, None), (trickling_body, 200)]
)
def test_no_receiver_takes_longer_than_it_may(loopback: None, answer: Any, status: Any) -> None:
    with server(answer) as port:
        start = time.monotonic()
        found = post(f"http://127.0.0.1:{port}/", b"{}", {}, seconds=0.4)
        assert time.monotonic() - start < 1
    assert found.status == status
    assert (found.problem == SendProblem.TIMEOUT) is (status is None)


def test_a_look_up_that_hangs_does_not_hang_us(
    loopback: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = threading.Event()
    monkeypatch.setattr(
        "cms.webhooks.http.network_backend.socket.getaddrinfo",
        lambda *args, **kwargs: [(None, None, None, None, (str(hangs.wait(5)),))],
    )
    start = time.monotonic()
    assert post("https://hook.example/", b"", {}, seconds=0.3).problem == SendProblem.TIMEOUT
    assert time.monotonic() - start < 1
    hangs.set()


def test_of_a_long_answer_only_the_beginning_is_read(loopback: None, receiver: Receiver) -> None:
    receiver.body = b"\x00<b>" + b"x" * 50_000_000
    receiver.behaviour = lambda number: 500
    start = time.monotonic()
    answer = post(receiver.url, b"{}", {})
    assert time.monotonic() - start < 2
    assert answer.status == 500
    assert answer.excerpt.startswith("<b>xxx")
    assert len(answer.excerpt) <= EXCERPT_BYTES


def test_what_is_not_http_is_an_error_and_no_exception(loopback: None) -> None:
    with server(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")) as port:
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert (answer.status, answer.problem) == (None, SendProblem.CONNECTION)
    assert answer.detail
