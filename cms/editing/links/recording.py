"""Keeping the rows of links: with every save of a page, a snippet or a draft."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Revision, get_page_models

from cms.content.models import BasePage, BaseSnippet
from cms.journal.recording import is_housekeeping

from ..models import ContentLink
from .extraction import content_links, type_of


def source_models() -> list[type[Any]]:
    """The models of pages and snippets whose links are kept."""
    snippets = [model for model in apps.get_models() if issubclass(model, BaseSnippet)]
    return [model for model in get_page_models() if issubclass(model, BasePage)] + snippets


def connect() -> None:
    for model in source_models():
        post_save.connect(after_save, sender=model)
        if not issubclass(model, Page):
            post_delete.connect(after_delete, sender=model)
    # Django sends this for each page beside the one for its own type.
    post_delete.connect(after_delete, sender=Page)
    post_save.connect(after_draft, sender=Revision)


def after_save(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if not raw and not is_housekeeping(update_fields):
        if instance.get_deferred_fields():
            instance = type(instance)._base_manager.get(pk=instance.pk)
        record(instance, is_draft=False)


def after_draft(instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    draft = None if raw else _object_in(instance)
    if draft is not None:
        record(draft, is_draft=True)


def after_delete(instance: Any, **kwargs: Any) -> None:
    _rows_of(instance).delete()


@transaction.atomic
def record(instance: Any, *, is_draft: bool) -> None:
    """Write the rows of one object anew, those of its draft or the others."""
    _rows_of(instance).filter(is_draft=is_draft).delete()
    ContentLink.objects.bulk_create(content_links(instance, is_draft=is_draft))


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
