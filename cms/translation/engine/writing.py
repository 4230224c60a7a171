"""Write texts of translations: the one way in, whoever brings them.

The desk and its buttons, the memory, a machine, a file and wagtail-localize's own views write
here. A text is cleaned first. One with a fault is stored and marked, so that nothing is lost and
nothing wrong is published. Whether it may take the place of another is for the caller to decide.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
)

from .links import Links, has_link, kept_links, links_of
from .text_rules import Rules, TextRules


@dataclass(frozen=True)
class Author:
    """Names the writer of a text: the user, and the tool that it was made with, if any.

    A machine's text is published only when a person has confirmed it.
    """

    user: Any
    tool: str = ""
    is_machine: bool = False


class TextWriter:
    """Writes texts of one translation.

    Takes the rules of its places where they are read already.
    """

    def __init__(
        self, translation: Translation, author: Author, rules: Rules | None = None
    ) -> None:
        self.translation = translation
        self.author = author
        self.rules = rules or Rules(translation)

    def write(
        self,
        context: TranslationContext,
        string: String,
        data: str,
        stored: StringTranslation | None = None,
    ) -> StringTranslation | None:
        """Store a text as the translation of a string at a place.

        Takes the text that is stored there where it was read under a lock. Gives what it has
        stored: None where the text was empty, and deleted what was there, and where a machine
        would have replaced a text that was written meanwhile.
        """
        rules = self._rules_at(context, string)
        data = rules.cleaned(data)
        if not data:
            for text in StringTranslation.objects.filter(**self._place(context, string)):
                text.delete()
            return None
        return self._store(self._place(context, string), data, rules.fault_in(data), stored)

    def _place(self, context: TranslationContext, string: String) -> dict[str, Any]:
        """Return the fields that identify the translation of a string at a place."""
        return {
            "translation_of": string,
            "locale": self.translation.target_locale,
            "context": context,
        }

    def _rules_at(self, context: TranslationContext, string: String) -> TextRules:
        path = context.path
        if path not in self.rules.rich_paths or not has_link(string.data):
            return self.rules.of(path, string.data)
        key = (context.pk, string.pk)
        return self.rules.of(path, string.data, kept_links({key}).get(key))

    def _store(
        self, place: dict[str, Any], data: str, fault: str, stored: StringTranslation | None
    ) -> StringTranslation | None:
        author = self.author
        values = {
            "data": data,
            "translation_type": (
                StringTranslation.TRANSLATION_TYPE_MACHINE
                if author.is_machine
                else StringTranslation.TRANSLATION_TYPE_MANUAL
            ),
            "tool_name": author.tool,
            "last_translated_by": author.user,
            "has_error": bool(fault),
            "field_error": fault,
        }
        if stored is None:
            try:
                with transaction.atomic():
                    created: StringTranslation = StringTranslation.objects.create(**place, **values)
                    return created
            except IntegrityError:
                if author.is_machine:
                    return None
                stored = StringTranslation.objects.get(**place)
        for name, value in values.items():
            setattr(stored, name, value)
        stored.save()
        return stored

    def write_repeats(self, text: StringTranslation) -> None:
        """Store a right text where the object has the same string without a translation.

        Its links must lead to the same places there.
        """
        if text.has_error:
            return
        own = StringTranslation.objects.filter(
            translation_of=text.translation_of_id, locale=text.locale_id
        )
        segments = StringSegment.objects.filter(
            source__object=text.context.object_id, string=text.translation_of_id
        ).select_related("context")
        leading = self._rules_at(text.context, text.translation_of).links
        places: dict[TranslationContext, list[Links]] = {}
        for segment in segments.exclude(context__translations__in=own):
            places.setdefault(segment.context, []).append(links_of(segment))
        for context, links in places.items():
            if any(each != leading for each in links):
                continue
            rules = self._rules_at(context, text.translation_of)
            data = rules.cleaned(text.data)
            if data and not rules.fault_in(data):
                self._store(self._place(context, text.translation_of), data, "", None)
