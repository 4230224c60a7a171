"""Keeps answers in the memory of the process, bounded in bytes."""

import threading
from collections import OrderedDict
from contextlib import suppress
from typing import Final

from .answers import Answer

# The part of the memory for addresses that visitors can invent, such as the offsets of lists.
PASSING_PART: Final = 8


class BoundedAnswers:
    """Answers by key that threads share; beyond `limit` bytes the least recently used go first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._answers: OrderedDict[str, tuple[Answer, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: str) -> Answer | None:
        found = self._answers.get(key)
        if found is None:
            return None
        # Another thread may have dropped it just now.
        with suppress(KeyError):
            self._answers.move_to_end(key)
        return found[0]

    def set(self, key: str, answer: Answer) -> None:
        """Keep an answer, or count anew one that has grown by another coding."""
        size = answer.size
        with self._lock:
            _old, old_size = self._answers.pop(key, (None, 0))
            self.size -= old_size
            if size > self.limit:
                return
            self._answers[key] = answer, size
            self.size += size
            while self.size > self.limit:
                _key, (_dropped, dropped_size) = self._answers.popitem(last=False)
                self.size -= dropped_size

    def drop(self, key: str) -> None:
        with self._lock:
            _answer, size = self._answers.pop(key, (None, 0))
            self.size -= size

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
            self.size = 0


class AnswerMemory:
    """The kept answers of a process.

    Those to addresses of the site's own cannot be pushed out by those to invented ones.
    """

    def __init__(self, limit: int) -> None:
        """Takes the most bytes that all answers may take together."""
        self._passing = BoundedAnswers(limit // PASSING_PART)
        self._lasting = BoundedAnswers(limit - limit // PASSING_PART)

    def __len__(self) -> int:
        return len(self._lasting) + len(self._passing)

    @property
    def size(self) -> int:
        return self._lasting.size + self._passing.size

    def get(self, key: str) -> Answer | None:
        return self._lasting.get(key) or self._passing.get(key)

    def set(self, key: str, answer: Answer) -> None:
        (self._lasting if answer.is_lasting else self._passing).set(key, answer)

    def clear(self) -> None:
        self._lasting.clear()
        self._passing.clear()
