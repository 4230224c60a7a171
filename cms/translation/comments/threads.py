"""Reads the open comments on an original with their replies, and finds the text of each.

Of a page they are Wagtail's, which its editor shows beside the fields of the original; of a
snippet they are `SnippetComment`. Both have the same fields.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count
from wagtail.models import Comment, CommentReply, Page
from wagtail_localize.models import String, StringSegment, TemplateSegment, TranslationSource

from ..engine.places import model_of
from ..engine.segments import LIKENESS, TextKey, likeness
from .models import CommentedString, SnippetComment, SnippetCommentReply


@dataclass(frozen=True)
class Thread:
    """An open comment; `string` is None where it was written in Wagtail's editor."""

    comment: Any
    string: String | None
    replies: list[Any]

    @property
    def pk(self) -> int:
        return int(self.comment.pk)

    @property
    def path(self) -> str:
        return str(self.comment.contentpath)


@dataclass
class PlacedThreads:
    """Threads by the text that they are about, and those whose text the original has not."""

    by_text: dict[TextKey, list[Thread]] = field(default_factory=lambda: defaultdict(list))
    others: list[Thread] = field(default_factory=list)


def is_of_page(source: TranslationSource) -> bool:
    return issubclass(model_of(source), Page)


def all_comments(source: TranslationSource) -> Any:
    """Return the queryset of a source's comments, the oldest first."""
    if is_of_page(source):
        comments = Comment.objects.filter(
            page__translation_key=source.object_id, page__locale=source.locale_id
        )
    else:
        comments = SnippetComment.objects.filter(source=source).select_related("string")
    return comments.select_related("user").order_by("created_at", "pk")


def open_comments(source: TranslationSource) -> Any:
    """Return the queryset of a source's comments that are not resolved, the oldest first."""
    return all_comments(source).filter(resolved_at=None)


def open_threads(source: TranslationSource) -> list[Thread]:
    """Return the open comments with their replies, in three queries; in one without comments."""
    return threads_of(open_comments(source))


def thread_of(comment: Any) -> Thread:
    """Return the thread of a comment, open or resolved."""
    return threads_of([comment])[0]


def threads_of(found: Iterable[Any]) -> list[Thread]:
    """Read the replies to comments of one model, and the strings that they are about."""
    comments = list(found)
    if not comments:
        return []
    is_wagtails = isinstance(comments[0], Comment)
    model: Any = CommentReply if is_wagtails else SnippetCommentReply
    answers = model.objects.filter(comment__in=[each.pk for each in comments])
    replies: dict[int, list[Any]] = defaultdict(list)
    for reply in answers.select_related("user").order_by("created_at", "pk"):
        replies[reply.comment_id].append(reply)
    strings = _strings_of(comments) if is_wagtails else {each.pk: each.string for each in comments}
    return [Thread(each, strings.get(each.pk), replies[each.pk]) for each in comments]


def _strings_of(comments: list[Any]) -> dict[int, String]:
    found = CommentedString.objects.filter(comment__in=[each.pk for each in comments])
    return {each.comment_id: each.string for each in found.select_related("string")}


def place_threads(source: TranslationSource, segments: Sequence[StringSegment]) -> PlacedThreads:
    """Find the present text of each open thread, by its content path and then by its words.

    Takes the source's segments with their strings and contexts. In four queries, in one where
    there are no comments.
    """
    placed = PlacedThreads()
    threads = open_threads(source)
    rich = TemplateSegment.objects.filter(source=source).values_list("context__path", flat=True)
    with_paragraphs = set(rich) if threads else set()
    for thread in threads:
        segment = _segment_of(thread, segments, thread.path in with_paragraphs)
        if segment is None:
            placed.others.append(thread)
        else:
            placed.by_text[TextKey(segment.context_id, segment.string_id)].append(thread)
    return placed


def _segment_of(
    thread: Thread, segments: Sequence[StringSegment], has_paragraphs: bool
) -> StringSegment | None:
    here = [segment for segment in segments if segment.context.path == thread.path]
    if thread.string is None or not has_paragraphs:
        return here[0] if here else None
    for segment in here:
        if segment.string_id == thread.string.pk:
            return segment
    words = thread.string.data
    alike = max(here, key=lambda segment: likeness(segment.string.data, words), default=None)
    if alike is None or likeness(alike.string.data, words) < LIKENESS:
        return None
    return alike


def count_open(instance: Any) -> int:
    """Return how many open comments an original has, in one query."""
    if isinstance(instance, Page):
        return Comment.objects.filter(page=instance.pk, resolved_at=None).count()
    return SnippetComment.objects.filter(
        source__object=instance.translation_key,
        source__locale=instance.locale_id,
        resolved_at=None,
    ).count()


def counts_of_open() -> dict[tuple[UUID, int], int]:
    """Count open comments by translation key and locale id of the originals, in two queries."""
    translated = TranslationSource.objects.values("object_id")
    of_pages = Comment.objects.filter(page__translation_key__in=translated)
    of_snippets = SnippetComment.objects.all()
    return {
        **_counted(of_pages, "page__translation_key", "page__locale"),
        **_counted(of_snippets, "source__object", "source__locale"),
    }


def _counted(comments: Any, key: str, locale: str) -> dict[tuple[UUID, int], int]:
    rows = comments.filter(resolved_at=None).order_by().values_list(key, locale)
    return {(found, at): number for found, at, number in rows.annotate(number=Count("pk"))}
