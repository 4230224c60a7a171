"""Errors after a commit are logged, and the request goes on."""

from functools import partial
from typing import Any

import pytest

from cms.core.after_commit import after_commit


def fail(*args: Any) -> None:
    raise ValueError("Whatever a service raises.")


@pytest.mark.django_db
@pytest.mark.parametrize("run", [fail, partial(fail, 1), lambda *args: fail(*args)])
def test_an_error_is_logged_with_the_name_of_what_failed(
    run: Any, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        after_commit(run, 2)
    assert "Error calling" in caplog.text
    assert "Whatever a service raises." in caplog.text


def test_nothing_else_waits_for_a_commit(pytestconfig: pytest.Config) -> None:
    """Django's own function takes callables without a name, and then fails while logging."""
    root = pytestconfig.rootpath
    users = {
        str(path.relative_to(root))
        for app in ("cms", "faq", "pages")
        for path in (root / app).rglob("*.py")
        if "on_commit" in path.read_text(encoding="utf-8")
    }
    assert users == {"cms/core/after_commit.py"}
