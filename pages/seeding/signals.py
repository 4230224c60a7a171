"""What other parts add to the demo site when its content is in place."""

from typing import Final

from django.dispatch import Signal

# Sent by `manage.py seed` after its last step.
demo_seeded: Final = Signal()
