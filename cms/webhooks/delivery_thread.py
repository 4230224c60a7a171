"""Telling of a change as soon as it is committed, without keeping whoever made it waiting.

Where there is a worker, a task is enqueued for it. Where there is none, a thread of this process
does the work: it never holds up a publish, and what it cannot finish before the process ends is
done after the next change or by `manage.py deliver_webhooks`.
"""

import logging
import threading

from django.db import connections, transaction
from django.utils import timezone

from cms.core.changes import Change

from .tasks import enqueue_due, has_worker, next_due

logger = logging.getLogger(__name__)


class Courier:
    """The one thread of a process that delivers; it lives while there is something to do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._called = threading.Event()
        self._thread: threading.Thread | None = None

    def call(self) -> None:
        """Let the thread look for something to do. Returns at once."""
        with self._lock:
            self._called.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="courier")
                self._thread.start()

    def _work(self) -> None:
        while True:
            self._called.clear()
            pause = self._deliver()
            with self._lock:
                if pause is None and not self._called.is_set():
                    self._thread = None
                    return
            self._called.wait(pause)

    def _deliver(self) -> float | None:
        """Do what is due; gives how many seconds later something else is."""
        try:
            enqueue_due()
            moment = next_due()
        except Exception:
            # Whatever is wrong, such as a database that is away, is tried again after a change.
            logger.exception("Webhooks could not be delivered.")
            return None
        finally:
            connections.close_all()
        return None if moment is None else max((moment - timezone.now()).total_seconds(), 1.0)


courier = Courier()


def call_after_commit(change: Change) -> None:
    """Deliver a row of the journal when the transaction around it has been committed.

    `robust`: what goes wrong here is logged, and is no reason for the change to fail.
    """
    transaction.on_commit(call, robust=True)


def call() -> None:
    """Have everything delivered that is due."""
    if has_worker():
        enqueue_due()
    else:
        courier.call()
