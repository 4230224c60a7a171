"""Take part in saves: keep text of the wrong language off the site, and the state of translations.

The steps of `cms.saving` that follow pages, snippets and the tables of wagtail-localize. Which
texts may go live is decided in `guard`, how far a translation has come in `state`.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, Translation

from cms.content.models import BaseSnippet
from cms.content.staleness import STALENESS_FIELDS
from cms.core.changes import HOUSEKEEPING, Change

from . import progress
from .creating import prepare_new_snippet
from .family import to_itself, to_others, translations_of
from .guard import check_foreign_texts, check_live_texts, check_references, check_stays_live
from .segments import problem_of
from .source_updates import update_source
from .state import find_target, forget, note_publication, refresh_state
from .texts import PlacedTexts, plain

# What `save(update_fields=…)` writes without touching a text or who can read it.
NO_TEXT: Final = HOUSEKEEPING | {*STALENESS_FIELDS, "alias_of"}
# The fields of `Page` that a save by that class can change and that translations depend on.
TEXTS_OF_PAGE: Final = ("live", "search_description", "seo_title", "slug", "title")


@dataclass(frozen=True)
class Translations:
    """The translations of an object and its siblings; the one that it is the target of."""

    family: list[Translation]
    own: Translation | None
    to_others: list[Translation]


@dataclass(frozen=True)
class TargetTexts:
    """The texts of the target of a translation that is about to go live."""

    texts: PlacedTexts


def make_snippet_unique(change: Change) -> None:
    """Give a new translation of a snippet a free slug, and validate the constraints.

    Raises ValidationError, which an editor can read, where the database would refuse.
    """
    if change.fields is None:
        if change.is_new:
            prepare_new_snippet(change.after)
        change.after.validate_constraints()


def find_translations(change: Change) -> None:
    """Look up the translations of an object whose texts, or readers, the save can change."""
    quiet = change.fields is not None and NO_TEXT.issuperset(change.fields)
    if quiet or getattr(change.after, "alias_of_id", None) or _only_moves(change):
        return
    family = translations_of(change.after)
    own = to_itself(change.after, family)
    others = to_others(change.after, family)
    change.remember(Translations(family, own, others))
    # Is loaded already: the journal's row of the object would load it anew.
    if own is not None:
        change.content.locale = own.target_locale
    elif others:
        change.content.locale = others[0].source.locale


def check_language(change: Change) -> None:
    """Raises ValidationError where text of another language would go live, or refer to some."""
    found = change.recall(Translations)
    if found is None:
        return
    content, own = change.content, found.own
    if content.live and isinstance(content, BaseSnippet):
        check_references(content, change.before)
    if own is None or not own.enabled:
        if content.live:
            check_foreign_texts(content, change.before)
    elif content.live:
        change.remember(TargetTexts(check_live_texts(content, own, change.before)))
    elif isinstance(content, BaseSnippet):
        check_stays_live(content, change.before)


def lock_siblings(change: Change) -> None:
    """Lock the rows of the other languages in the order of their keys, before the counter.

    Whoever publishes one of them locks in this order; in another, each could hold what the
    other waits for.
    """
    found = change.recall(Translations)
    if found is None or not found.to_others or not change.content.live:
        return
    instance = change.after
    model = Page if isinstance(instance, Page) else type(instance)
    siblings = model._base_manager.filter(translation_key=instance.translation_key)
    list(siblings.exclude(pk=instance.pk).order_by("pk").select_for_update().values_list("pk"))


def update_states(change: Change) -> None:
    """Update the translations of what has just gone live, or is live no more."""
    found = change.recall(Translations)
    if found is None or not found.family:
        return
    content = change.content
    if found.own is not None:
        if content.live:
            checked = change.recall(TargetTexts)
            note_publication(found.own, content, checked.texts if checked is not None else None)
        else:
            refresh_state(found.own, target=content)
    if found.to_others and content.live:
        revision = content.live_revision
        update_source(
            found.to_others[0].source,
            weight=content.change_weight,
            user=revision.user if revision is not None else None,
        )


def update_own_state(change: Change) -> None:
    """Update the state of a translation that was saved itself."""
    refresh_state(change.after)


def forget_state(change: Change) -> None:
    """Take back what visitors are told where a translation is deleted."""
    forget(change.after)


def update_progress(change: Change) -> None:
    """Count the translated segments anew where a text was written or deleted."""
    text: StringTranslation = change.after
    if text.context is not None:
        progress.update(text.context.object_id, text.locale_id)


def update_draft_title(change: Change) -> None:
    """Take a right title of a page into Wagtail's lists of pages."""
    text: StringTranslation = change.after
    if text.context is None or text.context.path != "title" or problem_of(text) is not None:
        return
    room = Page._meta.get_field("draft_title").max_length
    Page.objects.filter(translation_key=text.context.object_id, locale_id=text.locale_id).update(
        draft_title=plain(text.data)[:room]
    )


def update_state_of_revision(change: Change) -> None:
    """Update the state of a translation whose live revision is now known to come from it.

    wagtail-localize logs whence a revision came after it has published it.
    """
    log: Any = change.after
    if log.revision_id is None or not _is_live(log.revision):
        return
    translation = (
        Translation.objects.filter(source=log.source_id, target_locale=log.locale_id)
        .select_related("source__locale", "target_locale")
        .first()
    )
    target = translation and find_target(translation)
    if translation and target and target.live_revision_id == log.revision_id:
        refresh_state(translation, target=target)


def _is_live(revision: Revision) -> bool:
    """Whether a page or snippet has a revision as its live one, in a query."""
    content_type = ContentType.objects.get_for_id(revision.base_content_type_id)
    model: Any = content_type.model_class()
    return bool(model._base_manager.filter(live_revision=revision.pk).exists())


def _only_moves(change: Change) -> bool:
    """Return whether a page is saved by the class `Page` without a change of a text or of `live`.

    Wagtail does so when it moves a page.
    """
    if change.content is change.after or change.before is None:
        return False
    return all(
        getattr(change.before, name) == getattr(change.content, name) for name in TEXTS_OF_PAGE
    )
