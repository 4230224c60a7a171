"""Fixtures of the world: its rules are those of review and languages."""

import pytest

from cms.crisis import gate


@pytest.fixture(autouse=True)
def review_suspended() -> None:
    """Override the fixture that suspends review in the other tests."""


@pytest.fixture(autouse=True)
def crisis_help_suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages go live without crisis help: `tests/crisis` has the tests of that rule."""
    monkeypatch.setattr(gate, "check_confirmed", lambda *args, **kwargs: None)
    monkeypatch.setattr(gate, "_refuse_to_take_from_pages", lambda furniture: None)
