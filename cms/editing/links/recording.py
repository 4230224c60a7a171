"""Keep the rows of links: with every save of a page, a snippet or a draft."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Model
from wagtail.models import Revision

from cms.content.models import BasePage, BaseSnippet, page_models, snippet_models
from cms.content.staleness import only_tells_staleness
from cms.core.changes import Change

from ..models import ContentLink
from .extraction import content_links, type_of


def source_models() -> list[type[Any]]:
    """Return the models of pages and snippets whose links are kept."""
    return [*page_models(), *snippet_models()]


def update_links(change: Change) -> None:
    """Write the links of a page or snippet anew; a save by the class `Page` writes none."""
    instance = change.after
    if change.is_housekeeping or only_tells_staleness(change):
        return
    if not isinstance(instance, BasePage | BaseSnippet):
        return
    if instance.get_deferred_fields():
        instance = type(instance)._base_manager.get(pk=instance.pk)
    record(instance, is_draft=False)


def update_draft_links(change: Change) -> None:
    """Write the links of the draft anew that a revision holds."""
    draft = _object_in(change.after)
    if draft is not None:
        record(draft, is_draft=True)


def delete_links(change: Change) -> None:
    _rows_of(change.after).delete()


def record(instance: Any, *, is_draft: bool) -> None:
    """Write the rows of one object anew, those of its draft or the others, where they differ."""
    stored = _rows_of(instance).filter(is_draft=is_draft)
    wanted = content_links(instance, is_draft=is_draft)
    if Counter(map(_values, stored)) == Counter(map(_values, wanted)):
        return
    with transaction.atomic():
        stored.delete()
        ContentLink.objects.bulk_create(wanted)


def rebuild() -> int:
    """Read every page and snippet anew; gives the number of rows."""
    with transaction.atomic():
        ContentLink.objects.all().delete()
        for model in source_models():
            for instance in model._default_manager.select_related("latest_revision").iterator(500):
                record(instance, is_draft=False)
                if instance.latest_revision and (draft := _object_in(instance.latest_revision)):
                    record(draft, is_draft=True)
    return ContentLink.objects.count()


def _rows_of(instance: Model) -> Any:
    return ContentLink.objects.filter(source_type=type_of(type(instance)), source_id=instance.pk)


def _object_in(revision: Revision) -> Any | None:
    """The page or snippet that a revision holds, without a look at what it refers to."""
    model: Any = revision.content_type.model_class()
    if model is None or not issubclass(model, BasePage | BaseSnippet):
        return None
    instance = model.from_serializable_data(revision.content, check_fks=False)
    instance.pk = int(revision.object_id)
    return instance


def _values(row: ContentLink) -> tuple[Any, ...]:
    return tuple(
        getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key
    )
