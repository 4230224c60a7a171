"""Schemas of questions and answers."""

import re

from cms.content.blocks.text import OptionalHeading
from cms.content.models import BaseContent
from cms.public.schemas import PublicSchema, RichText, Staleness

# What else has a name on the page: a topic must not be met in the place of crisis help.
TAKEN_PLACES = re.compile(
    r"(main|crisis|crisis-heading|on-this-page)$|(footer|question|language-note)-"
)


class FaqTopicValue(PublicSchema):
    id: int
    slug: str
    name: str

    @property
    def place(self) -> str:
        """The fragment of its place on the FAQ page."""
        return f"topic-{self.slug}" if TAKEN_PLACES.match(self.slug) else self.slug


class FaqEntryValue(Staleness):
    id: int
    question: str
    answer: RichText


class FaqTopicWithEntries(FaqTopicValue):
    entries: list[FaqEntryValue]


class FaqContent(BaseContent):
    topics: list[FaqTopicWithEntries]


class FaqListValue(PublicSchema):
    heading: OptionalHeading
    entries: list[FaqEntryValue]
