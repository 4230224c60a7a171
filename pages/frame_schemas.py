"""What surrounds every page: the menu, the contact, the crisis help and the footer."""

from pydantic import Field

from cms.core.schemas import PageLink, PublicSchema, RichText, Staleness


class MenuItem(PublicSchema):
    id: int
    title: str
    path: str
    children: list["MenuItem"]


class WithPhone(PublicSchema):
    phone: str | None = Field(description="As people say it.")

    @property
    def phone_href(self) -> str:
        """The number as a tel: address (RFC 3966), without the spaces that people read."""
        return "tel:" + "".join(sign for sign in self.phone or "" if sign in "+0123456789")


class CrisisContact(WithPhone):
    name: str
    description: str
    url: str | None


class CrisisHelp(Staleness):
    heading: str
    text: RichText
    contacts: list[CrisisContact]


class Contact(WithPhone):
    heading: str
    text: RichText
    email: str | None


class Furniture(PublicSchema):
    contact: Contact
    crisis: CrisisHelp
    footer_text: RichText
    footer_links: list[PageLink]


class Frame(PublicSchema):
    locale: str
    home_path: str | None
    menu: list[MenuItem]
    contact: Contact | None
    crisis: CrisisHelp | None
    footer_text: RichText | None
    footer_links: list[PageLink]
