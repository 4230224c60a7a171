"""Schemas of what search engines and link previews are told of a page."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from .schemas import PublicSchema


class Alternate(PublicSchema):
    hreflang: str
    href: str


class JsonLdListItem(PublicSchema):
    type: Literal["ListItem"] = Field(default="ListItem", serialization_alias="@type")
    position: int
    name: str
    item: str


class InContext(PublicSchema):
    """Base of what is an item of structured data by itself."""

    context: Literal["https://schema.org"] = Field(
        default="https://schema.org", serialization_alias="@context"
    )


class BreadcrumbListJsonLd(InContext):
    """https://schema.org/BreadcrumbList"""

    type: Literal["BreadcrumbList"] = Field(default="BreadcrumbList", serialization_alias="@type")
    itemListElement: list[JsonLdListItem]


class OrganizationJsonLd(PublicSchema):
    """https://schema.org/Organization"""

    type: Literal["Organization"] = Field(default="Organization", serialization_alias="@type")
    name: str
    url: str


class WebSiteJsonLd(InContext):
    """https://schema.org/WebSite, on home pages: the site in the language of the page."""

    type: Literal["WebSite"] = Field(default="WebSite", serialization_alias="@type")
    name: str
    url: str
    inLanguage: str
    publisher: OrganizationJsonLd


class AnyWebPageJsonLd(InContext):
    type: str
    name: str
    description: str
    inLanguage: str
    url: str
    dateModified: datetime | None
    publisher: OrganizationJsonLd


class WebPageJsonLd(AnyWebPageJsonLd):
    """https://schema.org/WebPage"""

    type: Literal["WebPage"] = Field(default="WebPage", serialization_alias="@type")


class PersonJsonLd(PublicSchema):
    """https://schema.org/Person"""

    type: Literal["Person"] = Field(default="Person", serialization_alias="@type")
    name: str
    jobTitle: str


class MedicalTopicJsonLd(PublicSchema):
    """Names the therapy or condition that a page is about (https://schema.org/MedicalTherapy)."""

    type: Literal["MedicalTherapy", "MedicalCondition"] = Field(serialization_alias="@type")
    name: str
    alternateName: str | None = Field(default=None, description="Such as an abbreviation.")


class MedicalWebPageJsonLd(AnyWebPageJsonLd):
    """https://schema.org/MedicalWebPage: a page that a clinical reviewer approves."""

    type: Literal["MedicalWebPage"] = Field(default="MedicalWebPage", serialization_alias="@type")
    about: MedicalTopicJsonLd | None


class ReviewedWebPageJsonLd(MedicalWebPageJsonLd):
    """https://schema.org/MedicalWebPage with what `lastReviewed` and `reviewedBy` tell of it."""

    lastReviewed: date
    reviewedBy: PersonJsonLd


JsonLd = (
    ReviewedWebPageJsonLd
    | MedicalWebPageJsonLd
    | WebPageJsonLd
    | WebSiteJsonLd
    | BreadcrumbListJsonLd
)


class Seo(PublicSchema):
    title: str
    description: str
    canonical_url: str
    image: str | None = Field(
        description="The image for link previews: the page's own, otherwise that of the home page "
        "in the page's language."
    )
    image_alt: str | None = Field(
        description="Its text alternative; null where it is decorative or there is no image."
    )
    image_width: int | None
    image_height: int | None
    og_locale: str = Field(description="Language and country as Open Graph has them: `sv_SE`.")
    alternates: list[Alternate]
    json_ld: list[JsonLd]
