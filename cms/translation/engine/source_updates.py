"""Taking what a source says into the segments of its translations."""

from django.db import transaction
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.content.content_digest import NOT_CONTENT

from .moved_blocks import carry_translations
from .refreshing import take_published_content
from .segments import USABLE
from .state import refresh_state


@transaction.atomic
def update_source(source: TranslationSource, *, weight: str = "") -> None:
    """Take the source's published content into the segments and see who is behind now.

    Takes what the editor said of the change. No translation's text is touched. Raises
    DoesNotExist where the source has been deleted.
    """
    change = take_published_content(source)
    if change.moved:
        carry_translations(source, change.moved)
    for translation in source.translations.select_related("source__locale", "target_locale"):
        _keep_address(translation)
        refresh_state(translation, weight=weight if change.is_other else "")


@transaction.atomic
def catch_up(source: TranslationSource) -> int:
    """Work out the state of a source's translations, fetching what it has published since.

    Gives the number of translations. Raises DoesNotExist where the source has been deleted.
    """
    published = source.get_source_instance()
    missed = published.live and published.last_published_at is not None
    if missed and published.last_published_at > source.last_updated_at:
        update_source(source)
        return int(source.translations.count())
    translations = source.translations.select_related("source__locale", "target_locale")
    for translation in translations:
        _keep_address(translation)
        refresh_state(translation)
    return len(translations)


def _keep_address(translation: Translation) -> None:
    """Let the address of a translation stay as it is where that of the source has changed.

    Visitors do not read it, and links to the translation would break; translators can change it.
    """
    segments = StringSegment.objects.filter(
        source=translation.source_id, context__path__in=NOT_CONTENT
    )
    for segment in segments.select_related("string", "context"):
        place = {"context": segment.context, "locale": translation.target_locale}
        texts = StringTranslation.objects.filter(USABLE, **place)
        latest = texts.order_by("-updated_at", "-pk").first()
        if latest is not None and latest.translation_of_id != segment.string_id:
            names = ("data", "translation_type", "tool_name", "last_translated_by")
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                **place,
                defaults={
                    **{name: getattr(latest, name) for name in names},
                    "has_error": False,
                    "field_error": "",
                },
            )
