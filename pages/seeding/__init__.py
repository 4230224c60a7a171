"""Demo content: read from `pages/demo/`, written in its source language, then translated."""

from typing import Final

from django.dispatch import Signal

# Sent by `manage.py seed` after its last step, for what other parts add to the demo site.
demo_seeded: Final = Signal()
