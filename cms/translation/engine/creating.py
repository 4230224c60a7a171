"""Adapter for the way in which wagtail-localize begins translations.

Its `TranslationCreator.create_translations` also translates what a page refers to, whether or not
that exists in the target language: an original becomes the translation of its own translation. It
passes over errors, so that a `Translation` can be left without its page or snippet, and does not
know of constraints. `use_ours` replaces that method, which every view and function of
wagtail-localize calls.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import SlugField, UniqueConstraint
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Page
from wagtail_localize.models import Translation

from cms.core.i18n import language_in_sentence
from cms.upstream.localize_views import replace_creation

from .foreign_texts import missing_languages
from .refreshing import source_of


class SourceGone(ValidationError):
    """Refuses to begin a translation whose source was deleted meanwhile."""


def use_ours() -> None:
    replace_creation(create_translations)


@transaction.atomic(savepoint=False)
def create_translations(self: Any, instance: Any, include_related_objects: bool = True) -> None:
    """Begin the translation of an object, and of what it refers to, where there is none.

    Raises ValidationError, which names the object, where a translation cannot be made. Whoever
    deletes the object meanwhile waits, and then deletes what has begun here with it.
    """
    if isinstance(instance, Page):
        instance = instance.specific
    if instance.translation_key in self.seen_objects:
        return
    self.seen_objects.add(instance.translation_key)
    if getattr(instance, "alias_of_id", None):
        # Its source is what is translated, and the place of what is below it is kept.
        return
    _lock(instance)
    missing = set(missing_languages(instance))
    locales = [locale for locale in self.target_locales if locale in missing]
    if not locales:
        return
    source = source_of(instance)
    if include_related_objects:
        for segment in source.relatedobjectsegment_set.select_related("object"):
            related = segment.object.get_instance_or_none(instance.locale)
            if related is not None:
                self.create_translations(related, include_related_objects=False)
    for locale in locales:
        translation, _created = Translation.objects.update_or_create(
            source=source, target_locale=locale, defaults={"enabled": True}
        )
        self.mappings[source].append(translation)
        _make_target(translation, instance, self.user)


def _lock(instance: Any) -> None:
    """Lock the rows of an object until the end of the transaction. Raises SourceGone."""
    rows = type(instance)._base_manager.filter(pk=instance.pk)
    if not list(rows.select_for_update(no_key=True).values_list("pk")):
        words = _("“%(object)s” was deleted meanwhile: nothing was begun.")
        raise SourceGone(words % {"object": instance})


def prepare_new_snippet(snippet: Any) -> None:
    """Give a new translation of a snippet a slug that is free in its language."""
    siblings = type(snippet)._base_manager.filter(translation_key=snippet.translation_key)
    if siblings.exists():
        for constraint in snippet._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and "locale" in constraint.fields:
                _free_slug(snippet, constraint.fields)


def _make_target(translation: Translation, instance: Any, user: Any) -> None:
    try:
        # What has no drafts can only be published.
        translation.save_target(user=user, publish=not isinstance(instance, DraftStateMixin))
    except (ValidationError, AttributeError) as raised:
        # wagtail-localize reads the `error_dict` of errors that have none.
        error = raised if isinstance(raised, ValidationError) else raised.__context__
        if not isinstance(error, ValidationError):
            raise
        message = _("“%(object)s” cannot be translated into %(language)s: %(reasons)s")
        raise ValidationError(
            message
            % {
                "object": instance,
                "language": language_in_sentence(translation.target_locale.language_code),
                "reasons": " ".join(error.messages),
            }
        ) from error


def _free_slug(snippet: Any, names: Sequence[str]) -> None:
    others = type(snippet)._base_manager.filter(locale=snippet.locale_id)
    for name in names:
        field = snippet._meta.get_field(name)
        if not isinstance(field, SlugField):
            continue
        wanted = slug = getattr(snippet, name)
        numbers = count(2)
        while others.filter(**{name: slug}).exists():
            suffix = f"-{next(numbers)}"
            room = (field.max_length or len(wanted) + len(suffix)) - len(suffix)
            slug = wanted[:room] + suffix
        setattr(snippet, name, slug)
