"""Which signals keep the state of translations, and let the guard see what goes live."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_delete, post_init, post_save, pre_delete, pre_save
from wagtail.models import Page, get_page_models
from wagtail.signals import copy_for_translation_done
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from cms.content.models import BaseSnippet
from cms.content.staleness import STALENESS_FIELDS, MayBeStale, content_saved
from cms.journal.recording import HOUSEKEEPING

from .aliases import before_page_delete, before_page_save
from .creating import prepare_new_snippet
from .family import to_itself, to_others, translations_of
from .foreign_texts import (
    after_copy_for_translation,
    after_copy_save,
    before_copy_save,
    remember_loaded,
)
from .guard import check_foreign_texts, check_live_texts, check_stays_live
from .source_updates import update_source
from .state import find_target, forget, note_live_texts, refresh_progress, refresh_state
from .texts import PlacedTexts

# What `save(update_fields=…)` writes without touching a text or who can read it.
NO_TEXT = HOUSEKEEPING | {*STALENESS_FIELDS, "alias_of"}


@dataclass(frozen=True)
class Change:
    """What is known of a save before it: the object's translations, and a target's texts."""

    family: list[Translation]
    texts: PlacedTexts | None = None


def connect() -> None:
    """Follow what is published and translated."""
    snippets = [model for model in apps.get_models() if issubclass(model, BaseSnippet)]
    pages = get_page_models()
    models: list[type[Model]] = [*pages, *snippets]
    for model in models:
        post_init.connect(remember_loaded, sender=model)
        pre_save.connect(before_save, sender=model)
    pre_delete.connect(before_page_delete, sender=Page)
    content_saved.connect(after_save)
    copy_for_translation_done.connect(after_copy_for_translation)
    post_save.connect(after_translation_save, sender=Translation)
    post_delete.connect(after_translation_delete, sender=Translation)
    post_save.connect(after_text_change, sender=StringTranslation)
    post_delete.connect(after_text_change, sender=StringTranslation)
    post_save.connect(after_target_revision, sender=TranslationLog)


def before_save(
    instance: Any, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Look up the translations of what is saved, and check it where it is the target of one."""
    instance.translation_change = None
    if isinstance(instance, Page) and not raw:
        before_page_save(instance, update_fields)
    elif not raw and update_fields is None:
        if instance._state.adding:
            prepare_new_snippet(instance)
        # An error that an editor can read, where the database would refuse.
        instance.validate_constraints()
    quiet = update_fields is not None and NO_TEXT.issuperset(update_fields)
    if raw or quiet or getattr(instance, "alias_of_id", None):
        return
    family = translations_of(instance)
    before_copy_save(instance, family)
    own = to_itself(instance, family)
    texts = None
    if own is None or not own.enabled:
        if instance.live:
            check_foreign_texts(instance)
    elif instance.live:
        texts = check_live_texts(instance, own)
    elif isinstance(instance, BaseSnippet):
        check_stays_live(instance)
    if instance.live and to_others(instance, family):
        _lock_siblings(instance)
    instance.translation_change = Change(family, texts)


def after_save(instance: MayBeStale, **kwargs: Any) -> None:
    """Keep the state of the translations of what has just gone live, or is live no more."""
    after_copy_save(instance)
    change: Change | None = instance.__dict__.pop("translation_change", None)
    if change is None or not change.family:
        return
    own = to_itself(instance, change.family)
    if own is not None:
        if instance.live:
            note_live_texts(own, instance, change.texts)
        refresh_state(own, target=instance)
    others = to_others(instance, change.family)
    if others and instance.live:
        update_source(others[0].source, weight=instance.change_weight)


def after_translation_save(instance: Translation, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        refresh_state(instance)


def after_translation_delete(instance: Translation, **kwargs: Any) -> None:
    forget(instance)


def after_text_change(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    if raw or instance.context is None:
        return
    translations = Translation.objects.filter(
        source__object_id=instance.context.object_id, target_locale=instance.locale_id
    )
    for translation in translations:
        refresh_progress(translation)


def after_target_revision(instance: TranslationLog, raw: bool = False, **kwargs: Any) -> None:
    """wagtail-localize logs whence a revision came after it has published it."""
    if raw or instance.revision_id is None:
        return
    translation = (
        Translation.objects.filter(source=instance.source_id, target_locale=instance.locale_id)
        .select_related("source__locale", "target_locale")
        .first()
    )
    target = translation and find_target(translation)
    if translation and target and target.live_revision_id == instance.revision_id:
        refresh_state(translation, target=target)


def _lock_siblings(instance: Any) -> None:
    """Lock the other languages' rows before the journal's counter is locked.

    Whoever publishes one of them locks in this order; in another, each could hold what the
    other waits for.
    """
    model = Page if isinstance(instance, Page) else type(instance)
    siblings = model._base_manager.filter(translation_key=instance.translation_key)
    list(siblings.exclude(pk=instance.pk).order_by("pk").select_for_update().values_list("pk"))
