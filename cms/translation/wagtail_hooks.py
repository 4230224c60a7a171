"""Translating in the Wagtail admin: each part registers its own."""

from .matrix import hooks

__all__ = ["hooks"]
