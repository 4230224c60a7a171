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
    start_button: Button | None
    crisis: RichText
    review: Review | None
