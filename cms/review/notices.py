"""Mail about workflows, sent when what it tells of is committed.

Wagtail sends it while the transaction is open, also where that is rolled back.
"""

from typing import Any

from django.db import transaction

from cms.upstream.receivers import wrap_workflow_mail


def connect() -> None:
    """Take the place of Wagtail's receivers."""
    wrap_workflow_mail(_after_commit)


def _after_commit(notifier: Any) -> Any:
    def receive(instance: Any, user: Any = None, **kwargs: Any) -> None:
        transaction.on_commit(lambda: notifier(instance=instance, user=user), robust=True)

    return receive
