"""Write rows for snippets: published, unpublished, deleted."""

from dataclasses import dataclass
from typing import Any

from cms.content.models import BaseSnippet
from cms.core.changes import Change
from cms.public.visibility import is_withheld

from ..changed_nodes import nodes_of_snippet
from ..incoming_references import Node, Referrer, node_of, referrers_of, serialized
from ..models import Action, Kind
from ..public_urls import was_shown
from ..recording import record


@dataclass(frozen=True)
class Doomed:
    """Values for the row of a deleted snippet, read before its deletion.

    A draft has one too where a translation of it is shown in its place: the choice goes with it.
    """

    withdrawn: bool
    references: list[list[Any]]


def record_snippet(change: Change) -> None:
    if change.is_housekeeping:
        return
    snippet = change.after
    if snippet.live and not is_withheld(snippet):
        record(**_identity(change), action=Action.PUBLISHED)
    elif change.before is not None and was_shown(change.before):
        record(**_identity(change), action=Action.UNPUBLISHED, withdrawn=True)


def remember_doomed_snippet(change: Change) -> None:
    snippet: Any = change.before
    referrers, withdrawn = _referrers(snippet), was_shown(snippet)
    if withdrawn or referrers:
        change.remember(Doomed(withdrawn, serialized(referrers)))


def record_deleted_snippet(change: Change) -> None:
    doomed = change.recall(Doomed)
    if doomed is not None:
        record(
            **_identity(change, is_deleted=True),
            action=Action.DELETED,
            withdrawn=doomed.withdrawn,
            references=doomed.references,
        )


def _identity(change: Change, *, is_deleted: bool = False) -> dict[str, Any]:
    snippet: BaseSnippet = change.after
    return {
        "kind": Kind.SNIPPET,
        "type": snippet._meta.label,
        "object_id": snippet.pk,
        "locale": snippet.locale.language_code,
        "nodes": nodes_of_snippet(snippet, change.before, is_deleted=is_deleted),
    }


def _referrers(snippet: BaseSnippet) -> set[Referrer]:
    """Return who refers to a snippet, and who refers to a translation of it in its language."""
    own = node_of(snippet)
    keys = snippet.get_translations(inclusive=True).values_list("pk", flat=True)
    referring = referrers_of([Node(own.label, key) for key in keys])
    language = snippet.locale.language_code
    return referring[own].union(
        source._replace(language=language) for sources in referring.values() for source in sources
    )
