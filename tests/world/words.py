"""Canaries and names: a word that is written nowhere else, for each text that is written."""

import re

# A language, the short form of an object's name, and a number.
CANARY = re.compile(r"zq(sv|en)([a-z]{2}\d+)n(\d+)q")


class Words:
    """Gives names to objects, and a canary to each text."""

    def __init__(self) -> None:
        self._written = 0
        self._numbers: dict[str, int] = {}

    def new_name(self, kind: str) -> str:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return f"{kind}{self._numbers[kind]}"

    def word(self, name: str, language: str) -> str:
        """Return a new canary for a text of an object: neither slugs nor search change it."""
        self._written += 1
        return f"zq{language}{self.code(name)}n{self._written}q"

    @staticmethod
    def code(name: str) -> str:
        """Return the short form of a name that its canaries have in them."""
        return name[:2] + name.lstrip("abcdefghijklmnopqrstuvwxyz")
