"""Template values of comments: the threads of each text, and the fields to write in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from wagtail_localize.models import StringSegment, TranslationSource

from ..engine.notation import shown
from ..engine.places import model_of
from ..engine.segments import TextKey
from .rights import may_withdraw
from .threads import PlacedThreads, Thread, place_threads
from .writing import MAX_LENGTH


@dataclass(frozen=True)
class CommentField:
    """A field of a form; `text` is what was typed and not stored, `error` says why."""

    name: str
    text: str = ""
    error: str = ""
    max_length: int = MAX_LENGTH


@dataclass(frozen=True)
class ShownThread:
    """A thread; `label` names its field, `source` is the text that it was written about."""

    thread: Thread
    reply: CommentField
    label: str
    source: str
    may_withdraw: bool

    @property
    def all(self) -> list[Any]:
        """The comment and its replies."""
        return [self.thread.comment, *self.thread.replies]

    @property
    def last_read(self) -> int:
        """The id of the latest reply, 0 where there is none: a form is sent back with it."""
        return max((reply.pk for reply in self.thread.replies), default=0)


@dataclass(frozen=True)
class TextComments:
    """Holds the comments on one text and the field for a new one."""

    key: TextKey
    threads: list[ShownThread]
    new: CommentField

    @property
    def place(self) -> str:
        """The id of the element with the comments."""
        return f"comments-{self.key}"


class SourceComments:
    """The open comments on a source for one user, read in at most four queries.

    Takes the source's segments with their strings and contexts, and the refused fields of a form.
    """

    def __init__(
        self,
        source: TranslationSource,
        segments: Sequence[StringSegment],
        user: Any,
        refused: Mapping[str, CommentField],
    ) -> None:
        self._source = source
        self._segments = segments
        self._user = user
        self._refused = refused

    @cached_property
    def _placed(self) -> PlacedThreads:
        return place_threads(self._source, self._segments)

    def of(self, key: TextKey) -> TextComments:
        """Return the comments on a text that the source has."""
        threads = self._placed.by_text.get(key, [])
        return TextComments(key, self._shown(threads), self._field(f"comment-{key}"))

    @property
    def placed(self) -> list[TextComments]:
        """The comments on each text that has some, in the order of the segments."""
        keys = dict.fromkeys(TextKey(one.context_id, one.string_id) for one in self._segments)
        return [self.of(key) for key in keys if key in self._placed.by_text]

    @property
    def others(self) -> list[ShownThread]:
        """The comments on what is none of the source's texts: removed ones, images."""
        return self._shown(self._placed.others)

    def _shown(self, threads: Sequence[Thread]) -> list[ShownThread]:
        return [
            ShownThread(
                thread=thread,
                reply=self._field(f"reply-{thread.pk}"),
                label=self._label(thread.path),
                source=shown(thread.string.data, rich=False) if thread.string else "",
                may_withdraw=may_withdraw(self._user, thread.comment, thread.replies),
            )
            for thread in threads
        ]

    def _field(self, name: str) -> CommentField:
        return self._refused.get(name, CommentField(name))

    def _label(self, path: str) -> str:
        """The name of a model field; of what is inside it, the path may be anybody's."""
        try:
            field: Any = model_of(self._source)._meta.get_field(path.partition(".")[0])
        except FieldDoesNotExist:
            return ""
        return str(capfirst(getattr(field, "verbose_name", "")))
