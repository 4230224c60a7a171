"""Purges a content delivery network of its copies of changed content.

The network is purged after each commit, from the journal, and again until it has succeeded. Its
backend is one of Wagtail's `wagtail.contrib.frontend_cache`. That app itself is not installed:
it purges pages only, before their changes are committed, and does not try again.
"""

from .purger import is_configured, lowest_cursor, purge, purged_version

__all__ = ["is_configured", "lowest_cursor", "purge", "purged_version"]
