"""Reads what locks a page or snippet once for a request.

From `wagtail.models.workflows` and `wagtail.models.draft_state` (Wagtail 8.0), which have no
setting for this: an editor that is opened asks ten times which workflow is in progress.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

# Attributes in which Wagtail and the mixin keep what they have read.
KNOWN_OF_LOCKS: Final = frozenset({"_current_workflow_states", "knows_locks", "scheduled_revision"})


class ReadsLocksOnce:
    """Mixin for pages and snippets, before Wagtail's."""

    knows_locks = False

    def read_locks(self, known: Any = None) -> None:
        """Read what locks the object once, for this instance and for those built from it.

        `known` is another instance of it, which may have read it already. To be called where
        nothing changes a lock afterwards, or where other requests that edit the object wait for
        this one, before it changes a lock.
        """
        if getattr(known, "knows_locks", False):
            copy_known(known, self, KNOWN_OF_LOCKS)
            return
        if "_current_workflow_states" not in self.__dict__:
            states: Any = self.workflow_states  # type: ignore[attr-defined]  # of WorkflowMixin
            active = states.active().select_related("current_task_state__task")
            self._current_workflow_states = list(active[:1])
        _ = self.scheduled_revision  # type: ignore[attr-defined]  # is cached
        self.knows_locks = True

    def with_content_json(self, content: Mapping[str, Any]) -> Any:
        """Build an instance as Wagtail does, with what is known of its locks."""
        built = super().with_content_json(content)  # type: ignore[misc]  # of RevisionMixin
        if self.knows_locks:
            copy_known(self, built, KNOWN_OF_LOCKS)
        return built


def copy_known(instance: Any, other: Any, names: Iterable[str]) -> None:
    """Copy the attributes of one instance that it has to another."""
    for name in names:
        if name in instance.__dict__:
            setattr(other, name, instance.__dict__[name])
