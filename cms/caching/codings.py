"""Compresses answers in the content codings that a reader accepts (RFC 9110, 8.4 and 12.5.3)."""

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import brotli

# Shorter bodies fit into the first packets as they are.
SMALLEST: Final = 1000
# The codings by preference, and the name of none; a quality of 5 takes as long as gzip does.
BROTLI: Final = "br"
GZIP: Final = "gzip"
PLAIN: Final = ""
BROTLI_QUALITY: Final = 5
GZIP_LEVEL: Final = 6
# For what is made for one reader at a time, such as an export.
STREAM_LEVEL: Final = 1
# Adds the header and the check sum of gzip to what zlib makes.
GZIP_WINDOW: Final = 31
LONGEST_HEADER: Final = 500
DECODING_ERRORS: Final = (brotli.error, zlib.error, ValueError)


def preferred_coding(accept_encoding: str) -> str:
    """Return the coding for an `Accept-Encoding` header: "br", "gzip", or "" for none."""
    # No program sends a longer one, and what is remembered must be small.
    return _preferred(accept_encoding) if len(accept_encoding) <= LONGEST_HEADER else PLAIN


@lru_cache(maxsize=1024)
def _preferred(accept_encoding: str) -> str:
    qualities: dict[str, float] = {}
    for item in accept_encoding.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        qualities[name] = min(map(_quality, parameters), default=1.0)
    others = qualities.get("*", 0.0)
    quality, coding = max(
        (qualities.get(BROTLI, others), BROTLI),
        (qualities.get(GZIP, qualities.get("x-gzip", others)), GZIP),
        key=lambda pair: pair[0],
    )
    return coding if quality > 0 and quality >= qualities.get("identity", 0.0) else PLAIN


def encode(body: bytes, coding: str) -> bytes:
    if coding == BROTLI:
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if coding == GZIP:
        return zlib.compress(body, GZIP_LEVEL, GZIP_WINDOW)
    return body


def encode_stream(parts: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield the parts of a long body in a coding, each as soon as it is there."""
    if coding == BROTLI:
        brotli_stream = brotli.Compressor(quality=STREAM_LEVEL)
        for part in parts:
            yield bytes(brotli_stream.process(part) + brotli_stream.flush())
        yield bytes(brotli_stream.finish())
    elif coding == GZIP:
        gzip_stream = zlib.compressobj(STREAM_LEVEL, wbits=GZIP_WINDOW)
        for part in parts:
            yield gzip_stream.compress(part) + gzip_stream.flush(zlib.Z_SYNC_FLUSH)
        yield gzip_stream.flush()
    else:
        yield from parts


def decode(body: bytes, coding: str) -> bytes:
    """Return the plain body; raises `DECODING_ERRORS` where it is not one in the coding."""
    if coding == BROTLI:
        return bytes(brotli.decompress(body))
    if coding == GZIP:
        return zlib.decompress(body, GZIP_WINDOW)
    if coding != PLAIN:
        raise ValueError(f"Nothing is kept in the coding {coding}.")
    return body


def _quality(parameter: str) -> float:
    name, _equals, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
