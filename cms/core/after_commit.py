"""Run what follows from a change once it is committed."""

from collections.abc import Callable
from typing import Any

from django.db import transaction


def after_commit(run: Callable[..., Any], *args: Any) -> None:
    """Call a function when the current transaction is committed, at once where there is none.

    An error in it is logged and fails nothing. Django asks the callable for its name then, which a
    `functools.partial` has not: the request would end with a server error.
    """

    def call() -> None:
        run(*args)

    call.__qualname__ = getattr(run, "__qualname__", repr(run))
    transaction.on_commit(call, robust=True)
