"""What questions and answers give to the world."""

from cms.core.models import BaseContent
from cms.core.schemas import PublicSchema, RichText, Staleness


class FaqTopicValue(PublicSchema):
    id: int
    slug: str
    name: str


class FaqEntryValue(Staleness):
    id: int
    question: str
    answer: RichText


class FaqTopicWithEntries(FaqTopicValue):
    entries: list[FaqEntryValue]


class FaqContent(BaseContent):
    topics: list[FaqTopicWithEntries]


class FaqListValue(PublicSchema):
    heading: str
    entries: list[FaqEntryValue]
