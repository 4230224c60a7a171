"""What stands in several places of one page is translated once."""

from wagtail_localize.models import StringSegment, StringTranslation


def translate_repeats(text: StringTranslation) -> int:
    """Give a translation to the same string elsewhere in the same object.

    Takes a translation that a person has just made. Places that have one of their own keep it.
    Gives the number of places that were filled.
    """
    if text.context is None:
        return 0
    places = StringSegment.objects.filter(
        source__object=text.context.object_id, string=text.translation_of_id
    ).exclude(context__translations__in=_same(text))
    contexts = set(places.values_list("context", flat=True)) - {text.context_id}
    copies = [
        StringTranslation(
            translation_of_id=text.translation_of_id,
            context_id=context,
            locale_id=text.locale_id,
            data=text.data,
            translation_type=text.translation_type,
            tool_name=text.tool_name,
            last_translated_by_id=text.last_translated_by_id,
        )
        for context in contexts
    ]
    for copy in copies:
        copy.save()
    return len(copies)


def _same(text: StringTranslation) -> object:
    return StringTranslation.objects.filter(
        translation_of=text.translation_of_id, locale=text.locale_id
    )
