"""Schemas of the content of page types and of their snippets."""

from pydantic import Field

from cms.content.models import BaseContent
from cms.public.schemas import (
    Button,
    ConcernLabel,
    Number,
    NumberAndLength,
    PageSummary,
    Review,
    RichText,
)
from cms.public.streams import stream_schema

from .blocks import BodyBlock
from .self_test_blocks import SelfTestBand, SelfTestQuestion

BodyItem = stream_schema(BodyBlock())


class ConcernValue(ConcernLabel):
    description: str


class ConcernWithCount(ConcernValue):
    method_count: int


class HomeContent(BaseContent):
    button: Button | None
    body: list[BodyItem]  # type: ignore[valid-type]  # built from the blocks at run time


class ContentPageContent(BaseContent):
    body: list[BodyItem]  # type: ignore[valid-type]  # built from the blocks at run time


class TherapyMethodContent(BaseContent):
    abbreviation: str
    summary: RichText
    summary_label: str = Field(
        description="What the editor wrote over the summary, or what is said in the page's "
        "language where they wrote nothing."
    )
    sessions: NumberAndLength
    session_count: Number
    concerns: list[ConcernLabel]
    review: Review | None
    body: list[BodyItem]  # type: ignore[valid-type]  # built from the blocks at run time


class TherapyMethodIndexContent(BaseContent):
    concerns: list[ConcernWithCount]
    methods: list[PageSummary]


class ConcernContent(BaseContent):
    concerns: list[ConcernLabel] = Field(description="The concerns whose page this is.")
    experience: RichText = Field(description="What it can be like.")
    methods: list[PageSummary] = Field(description="The methods that help with it.")
    seek_care: RichText = Field(description="When to seek care, and where.")
    body: list[BodyItem]  # type: ignore[valid-type]  # built from the blocks at run time
    review: Review | None


class ConcernIndexContent(BaseContent):
    pages: list[PageSummary] = Field(description="The pages below it, each about a concern.")
    concerns: list[ConcernWithCount] = Field(
        description="The concerns without a page of their own that some method helps with."
    )
    methods_path: str | None = Field(
        description="The path of the index of methods, which `?concern=` narrows."
    )


class SelfTestContent(BaseContent):
    about: RichText
    answers: RichText
    getting_started: RichText
    start_button: Button | None = Field(
        description="Leads to a test that is elsewhere; null where there is none."
    )
    questions: list[SelfTestQuestion] = Field(
        description="The questions of a test that is on the page itself; empty where it has none. "
        "Add up the points of the chosen answers in the reader's browser, and send and store "
        "nothing."
    )
    bands: list[SelfTestBand] = Field(
        description="In the order of their points; empty where `questions` is. Each possible sum "
        "of points lands in one: the last whose `lowest_points` it reaches."
    )
    crisis: RichText
    review: Review | None

    @property
    def bands_with_ends(self) -> list[tuple[SelfTestBand, int]]:
        """The bands, each with the most points that lead to it."""
        most = sum(max(choice.points for choice in each.choices) for each in self.questions)
        ends = [band.lowest_points - 1 for band in self.bands[1:]]
        return list(zip(self.bands, [*ends, most], strict=False))
