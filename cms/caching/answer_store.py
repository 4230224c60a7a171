"""Keeps answers on two levels: in the memory of the process, and in a table of the database."""

from django.conf import settings

from cms.journal.lease import lease

from . import answer_table
from .answers import Answer
from .content_version import ContentVersion
from .memory import AnswerMemory


class AnswerStore:
    """The kept answers of this process and, for the site's own addresses, of all of them."""

    def __init__(self) -> None:
        self.memory = AnswerMemory(settings.RESPONSE_MEMORY)

    def get(self, key: str, now: ContentVersion) -> Answer | None:
        """Return the answer under a key that is current at a version; one query at most."""
        if answer := self.in_memory(key, now):
            return answer
        if not lease.is_confirmed:
            # Only a reader who needs the content waits for a database that is away.
            return None
        stored = answer_table.load(key)
        if stored is None or not stored.dependencies.are_current(now):
            return None
        self.memory.set(key, stored)
        return stored

    def in_memory(self, key: str, now: ContentVersion) -> Answer | None:
        """Return the answer that this process has, as `get` does, without a query."""
        answer = self.memory.get(key)
        return answer if answer and answer.dependencies.are_current(now) else None

    def set(self, key: str, answer: Answer) -> None:
        self.memory.set(key, answer)
        if answer.is_lasting:
            answer_table.save(key, answer)


answers = AnswerStore()
