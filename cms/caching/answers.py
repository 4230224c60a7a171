"""An answer that is kept, and what it was made of."""

from dataclasses import dataclass

from .moment import Basis


@dataclass(frozen=True)
class Kept:
    """A whole answer, as the response cache gives it again."""

    content: bytes
    headers: dict[str, str]
    basis: Basis
