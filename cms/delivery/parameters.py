"""Query parameters of each endpoint."""

from typing import Annotated, Literal

from pydantic import Field

from cms.public.schemas import RichTextFormat

from .cursor import MAX_CURSOR
from .parameter_checks import Parameters
from .schemas import PageType

LARGEST = 2**31 - 1

LocaleCode = Annotated[str, Field(description="A language code from locales/.", max_length=20)]
Slug = Annotated[str, Field(max_length=120)]


class RichTextParameters(Parameters):
    rich_text: RichTextFormat = Field("html", description="The format of rich text in the answer.")


class NavigationParameters(RichTextParameters):
    locale: LocaleCode


class PathParameters(RichTextParameters):
    path: str = Field(
        description="A path (/en/therapy-methods/ipt/) or an html_url of this site.",
        max_length=2000,
    )


class PreviewParameters(RichTextParameters):
    token: str = Field(description="From the editors' preview panel.", max_length=500)


class SliceParameters(Parameters):
    limit: int = Field(20, ge=1, le=100, description="How many items at most.")
    offset: int = Field(
        0, ge=0, le=LARGEST, description="How many items to pass over; not together with cursor."
    )
    cursor: str | None = Field(
        None,
        description="The `next_cursor` of the slice before. Slices that follow each other by it "
        "give each item once, whatever is published, moved or deleted in between. The other "
        "parameters, but for limit, must be those of that slice.",
        max_length=MAX_CURSOR,
    )


class ListParameters(SliceParameters):
    locale: LocaleCode
    fallback: LocaleCode | None = Field(
        None,
        description="Another language to take from what has no translation in `locale`; "
        "such items are marked with is_fallback.",
    )


class PageListParameters(ListParameters):
    type: PageType | None = None
    concern: Slug | None = Field(None, description="The slug of a concern in `locale`.")
    parent: int | None = Field(None, ge=1, le=LARGEST, description="The id of the parent page.")
    order: Literal["position", "title", "-title", "last_published_at", "-last_published_at"] = (
        "position"
    )


class FaqListParameters(ListParameters, RichTextParameters):
    topic: Slug | None = Field(None, description="The slug of a topic in `locale`.")


class SelfTestCtaListParameters(ListParameters, RichTextParameters):
    pass


class SearchParameters(ListParameters):
    q: str = Field(description="Words that a hit must hold.", max_length=200)


class ChangeParameters(Parameters):
    since: int = Field(
        ge=0, le=LARGEST, description="The version up to which the reader knows everything."
    )
    limit: int = Field(100, ge=1, le=100, description="How many versions to look through.")
