"""Permissions on comments: those who may edit the original or one of its translations."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from wagtail_localize.models import Translation, TranslationSource

from cms.core.editing_rights import may_edit


def may_comment(user: Any, source: TranslationSource) -> bool:
    """Whether a user may read and write the comments on a source, and resolve them."""
    return any(may_edit(user, instance) for instance in versions_of(source))


def may_discuss(user: Any, page: Any) -> bool:
    """Whether a user may edit a page or one of its translations: who is mailed its comments."""
    return any(may_edit(user, version) for version in page.get_translations(inclusive=True))


def may_withdraw(user: Any, comment: Any, replies: Iterable[Any]) -> bool:
    """Whether a comment is the user's own, and so are all replies to it."""
    return {comment.user_id, *(reply.user_id for reply in replies)} == {user.pk}


def versions_of(source: TranslationSource) -> Iterator[Any]:
    """Yield the original and its translations, as far as they exist."""
    yield from _existing(source.get_source_instance)
    for translation in Translation.objects.filter(source=source):
        yield from _existing(translation.get_target_instance)


def _existing(read: Callable[[], Any]) -> Iterator[Any]:
    try:
        yield read()
    except ObjectDoesNotExist:
        return
