"""Delivers changes as soon as they are committed, without delaying the request that made them.

With a worker, a task is enqueued. Without one, a thread of this process delivers; what it cannot
finish before the process ends is delivered after the next change, or by
`manage.py deliver_webhooks`.
"""

import logging
import threading

from django.db import connections
from django.utils import timezone

from cms.core.after_commit import after_commit
from cms.core.changes import Change

from .tasks import enqueue_due, has_worker, next_due

logger = logging.getLogger(__name__)


class DeliveryThread:
    """Deliver what is due in one thread of the process, which ends when nothing is left."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Start the thread, or let it look again for what is due; returns at once."""
        with self._lock:
            self._woken.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="webhooks")
                self._thread.start()

    def _work(self) -> None:
        while True:
            self._woken.clear()
            pause = self._deliver()
            with self._lock:
                if pause is None and not self._woken.is_set():
                    self._thread = None
                    return
            self._woken.wait(pause)

    def _deliver(self) -> float | None:
        """Deliver what is due; return the seconds until the next attempt, None without one."""
        try:
            enqueue_due()
            time = next_due()
        except Exception:
            # Any error, such as a database that is away: the next change tries again.
            logger.exception("Webhooks could not be delivered.")
            return None
        finally:
            connections.close_all()
        return None if time is None else max((time - timezone.now()).total_seconds(), 1.0)


delivery_thread = DeliveryThread()


def deliver_after_commit(change: Change) -> None:
    """Deliver once the transaction of a change is committed.

    `robust`: an error here is logged and does not fail the change.
    """
    after_commit(deliver_due)


def deliver_due() -> None:
    """Deliver everything that is due, by the worker or by the thread."""
    if has_worker():
        enqueue_due()
    else:
        delivery_thread.wake()
