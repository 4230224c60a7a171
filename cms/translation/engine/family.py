"""Which translations a page or snippet is the source or the target of."""

from typing import Any

from wagtail_localize.models import Translation


def translations_of(instance: Any) -> list[Translation]:
    """All translations of the object and its siblings in other languages, in one query."""
    return list(
        Translation.objects.filter(source__object_id=instance.translation_key).select_related(
            "source__locale", "target_locale"
        )
    )


def to_others(instance: Any, translations: list[Translation]) -> list[Translation]:
    """Those of which the object is the source."""
    return [each for each in translations if each.source.locale_id == instance.locale_id]


def to_itself(instance: Any, translations: list[Translation]) -> Translation | None:
    """The one of which the object is the target."""
    return next(
        (each for each in translations if each.target_locale_id == instance.locale_id), None
    )
