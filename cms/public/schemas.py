"""Closed, typed shapes of public content, which templates and the API both render."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType


class PublicSchema(BaseModel):
    """A shape with exactly the fields it names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RichTextHtml(PublicSchema):
    html: str = Field(description="Finished HTML; internal links are resolved.")


class RichTextMarkdown(PublicSchema):
    markdown: str = Field(description="CommonMark; internal links are resolved.")


RichTextFormat = Literal["html", "markdown"]
# HTML, except in an answer to a request for Markdown. A named type, so that the OpenAPI document
# and code that is generated from it have `RichText` too.
RichText = TypeAliasType("RichText", RichTextHtml | RichTextMarkdown)


class PageLink(PublicSchema):
    kind: Literal["page"] = "page"
    id: int
    title: str
    path: str
    locale: str
    is_fallback: bool = Field(
        description="True where the target has no live page in the reader's locale "
        "and the link leads to another language."
    )

    @property
    def href(self) -> str:
        return self.path


class UrlLink(PublicSchema):
    kind: Literal["url"] = "url"
    url: str = Field(description="An https:, mailto: or tel: address.")

    @property
    def href(self) -> str:
        return self.url


Link = Annotated[PageLink | UrlLink, Field(discriminator="kind")]


class Button(PublicSchema):
    label: str
    target: Link


class ImageCandidate(PublicSchema):
    src: str = Field(description="A path on the CMS's host.")
    width: int
    height: int


class ImageSource(PublicSchema):
    mime_type: str
    srcset: str = Field(description="The value of a `srcset` attribute, with whole addresses.")


class Crop(PublicSchema):
    """An image cut to a ratio around its focal point, or else around its middle."""

    url: str = Field(description="The whole address of the largest file.")
    width: int
    height: int
    mime_type: str
    srcset: str = Field(description="The value of a `srcset` attribute, with whole addresses.")


class Crops(PublicSchema):
    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    square: Crop = Field(alias="1:1")
    four_to_three: Crop = Field(alias="4:3")
    three_to_two: Crop = Field(alias="3:2")
    sixteen_to_nine: Crop = Field(alias="16:9")


class OriginalImage(PublicSchema):
    """The uploaded file, which is not public itself."""

    width: int
    height: int
    mime_type: str


class FocalPoint(PublicSchema):
    x: float = Field(description="From the left edge, 0 to 1.")
    y: float = Field(description="From the top edge, 0 to 1.")


class Image(PublicSchema):
    alt: str = Field(description="Empty for a decorative image.")
    src: str = Field(description="A path on the CMS's host; `url` is the whole address.")
    url: str = Field(description="The whole address of `src`.")
    mime_type: str = Field(description="The type of `src` and of the files in `srcset`.")
    width: int
    height: int
    srcset: list[ImageCandidate]
    sources: list[ImageSource] = Field(
        description="The image in each format, for the `<source>` elements of a `<picture>`: the "
        "first that a browser knows is the smallest."
    )
    crops: Crops | None = Field(
        description="Null where the image's file can only be shown in part of the widths."
    )
    focal_point: FocalPoint | None
    original: OriginalImage

    @property
    def srcset_attribute(self) -> str:
        return ", ".join(f"{candidate.src} {candidate.width}w" for candidate in self.srcset)

    @property
    def local_sources(self) -> list[ImageSource]:
        """The sources for pages of the site itself, whichever host it is read at."""
        host = self.url.removesuffix(self.src)
        return [
            source.model_copy(update={"srcset": source.srcset.replace(host, "")})
            for source in self.sources
            if source.mime_type != self.mime_type
        ]


class ConcernLabel(PublicSchema):
    id: int
    slug: str
    name: str
    path: str | None = Field(
        description="The path of the concern's own page in this language; null where it has none: "
        "then the methods of the concern are what there is to show."
    )


class Sessions(PublicSchema):
    minimum: int
    maximum: int
    minutes: int = Field(description="Length of one session.")


class SessionCount(PublicSchema):
    minimum: int
    maximum: int


# Two fields of a method and of its summary.
NumberAndLength = Annotated[
    Sessions | None, Field(description="Null where the number or the length is not known.")
]
Number = Annotated[
    SessionCount | None,
    Field(description="The number of sessions, also where their length is not known."),
]


class Staleness(PublicSchema):
    """How current a translation is."""

    stale_since: datetime | None = Field(
        description="Since when the source has said something else than this translation, which "
        "is being revised; null where it is current."
    )
    stale_source_locale: str | None = Field(
        description="The language of the source that has changed; null where none has."
    )
    stale_parts: list[str] = Field(
        description="Where the source says something else, each place once: the name of a field "
        "as editors have it, and inside it the types of blocks and names of their fields, such as "
        "`title`, `image` or `body.section.text`. A field alone, such as `body`, says that it has "
        "other blocks or another order. New names can come; empty where the translation is current."
    )


class Reviewer(PublicSchema):
    name: str
    title: str = Field(description="The profession, in the page's language.")
    is_made_up: bool = Field(
        description="True for somebody who does not exist, as in demo content: nobody of the "
        "profession has read the page, and structured data say nothing of the review."
    )


class Review(PublicSchema):
    """Who of the profession has approved exactly this content."""

    reviewed_on: date
    next_review_on: date
    reviewer: Reviewer


class PageSummary(PublicSchema):
    id: int
    type: str
    locale: str
    is_fallback: bool = False
    title: str
    heading: str
    path: str
    introduction: str = Field(description="Plain text.")
    description: str = Field(
        description="What the page is about in a sentence or two, never cut short; plain text."
    )
    image: Image | None
    concerns: list[ConcernLabel]
    sessions: NumberAndLength
    session_count: Number
    last_published_at: datetime | None


# The fields of `PageSummary` that only some page types fill in, as the others leave them.
NO_SUMMARY_DETAILS: Final[Mapping[str, Any]] = {
    "concerns": [],
    "sessions": None,
    "session_count": None,
}


class Breadcrumb(PublicSchema):
    title: str
    path: str


class Translation(PublicSchema):
    locale: str
    title: str
    path: str
