"""A whole answer as it is kept, in one or more content codings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .codings import PLAIN, SMALLEST, decode, encode
from .content_version import Dependencies

# What the headers, the dependencies and the objects themselves take, about.
BYTES_BESIDE_BODIES: Final = 1500
BYTES_OF_A_NODE: Final = 40

CODING_HEADERS: Final = ("Content-Encoding", "Content-Length", "ETag")

WireHeaders = list[tuple[str, str]]


@dataclass
class Answer:
    """An answer to a request for an address; the same for everybody.

    `headers` are those that do not depend on the coding, with the entity tag of the plain body.
    `bodies` holds the body in the codings that were asked for until now, by their names.
    `wire_headers` are all headers that the server sent, without those of the coding, once one was
    sent. `is_lasting` says that the address is one of the site's own, which visitors cannot invent.
    """

    headers: dict[str, str]
    dependencies: Dependencies
    bodies: dict[str, bytes]
    is_lasting: bool = False
    wire_headers: WireHeaders | None = None
    _wires: dict[str, tuple[WireHeaders, str]] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> int:
        """The bytes of memory that it takes, about."""
        nodes = len(self.dependencies.nodes or ())
        bodies = sum(map(len, self.bodies.values()))
        return bodies + BYTES_BESIDE_BODIES + BYTES_OF_A_NODE * nodes

    def coding_for(self, preferred: str) -> str:
        """Return the coding to send to a reader who prefers one."""
        return preferred if "Accept-Encoding" in self.headers.get("Vary", "") else PLAIN

    def body(self, coding: str) -> bytes:
        """Return the body in a coding; it is made of another one when it is first asked for."""
        found = self.bodies.get(coding)
        if found is None:
            held, body = next(iter(self.bodies.items()))
            found = self.bodies[coding] = encode(decode(body, held), coding)
        return found

    def plain_body(self) -> bytes:
        """Return the body without a coding, which is not kept beside the others."""
        coding = PLAIN if PLAIN in self.bodies else next(iter(self.bodies))
        return decode(self.bodies[coding], coding)

    def coding_headers(self, coding: str) -> dict[str, str]:
        """Return the headers that depend on the coding.

        Each coding has an entity tag of its own, since its bytes are others (RFC 9110, 8.8.3).
        """
        found = {"Content-Length": str(len(self.body(coding))), "ETag": self.headers["ETag"]}
        if coding:
            found["ETag"] = f'{found["ETag"][:-1]}-{coding}"'
            found["Content-Encoding"] = coding
        return found

    def wire(self, coding: str) -> tuple[WireHeaders, str]:
        """Return all headers as the server sends them in a coding, and the entity tag.

        For an answer that was sent before, so that `wire_headers` are known.
        """
        if coding not in self._wires:
            own = self.coding_headers(coding)
            self._wires[coding] = [*(self.wire_headers or ()), *own.items()], own["ETag"]
        return self._wires[coding]

    def set_wire(self, headers: WireHeaders) -> None:
        """Take the headers that the server has sent."""
        names = {name.lower() for name in CODING_HEADERS}
        self.wire_headers = [header for header in headers if header[0].lower() not in names]


def is_compressible(headers: Mapping[str, str], body: bytes) -> bool:
    """Return whether an answer is sent compressed to those who accept it."""
    return is_text(headers) and len(body) >= SMALLEST and "Content-Encoding" not in headers


def is_text(headers: Mapping[str, str]) -> bool:
    """Return whether an answer is of a kind that compression makes smaller."""
    kind = headers.get("Content-Type", "").partition(";")[0]
    return kind.startswith("text/") or kind.endswith(("json", "xml", "jsonl", "javascript"))
