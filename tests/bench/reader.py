"""Reads many addresses once each, over connections that are kept and opened again if need be."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse

from .servers import COMPRESSED, Server

READERS = 8


@dataclass
class Reader:
    """One connection. A server may close it while it is idle: then it is opened once more."""

    server: Server
    headers: Mapping[str, str] = field(default_factory=lambda: COMPRESSED)
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def get(self, address: str) -> tuple[HTTPResponse, bytes]:
        is_new = self._connection is None
        try:
            return self._ask(address)
        except (HTTPException, ConnectionError):
            if is_new:
                raise
            self.close()
            return self._ask(address)

    def _ask(self, address: str) -> tuple[HTTPResponse, bytes]:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        self._connection.request("GET", address, headers=dict(self.headers))
        response = self._connection.getresponse()
        return response, response.read()

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None


def read_pages(server: Server, addresses: Sequence[str]) -> dict[str, str]:
    """Return the entity tag of the page at each address that leads to one."""
    parts = [addresses[start::READERS] for start in range(READERS)]
    with ThreadPoolExecutor(READERS) as pool:
        found = pool.map(lambda part: _read_some(server, part), parts)
        return {address: tag for some in found for address, tag in some}


def _read_some(server: Server, addresses: Iterable[str]) -> list[tuple[str, str]]:
    reader, found = Reader(server), []
    for address in addresses:
        response, _body = reader.get(address)
        # Only pages have it: neither redirects nor errors.
        if response.status == 200 and "Cache-Tag" in response.headers:
            found.append((address, response.headers["ETag"]))
    reader.close()
    return found
