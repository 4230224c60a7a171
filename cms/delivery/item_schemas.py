"""Schemas of the items of lists of shared content and of search results."""

from datetime import datetime

from pydantic import Field

from cms.public.schemas import PublicSchema, RichTextHtml
from cms.public.seo_schemas import Alternate
from faq.schemas import FaqEntryValue, FaqTopicValue
from pages.blocks import SelfTestCallToActionValue
from pages.frame_schemas import CrisisHelp
from pages.schemas import ConcernWithCount

from .schemas import HitType, ItemList


class LocalizedItem(PublicSchema):
    locale: str
    is_fallback: bool = Field(description="True where the item is not in the language asked for.")


class FaqTopicItem(LocalizedItem, FaqTopicValue):
    entry_count: int = Field(description="Number of published questions in the item's language.")


class FaqTopicList(ItemList):
    items: list[FaqTopicItem]


class FaqEntryItem(LocalizedItem, FaqEntryValue):
    topic: FaqTopicValue


class FaqEntryList(ItemList):
    items: list[FaqEntryItem]


class SelfTestCallToActionItem(LocalizedItem, SelfTestCallToActionValue):
    id: int


class SelfTestCallToActionList(ItemList):
    items: list[SelfTestCallToActionItem]


class ConcernItem(LocalizedItem, ConcernWithCount):
    pass


class ConcernList(ItemList):
    items: list[ConcernItem]


class UrlItem(PublicSchema):
    id: int = Field(description="The id of the page.")
    locale: str
    path: str
    html_url: str
    lastmod: datetime | None = Field(description="When the page was last published.")
    alternates: list[Alternate] = Field(
        description="The page in each language, itself included, and `x-default`."
    )


class UrlList(ItemList):
    items: list[UrlItem]


class RedirectItem(PublicSchema):
    id: int
    source: str = Field(
        serialization_alias="from",
        description="A path, perhaps with a query. It stands for the path with a slash at its end "
        "and without.",
    )
    location: str = Field(description="A path of this site, or a whole address.")
    permanent: bool


class RedirectList(ItemList):
    items: list[RedirectItem]


class SearchHit(LocalizedItem):
    id: int
    type: HitType = Field(
        description="A page type, `faq_entry` for a question with its answer, or `concern` for "
        "what people seek help for."
    )
    title: str
    path: str = Field(
        description="For a question, with the fragment of its place on the page; for a concern, of "
        "the methods that help with it."
    )
    extract: RichTextHtml = Field(description="Where the words are, marked with <mark>.")


class TypeCount(PublicSchema):
    type: HitType
    count: int


class SearchHitList(ItemList):
    items: list[SearchHit]
    counts: list[TypeCount] = Field(
        description="How many hits there are of each type that has any, whatever `type` was asked "
        "for; the most first."
    )
    suggestions: list[str] = Field(
        [],
        description="The query with its misspelt words corrected, to ask “Did you mean …?” with. "
        "The hits are those of the corrected words already.",
    )
    crisis_help: CrisisHelp | None = Field(
        None,
        description="Where to turn in a crisis, where the query is one of somebody who may be in "
        "danger: show it above the hits, also where there are none.",
    )
