"""Fixtures of the world: clinical content needs its reviews, unlike in the other tests."""

import pytest


@pytest.fixture(autouse=True)
def review_suspended() -> None:
    """Override the fixture that suspends review in the other tests."""
