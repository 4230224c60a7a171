"""Translating in the Wagtail admin: each part registers its own."""

from . import hooks
from .desk import hooks as desk_hooks
from .matrix import hooks as matrix_hooks

__all__ = ["desk_hooks", "hooks", "matrix_hooks"]
