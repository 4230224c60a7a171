"""Gives the same string at several places of an object the same translation."""

from collections.abc import Collection, Iterable

from wagtail_localize.models import StringTranslation, TranslationSource

from .links import has_link, kept_links
from .segments import problem_of


def translate_repeats(source: TranslationSource, new: Collection[tuple[int, int]]) -> None:
    """Give new strings the latest translation that they have elsewhere in the object.

    A duplicated block has new ids and the same texts, and so has a paragraph that went from one
    block to another. Takes the ids of context and string. One query where there is nothing to do.
    """
    made = StringTranslation.objects.filter(
        context__object=source.object_id, translation_of__in={string for _context, string in new}
    )
    known = set()
    latest: dict[tuple[int, int], StringTranslation] = {}
    for text in made.order_by("updated_at", "pk"):
        known.add((text.context_id, text.translation_of_id, text.locale_id))
        if problem_of(text) is None:
            latest[text.translation_of_id, text.locale_id] = text
    pairs = [
        (text, context)
        for (string, locale), text in latest.items()
        for context, here in {*new}
        if here == string and (context, string, locale) not in known
    ]
    # The same words with links to other places may be another text: "Call 112" for "Call us".
    linked = [(text, context) for text, context in pairs if has_link(text.data)]
    links = kept_links(
        {(text.context_id, text.translation_of_id) for text, _context in linked}
        | {(context, text.translation_of_id) for text, context in linked}
    )
    fitting = [
        (text, context)
        for text, context in pairs
        if links.get((text.context_id, text.translation_of_id))
        == links.get((context, text.translation_of_id))
    ]
    if fitting:
        copy_texts(fitting)


def copy_texts(pairs: Iterable[tuple[StringTranslation, int]]) -> None:
    """Copy translations to other contexts, with their dates."""
    copies = []
    dates = []
    for text, context in pairs:
        copy = StringTranslation(
            translation_of_id=text.translation_of_id,
            locale_id=text.locale_id,
            context_id=context,
            data=text.data,
            translation_type=text.translation_type,
            tool_name=text.tool_name,
            last_translated_by_id=text.last_translated_by_id,
            has_error=text.has_error,
            field_error=text.field_error,
        )
        copies.append(copy)
        dates.append((text.created_at, text.updated_at))
    StringTranslation.objects.bulk_create(copies)
    # Creating them has set both to the present.
    for copy, (created_at, updated_at) in zip(copies, dates, strict=True):
        copy.created_at, copy.updated_at = created_at, updated_at
    StringTranslation.objects.bulk_update(copies, ["created_at", "updated_at"])
