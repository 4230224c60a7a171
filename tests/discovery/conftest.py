"""The fixture of a reader with the response cache."""

from tests.caching.conftest import reader

__all__ = ["reader"]
