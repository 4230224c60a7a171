"""Schemas of the API; those of page types and blocks come from the models."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Union

from pydantic import Field, create_model
from pydantic.json_schema import SkipJsonSchema
from typing_extensions import TypeAliasType

from cms.content.models import BasePage, page_models
from cms.journal.public_changes import PublicChange
from cms.public.schemas import Breadcrumb, PageSummary, PublicSchema, Staleness, Translation
from cms.public.seo_schemas import Seo
from cms.search.engine import CONCERN, ENTRY


class LocaleInfo(PublicSchema):
    code: str
    name: str = Field(description="The language's name in that language.")
    is_default: bool
    home_path: str | None


class LocaleList(PublicSchema):
    items: list[LocaleInfo]


class ItemList(PublicSchema):
    """One slice of a list; each endpoint says what its items are."""

    count: int = Field(description="How many items there are in all.")
    next: str | None = Field(description="Path and query of the slice after this one.")
    previous: str | None = Field(
        description="Path and query of the slice before this one; null in answers to a cursor."
    )
    next_cursor: str | None = Field(
        description="What to give as `cursor` for the next slice; null at the end, and in answers "
        "to an offset."
    )
    version: int = Field(
        description="The version of the content: what to give `changes/` as `since`."
    )


class Redirect(PublicSchema):
    kind: Literal["redirect"] = "redirect"
    location: str
    permanent: bool


# The API's name of the schema, without a description of its own.
class Change(PublicChange):
    pass


class ChangeList(PublicSchema):
    version: int = Field(
        description="The newest version: what to give as `since` the next time, once `next` is "
        "null."
    )
    next: str | None = Field(description="The following slice; null at the end.")
    items: list[Change]


class PageEnvelope(Staleness):
    kind: Literal["page"] = "page"
    id: int = Field(description="0 in the preview of a page that was never saved.")
    type: str
    locale: str
    is_fallback: bool
    path: str
    html_url: str
    title: str
    heading: str
    first_published_at: datetime | None
    last_published_at: datetime | None
    translations: list[Translation]
    breadcrumbs: list[Breadcrumb]
    seo: Seo


# Every page type of the site by its name in the API. Types without a public type or schema are left
# out; `cms.content.checks` reports them.
PAGE_TYPES: dict[str, type[BasePage]] = {
    model.public_type: model
    for model in sorted(
        (
            model
            for model in page_models()
            if hasattr(model, "public_type") and hasattr(model, "content_schema")
        ),
        key=lambda model: model.public_type,
    )
}


def _envelope(public_type: str, model: type[BasePage]) -> type[PageEnvelope]:
    literal: Any = Literal[public_type]
    return create_model(
        model.__name__,
        __base__=PageEnvelope,
        type=(literal, ...),
        content=(model.content_schema, ...),
    )


PAGE_ENVELOPES: dict[str, type[PageEnvelope]] = {
    public_type: _envelope(public_type, model) for public_type, model in PAGE_TYPES.items()
}
PageType: Any = Literal[tuple(PAGE_ENVELOPES)]
AnyPage: Any = TypeAliasType(
    "Page",
    Annotated[
        Union[tuple(PAGE_ENVELOPES.values())],  # noqa: UP007  # `|` cannot join a run-time tuple
        Field(discriminator="type"),
    ],
)
HIT_TYPES: Final = (*PAGE_ENVELOPES, ENTRY, CONCERN)
HitType: Any = Literal[HIT_TYPES]
EnvelopeField: Any = Literal[(*PageEnvelope.model_fields, "content")]
SummaryField: Any = Literal[tuple(PageSummary.model_fields)]


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


class PageListItem(PageSummary):
    page: AnyPage | SkipJsonSchema[None] = Field(
        None,
        description="The whole page; only there with `include=content`.",
        json_schema_extra=_without_default,
    )


class PageList(ItemList):
    items: list[PageListItem]


# OpenAPI cannot nest discriminators; `kind` discriminates between these two.
PageOrRedirect: Any = TypeAliasType("PageOrRedirect", AnyPage | Redirect)


class ExportEnd(PublicSchema):
    """The last line of an export."""

    kind: Literal["end"] = "end"
    version: int = Field(
        description="The version of the content when the export began: what to give `changes/` as "
        "`since`."
    )
    count: int = Field(description="How many pages there are before this line.")


ExportLine: Any = TypeAliasType("ExportLine", AnyPage | ExportEnd)
