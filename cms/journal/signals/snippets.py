"""Rows for snippets: published, unpublished, deleted.

A snippet's `post_save` is inside a transaction where its caller opened one; where none did,
Django has committed the snippet by itself, and the row follows at once in its own.
"""

from typing import Any

from cms.content.models import BaseSnippet
from cms.public.visibility import is_withheld

from ..incoming_references import Node, Source, node_of, sources_of, stored
from ..models import Action, Kind
from ..public_urls import was_shown
from ..recording import is_housekeeping, record


def before_save(
    instance: BaseSnippet, raw: bool = False, update_fields: Any = None, **kw: Any
) -> None:
    instance.before_change = None
    if not raw and not is_housekeeping(update_fields):
        previous = type(instance)._base_manager.filter(pk=instance.pk).first()
        instance.before_change = previous is not None and was_shown(previous)


def after_save(instance: BaseSnippet, **kwargs: Any) -> None:
    was_public = instance.__dict__.pop("before_change", None)
    if was_public is None:
        return
    if instance.live and not is_withheld(instance):
        record(**_identity(instance), action=Action.PUBLISHED)
    elif was_public:
        record(**_identity(instance), action=Action.UNPUBLISHED, withdrawn=True)


def before_delete(instance: BaseSnippet, **kwargs: Any) -> None:
    instance.before_change = stored(_sources(instance)) if was_shown(instance) else None


def after_delete(instance: BaseSnippet, **kwargs: Any) -> None:
    references = instance.__dict__.pop("before_change")
    if references is not None:
        record(**_identity(instance), action=Action.DELETED, withdrawn=True, references=references)


def _identity(snippet: BaseSnippet) -> dict[str, Any]:
    return {
        "kind": Kind.SNIPPET,
        "type": snippet._meta.label,
        "object_id": snippet.pk,
        "locale": snippet.locale.language_code,
    }


def _sources(snippet: BaseSnippet) -> set[Source]:
    """Who refers to a snippet, and who refers to a translation of it in its language."""
    own = node_of(snippet)
    keys = snippet.get_translations(inclusive=True).values_list("pk", flat=True)
    referring = sources_of([Node(own.label, key) for key in keys])
    language = snippet.locale.language_code
    return referring[own].union(
        source._replace(language=language) for sources in referring.values() for source in sources
    )
