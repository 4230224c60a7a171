"""Texts that a page or snippet has got from an object in another language without a translation.

A freed alias, a copy of an alias or of an untranslated draft, such a draft whose original is
deleted, and what Wagtail's `copy_for_translation` makes are drafts whose texts are those of another
language. Their history keeps these texts, whatever becomes of the object they came from, and the
guard refuses to publish them. Where the object is the original's version in its language, a
translation begins in it.
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from wagtail.log_actions import log, registry
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.core.changes import Change
from cms.public.visibility import PLACE_KEPT
from cms.upstream.localize_views import TranslationCreator

from .family import to_itself, translations_of
from .state import find_target
from .texts import is_content, placed_texts, plain
from .untranslated import untranslated_texts

# Logged with the texts that an object has from another language.
FOREIGN_TEXTS: Final = "samtal.foreign_texts"
# Entries by which an object is known to have texts of another language.
ACTIONS: Final = (PLACE_KEPT, FOREIGN_TEXTS)
DRAFT: Final = {
    "live": False,
    "has_unpublished_changes": True,
    "live_revision_id": None,
    "first_published_at": None,
    "last_published_at": None,
}


class Loaded(NamedTuple):
    """Identifies the object that an instance was made from, by the values it was made with."""

    translation_key: UUID | None
    locale: int | None
    alias_of: int | None


@dataclass(frozen=True)
class CopiedTexts:
    """The texts that a new copy has from another language; None for all of its own."""

    texts: set[str] | None


@dataclass(frozen=True)
class Origin:
    """The original that the translation in an object is to begin from."""

    original: Any


def remember_loaded(instance: Any, **kwargs: Any) -> None:
    """Keep what identifies an instance's source: upstream overwrites it before it saves a copy."""
    values = instance.__dict__
    instance.loaded_as = Loaded(
        values.get("translation_key"), values.get("locale_id"), values.get("alias_of_id")
    )


def draft_copy(change: Change) -> None:
    """Make a draft of a new copy in another language, and note what its history will keep."""
    if not change.is_new or getattr(change.after, "alias_of_id", None):
        return
    instance = change.after
    key, locale, _alias_of = instance.loaded_as
    if locale is None or (key, locale) == (instance.translation_key, instance.locale_id):
        return
    model = Page if isinstance(instance, Page) else type(instance)
    origin = model._base_manager.filter(translation_key=key, locale=locale).first()
    if origin is None:
        return
    if locale != instance.locale_id:
        if to_itself(instance, translations_of(instance)) is None:
            set_draft(instance)
            change.remember(CopiedTexts(None))
            # A page's translation begins when Wagtail has saved the copy's revision.
            if not isinstance(instance, Page):
                remember_origin(change, origin)
    elif texts := inherited_texts(origin):
        change.remember(CopiedTexts(texts))


def log_copied_texts(change: Change) -> None:
    """Log the texts that a new copy has from another language."""
    copied = change.recall(CopiedTexts)
    if copied is not None:
        note_foreign_texts(change.after, texts=copied.texts)


def begin_noted_translation(change: Change) -> None:
    """Begin the translation in a snippet's copy or a freed alias."""
    origin = change.recall(Origin)
    if origin is not None:
        begin_translation(change.after, origin.original)


def begin_translation_of_copy(change: Change) -> None:
    """Begin the translation in a page that Wagtail has copied, and saved a revision of.

    `before` is the page that it is a copy of.
    """
    page: Any = change.after
    original: Any = change.before
    if isinstance(page, Page) and not page.alias_of_id and page.locale_id != original.locale_id:
        begin_translation(page, original)


def remember_origin(change: Change, origin: Any) -> None:
    """Keep the original that the translation of an object is to begin from."""
    if origin.translation_key == change.after.translation_key:
        change.remember(Origin(origin))


def begin_translation(instance: Any, original: Any) -> None:
    """Begin the translation of the original in an object that has its texts."""
    if to_itself(instance, translations_of(instance)) is not None:
        return
    if isinstance(original, Page):
        original = original.specific
    creator = TranslationCreator(None, [instance.locale])
    try:
        with transaction.atomic():
            creator.create_translations(original)
    except ValidationError:
        # The original itself is not valid: somebody who translates it is told so.
        return
    own = to_itself(instance, translations_of(instance))
    if own is not None and isinstance(instance, Page):
        _keep_address(own, instance)


def set_draft(instance: Any) -> None:
    if instance.live:
        for name, value in DRAFT.items():
            setattr(instance, name, value)


def note_foreign_texts(
    instance: Any, action: str = FOREIGN_TEXTS, texts: set[str] | None = None
) -> None:
    """Log the texts that an object has from another language; all of its own by default."""
    found = _content(instance) if texts is None else texts
    log(instance=instance, action=action, data={"texts": sorted(found)})


def foreign_texts(instance: Any) -> set[str]:
    """Return the plain texts that an object has got from another language, in one query."""
    return {text for data in _entries(instance) for text in data.get("texts", ())}


def inherited_texts(instance: Any) -> set[str]:
    """Return the plain texts of another language that a copy in the same language gets."""
    source = getattr(instance, "alias_of", None) or instance
    if source.locale_id != instance.locale_id:
        return _content(instance)
    return foreign_texts(source) | untranslated_texts(source)


def note_untranslated_texts(change: Change) -> None:
    """Log the texts that the target of a deleted translation has from its source."""
    target = find_target(change.after)
    texts = untranslated_texts(target) if target is not None else set()
    if texts:
        note_foreign_texts(target, texts=texts)


def missing_languages(instance: Any) -> QuerySet[Locale]:
    """Return the languages in which an object is not, in words of that language or about to be.

    A page's alias only keeps its place, and so does a draft that still is in another language,
    with no translation begun.
    """
    siblings = instance.get_translations(inclusive=True)
    if isinstance(instance, Page):
        siblings = siblings.filter(alias_of=None)
    begun = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale=OuterRef("locale")
    )
    waiting = siblings.filter(~Exists(begun), _has_entries(type(instance)), live=False)
    present = siblings.exclude(pk__in=waiting.exclude(pk=instance.pk).values("pk"))
    missing: QuerySet[Locale] = Locale.objects.exclude(pk__in=present.values("locale"))
    return missing


def _entries(instance: Any) -> list[dict[str, Any]]:
    entries = registry.get_logs_for_instance(instance)
    return [entry.data for entry in entries.filter(action__in=ACTIONS)]


def _has_entries(model: type[Any]) -> Exists:
    """Return the condition that objects of a model have entries as `_entries` gives them."""
    entries = registry.get_log_model_for_model(model).objects.filter(action__in=ACTIONS)
    if issubclass(model, Page):
        return Exists(entries.filter(page=OuterRef("pk")))
    own = ContentType.objects.get_for_model(model, for_concrete_model=False)
    key = Cast(OuterRef("pk"), CharField())
    return Exists(entries.filter(content_type=own, object_id=key))


def _content(instance: Any) -> set[str]:
    if isinstance(instance, Page):
        instance = instance.specific
    return {
        plain(text)
        for path, here in placed_texts(instance).items()
        if is_content(path)
        for text in here
    }


def _keep_address(translation: Translation, target: Page) -> None:
    """Let the address of a freed alias stay: what is below it may be live already."""
    for segment in StringSegment.objects.filter(source=translation.source_id, context__path="slug"):
        StringTranslation.objects.get_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=translation.target_locale,
            defaults={
                "data": target.slug,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
