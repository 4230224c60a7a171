"""Keep text of the wrong language off the live site.

Whatever saves a page or snippet that is live and the target of a translation comes through
here: publishing, scheduled publishing, wagtail-localize's `save_target` in both of its modes. So
does what has no translation, but texts of an object in another language that it was copied from.
Drafts may say what they like.
"""

from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from wagtail.models import Locale, Revision, TranslatableMixin
from wagtail_localize.models import StringTranslation, Translation

from cms.content import completeness
from cms.content.models import BaseSnippet
from cms.content.own_language import chosen_in_other_languages, told_of
from cms.core.changes import stored as read_stored
from cms.core.i18n import language_in_sentence

from .family import to_itself, translations_of
from .foreign_texts import foreign_texts
from .segments import USABLE, segment_rows, unready
from .texts import PlacedTexts, is_content, placed_texts, plain
from .untranslated import foreign, given_texts, without

# How many of the texts a message names.
SHOWN: Final = 3


def check_live_texts(instance: Any, translation: Translation, stored: Any | None) -> PlacedTexts:
    """Refuse to let a target go live with text that nobody has given in its language.

    Takes the target as it is about to be saved, its translation and the stored target, None where
    it is new; returns the texts. A text passes that is the usable translation of what the source
    says at its place, or of what the source said there before, and so does one that is live at
    its place already. Any other is refused where it is the source's, in whatever version, or a
    machine's that nobody has confirmed. Where all texts are translations this takes two queries.

    Raises ValidationError, which names no field: wagtail-localize would take the texts of that
    field for faulty.
    """
    texts = placed_texts(instance)
    unknown = without(texts, given_texts(translation))
    if unknown:
        unknown = without(unknown, _live(stored))
    if unknown:
        wrong = foreign(unknown, translation)
        if wrong:
            if not unready(segment_rows(translation)):
                raise ValidationError({NON_FIELD_ERRORS: [_told_of_desk(wrong)]})
            raise ValidationError({NON_FIELD_ERRORS: [_message(translation.target_locale, wrong)]})
    return texts


def check_foreign_texts(instance: Any, stored: Any | None) -> None:
    """Refuse to let an object without a translation go live with another language's texts.

    Takes the object as it is about to be saved, and as it is stored. The texts are those that it
    was copied with. One passes that is live at its place already, or that somebody has given as a
    translation into the object's language anywhere, as a name is. An object that is no copy takes
    one query.

    Raises ValidationError, which names no field.
    """
    copied = foreign_texts(instance) if instance.pk else set()
    if not copied:
        return
    found = {
        path: [text for text in here if plain(text) in copied and _has_letters(text)]
        for path, here in placed_texts(instance).items()
        if is_content(path)
    }
    found = {path: here for path, here in found.items() if here}
    if found:
        found = without(found, _live(stored))
    wrong = list(dict.fromkeys(text for here in found.values() for text in here))
    if wrong:
        given = StringTranslation.objects.filter(USABLE, locale=instance.locale_id, data__in=wrong)
        known = set(given.values_list("data", flat=True))
        wrong = [text for text in wrong if text not in known]
    if wrong:
        raise ValidationError({NON_FIELD_ERRORS: [_message(instance.locale, wrong)]})


def check_references(instance: Any, stored: Any | None) -> None:
    """Refuse to let shared content go live that refers to some in another language.

    Takes it as it is about to be saved, and as it is stored. What is live so already passes.

    Raises ValidationError, which names no field.
    """
    chosen = chosen_in_other_languages(instance)
    if chosen and stored is not None and stored.live:
        known = chosen_in_other_languages(stored)
        chosen = {name: each for name, each in chosen.items() if known.get(name) != each}
    if chosen:
        told = [
            f"{capfirst(instance._meta.get_field(name).verbose_name)}: {told_of(instance, each)}"
            for name, each in chosen.items()
        ]
        raise ValidationError({NON_FIELD_ERRORS: told})


def check_publication(revision: Revision) -> None:
    """Check what the publication of a revision would put live. Raises ValidationError."""
    instance = revision.as_object()
    completeness.check_publication(instance)
    if not isinstance(instance, TranslatableMixin):
        return
    if isinstance(instance, BaseSnippet):
        check_references(instance, read_stored(instance))
    translation = to_itself(instance, translations_of(instance))
    if translation is not None and translation.enabled:
        check_live_texts(instance, translation, read_stored(instance))
    else:
        check_foreign_texts(instance, read_stored(instance))


def check_stays_live(instance: Any, stored: Any | None) -> None:
    """Refuse to take a live target off the site where nobody has unpublished it.

    wagtail-localize does so when it saves a snippet's translation as a draft. Unpublishing, by
    hand or by time, leaves no live revision and unpublished changes.

    Raises ValidationError.
    """
    if instance.live_revision_id is None and instance.has_unpublished_changes:
        return
    if stored is not None and stored.live:
        message = _(
            "This would take the published translation off the site. Save a draft in the "
            "translation editor instead, or unpublish it."
        )
        raise ValidationError({NON_FIELD_ERRORS: [message]})


def _live(stored: Any | None) -> PlacedTexts:
    """Return the live texts of a stored object by path, empty where it is not live.

    An alias is not: its text is that of its source.
    """
    if stored is None or not stored.live or getattr(stored, "alias_of_id", None):
        return {}
    return placed_texts(stored)


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in plain(text))


def _told_of_desk(wrong: list[str]) -> str:
    return _(
        "The texts at the desk are newer than this draft, which still has %(texts)s. Open the "
        "translation and publish there. What is live now stays as it is."
    ) % {"texts": _shown(wrong)}


def _message(locale: Locale, wrong: list[str]) -> str:
    return _(
        "This would publish text that is not translated into %(language)s: %(texts)s. "
        "Translate it, or confirm it where it is right as it stands, and publish again. "
        "What is live now stays as it is."
    ) % {"language": language_in_sentence(locale.language_code), "texts": _shown(wrong)}


def _shown(wrong: list[str]) -> str:
    texts = [Truncator(plain(text)).chars(60) for text in wrong[:SHOWN]]
    shown = "; ".join(_("“%(text)s”") % {"text": text} for text in texts)
    if len(wrong) > SHOWN:
        shown += " …"
    return shown
