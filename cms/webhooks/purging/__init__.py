"""Letting a content delivery network drop its copies of what has changed.

The network is told after each commit, from the journal, and again until it has taken it. Which
network, and how it is told, is Wagtail's `wagtail.contrib.frontend_cache`; that app itself is
not installed, because it tells of pages alone, before their changes are committed, and once.
"""

from .telling import is_configured, purge, purged_version

__all__ = ["is_configured", "purge", "purged_version"]
