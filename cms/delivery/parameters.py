"""Query parameters of each endpoint."""

from typing import Annotated, Literal

from pydantic import Field

from cms.public.schemas import RichTextFormat

from .cursor import MAX_CURSOR
from .parameter_checks import Moment, OneOrSeveral, Parameters, WithCommas
from .schemas import EnvelopeField, HitType, PageType, SummaryField

LARGEST = 2**31 - 1
MOST_IDS = 100
MOST_CONCERNS = 20

LocaleCode = Annotated[str, Field(description="A language code from locales/.", max_length=20)]
Slug = Annotated[str, Field(max_length=120)]
PageId = Annotated[int, Field(ge=1, le=LARGEST)]


class RichTextParameters(Parameters):
    rich_text: RichTextFormat = Field("html", description="The format of rich text in the answer.")


class NavigationParameters(RichTextParameters):
    locale: LocaleCode


class EnvelopeParameters(RichTextParameters):
    fields: Annotated[list[EnvelopeField] | None, WithCommas] = Field(
        None,
        description="The fields that the answer has, with commas between them; beside `kind`, "
        "`id` and `type`, which are always there. Redirects have all of theirs.",
    )


class PathParameters(EnvelopeParameters):
    path: str = Field(
        description="A path (/en/therapy-methods/ipt/) or an html_url of this site.",
        max_length=2000,
    )


class PreviewParameters(RichTextParameters):
    token: str = Field(description="From the editors' preview panel.", max_length=500)


class SliceParameters(Parameters):
    tells_version = True

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


class LanguageParameters(Parameters):
    locale: LocaleCode
    fallback: LocaleCode | None = Field(
        None,
        description="Another language to take from what has no translation in `locale`; "
        "such items are marked with is_fallback.",
    )


class ListParameters(SliceParameters, LanguageParameters):
    pass


class ExportParameters(LanguageParameters, RichTextParameters):
    tells_version = True


class PageListParameters(ListParameters):
    type: Annotated[list[PageType] | None, OneOrSeveral()] = Field(
        None, description="A page type; repeat it for pages of any of several types."
    )
    concern: Annotated[list[Slug] | None, Field(max_length=MOST_CONCERNS), OneOrSeveral()] = Field(
        None,
        description="The slug of a concern in `locale`; repeat it for methods that help with any "
        "of several.",
    )
    parent: int | None = Field(None, ge=1, le=LARGEST, description="The id of the parent page.")
    order: Literal["position", "title", "-title", "last_published_at", "-last_published_at"] = (
        Field("position", description="The order of the items; that of `ids` where they are given.")
    )
    ids: Annotated[list[PageId] | None, Field(max_length=MOST_IDS), WithCommas] = Field(
        None,
        description="Ids of pages, with commas between them: the pages come in this order, and "
        "those that are not public in the language are left out.",
    )
    changed_since: Moment | None = Field(
        None,
        description="Only pages that were published at this time or later (RFC 3339). What else "
        "changes how a page looks is in `changes/`.",
    )
    fields: Annotated[list[SummaryField] | None, WithCommas] = Field(
        None,
        description="The fields that each item has, with commas between them; beside `id` and "
        "`type`, which are always there.",
    )
    include: Literal["content"] | None = Field(
        None, description="`content`: each item has the whole page as well, in `page`."
    )
    rich_text: RichTextFormat = Field(
        "html", description="The format of rich text in `page`, with `include=content`."
    )


class FaqListParameters(ListParameters, RichTextParameters):
    topic: Slug | None = Field(None, description="The slug of a topic in `locale`.")


class SelfTestCtaListParameters(ListParameters, RichTextParameters):
    pass


class SearchParameters(ListParameters):
    q: str = Field(description="What to search for, as people type it.", max_length=200)
    type: Annotated[list[HitType] | None, OneOrSeveral()] = Field(
        None, description="The type of hits; repeat it for hits of any of several types."
    )


class ChangeParameters(Parameters):
    since: int = Field(
        ge=0, le=LARGEST, description="The version up to which the reader knows everything."
    )
    limit: int = Field(100, ge=1, le=100, description="How many versions to look through.")
