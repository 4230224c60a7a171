"""Taking what a source says into the segments of its translations."""

from django.db import transaction
from wagtail_localize.models import StringSegment, TranslationSource

from .state import refresh_state


@transaction.atomic
def update_source(source: TranslationSource, *, weight: str = "") -> None:
    """Take the source's published content into the segments and see who is behind now.

    Takes what the editor said of the change. No translation's text is touched. Raises
    DoesNotExist where the source has been deleted.
    """
    before = _strings(source)
    source.update_from_db()
    changed = _strings(source) != before
    for translation in source.translations.select_related("source__locale", "target_locale"):
        refresh_state(translation, weight=weight if changed else "")


def _strings(source: TranslationSource) -> set[tuple[int, int]]:
    segments = StringSegment.objects.filter(source=source)
    return set(segments.values_list("context_id", "string_id"))
