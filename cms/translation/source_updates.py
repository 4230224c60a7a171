"""Taking what a source says into the segments of its translations."""

from django.db import transaction
from wagtail_localize.models import TranslationSource

from .refreshing import take_published_content
from .state import refresh_state


@transaction.atomic
def update_source(source: TranslationSource, *, weight: str = "") -> None:
    """Take the source's published content into the segments and see who is behind now.

    Takes what the editor said of the change. No translation's text is touched. Raises
    DoesNotExist where the source has been deleted.
    """
    changed = take_published_content(source)
    for translation in source.translations.select_related("source__locale", "target_locale"):
        refresh_state(translation, weight=weight if changed else "")


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
        refresh_state(translation)
    return len(translations)
