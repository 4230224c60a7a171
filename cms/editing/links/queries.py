"""Query the rows of the report on links: present content, editable by the user, with a problem."""

from collections.abc import Collection
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from wagtail.models import Page

from cms.core.editing_rights import editable

from ..models import ContentLink
from .extraction import type_of
from .problems import LinkProblem
from .recording import source_models
from .target_problems import conditions_by_problem


def problem_links(
    user: Any, problems: Collection[LinkProblem] = tuple(LinkProblem)
) -> QuerySet[Any]:
    """Return `ContentLink` rows with one of the problems, in content that a user may edit.

    Rows are annotated with their `problem` and sorted by its severity. Those of a draft count
    where it is newer than the live version and the link is not in that. The number of queries
    does not depend on the amount of content.
    """
    groups = {kind: rows for kind, rows in conditions_by_problem().items() if kind in problems}
    if not groups:
        return ContentLink.objects.annotate(problem=Value("", CharField())).none()
    order = list(LinkProblem)
    return (
        ContentLink.objects.annotate(
            problem=Case(
                *(When(rows, then=Value(kind.value)) for kind, rows in groups.items()),
                output_field=CharField(),
            ),
            severity=Case(
                *(When(rows, then=order.index(kind)) for kind, rows in groups.items()),
                output_field=IntegerField(),
            ),
            also_live=Exists(
                ContentLink.objects.filter(
                    source_type=OuterRef("source_type"),
                    source_id=OuterRef("source_id"),
                    content_path=OuterRef("content_path"),
                    target_type=OuterRef("target_type"),
                    target_id=OuterRef("target_id"),
                    is_draft=False,
                )
            ),
        )
        .filter(problem__isnull=False)
        .filter(_current_q(user))
        .order_by("severity", "source_type", "source_id", "is_draft", "pk")
    )


def _current_q(user: Any) -> Q:
    """Return a condition: rows of live content, and rows of drafts that live content lacks."""
    condition = Q(pk__in=[])
    for model in {Page if issubclass(model, Page) else model for model in source_models()}:
        sources = editable(user, model)
        live = sources.filter(live=True).order_by()
        never_live = sources.filter(live=False).order_by()
        changed = live.filter(has_unpublished_changes=True)
        condition |= Q(source_type=type_of(model)) & (
            Q(is_draft=False, source_id__in=live.values("pk"))
            | Q(is_draft=True, source_id__in=never_live.values("pk"))
            | Q(is_draft=True, also_live=False, source_id__in=changed.values("pk"))
        )
    return condition
