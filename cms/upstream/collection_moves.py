"""Wraps the move of a collection in its tree, of which no signal tells.

From `wagtail.models`, Wagtail 8.0. Wagtail announces the moves of pages alone; a collection has
the method of treebeard, which writes SQL for it and all below it, without a transaction.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

from django.db import transaction
from wagtail.models import Collection


def wrap_collection_moves(around: Callable[[Any], AbstractContextManager[None]]) -> None:
    """Run each move of a collection within `around(collection)`, in one transaction with it."""
    original = Collection.move

    @wraps(original)
    def move(self: Any, target: Any, pos: str | None = None) -> None:
        with transaction.atomic(), around(self):
            original(self, target, pos)

    Collection.move = move
