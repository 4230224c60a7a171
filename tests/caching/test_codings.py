"""Tests that answers leave compressed for those who accept it, the same in every coding."""

import gzip
from typing import Any

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client

from cms.caching.codings import preferred_coding
from tests.reading import API

from .test_wsgi_cache import IPT, QUERY, Server, server

__all__ = ["server"]
LONG, SHORT = "/terapimetoder/ipt/", f"{API}locales/"


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("identity", ""),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("*;q=0", ""),
        ("br;q=much", ""),
        ("br;level=1", "br"),
        (",;=,", ""),
        ("deflate, \x00, å;q=1", ""),
    ],
)
def test_what_a_reader_prefers(header: str, coding: str) -> None:
    assert preferred_coding(header) == coding


def read(client: Client, address: str, accepted: str, **headers: str) -> Any:
    return client.get(address, headers={"accept-encoding": accepted, **headers})


def plain(response: Any) -> bytes:
    coding = response.get("Content-Encoding", "")
    decoders: dict[str, Any] = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    return bytes(decoders[coding](response.content))


@pytest.mark.parametrize("order", [("br", "gzip", ""), ("", "gzip", "br"), ("gzip", "br", "gzip")])
def test_every_coding_says_the_same(reader: Client, order: tuple[str, ...]) -> None:
    found = {}
    for coding in order:
        response = read(reader, LONG, coding)
        assert response.get("Content-Encoding", "") == coding
        assert response["Vary"] == "Accept, Accept-Encoding"
        assert int(response["Content-Length"]) == len(response.content)
        found[coding] = response
    assert len({plain(response) for response in found.values()}) == 1
    assert len({response["ETag"] for response in found.values()}) == len(found)
    if "br" in found and "" in found:
        assert len(found["br"].content) < len(found[""].content) / 3


def test_who_has_a_coding_is_told_that_it_is_unchanged(reader: Client) -> None:
    for coding in ("br", ""):
        etag = read(reader, LONG, coding)["ETag"]
        again = read(reader, LONG, coding, **{"if-none-match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Vary"] == "Accept, Accept-Encoding"
        assert "Content-Encoding" not in again


def test_a_short_answer_is_sent_as_it_is(reader: Client) -> None:
    response = read(reader, SHORT, "br, gzip")
    assert "Content-Encoding" not in response
    assert "Vary" not in response


def test_what_is_not_kept_leaves_compressed_too(reader: Client) -> None:
    address = f"{API}search/?locale=sv&q=samtal&limit=50"
    response = read(reader, address, "br")
    assert response["Content-Encoding"] == "br"
    assert b'"items"' in plain(response)


def test_an_editor_is_answered_as_before(admin_client: Client) -> None:
    assert "Content-Encoding" not in read(admin_client, LONG, "br")


def test_the_server_sends_each_coding_without_django(server: Server) -> None:
    found = {}
    for _again in range(2):
        for coding in ("br", "gzip", ""):
            status, headers, body = server.get(IPT, QUERY, HTTP_ACCEPT_ENCODING=coding)
            assert status == "200 OK"
            assert headers.get("Content-Encoding", "") == coding
            assert headers["Content-Length"] == str(len(body))
            assert found.setdefault(coding, (headers, body)) == (headers, body)
    assert server.asked == 1
    headers = found["br"][0]
    same = {"HTTP_ACCEPT_ENCODING": "br", "HTTP_IF_NONE_MATCH": headers["ETag"]}
    status, again, body = server.get(IPT, QUERY, **same)
    assert (status, body, again["ETag"]) == ("304 Not Modified", b"", headers["ETag"])
    assert again["Vary"] == headers["Vary"]


def test_an_export_is_compressed_while_it_is_made(reader: Client) -> None:
    address = f"{API}export/?locale=sv"
    found = {}
    for coding in ("br", "gzip", ""):
        response = read(reader, address, coding)
        assert response.get("Content-Encoding", "") == coding
        assert response["Vary"] == "Accept-Encoding"
        parts = [*response.streaming_content]
        response = HttpResponse(b"".join(parts), headers=response.headers)
        found[coding] = plain(response)
        assert (len(response.content) < len(found[coding]) / 3) == bool(coding)
    assert found["br"] == found["gzip"] == found[""]
    assert found[""].count(b"\n") > len(parts) > 1
