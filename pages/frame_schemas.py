"""Schemas of the frame: menu, contact, crisis help and footer."""

from typing import Final, Literal, get_args

from pydantic import Field

from cms.public.contact_links import mail_url, phone_url
from cms.public.schemas import PageLink, PublicSchema, RichText, Staleness


class MenuItem(PublicSchema):
    id: int
    title: str
    path: str
    children: list["MenuItem"]


class WithPhone(PublicSchema):
    phone: str | None = Field(description="As people say it.")

    @property
    def phone_href(self) -> str:
        return phone_url(self.phone or "")


CrisisLevel = Literal["emergency", "urgent", "support"]
# The loudest first.
CRISIS_LEVELS: Final = get_args(CrisisLevel)


class CrisisContact(WithPhone):
    name: str
    description: str = Field(description="When to turn there.")
    level: CrisisLevel = Field(
        description="`emergency` is for danger to life, `urgent` for help to talk to now. The "
        "contacts come in this order."
    )
    text_number: str | None = Field(description="A number for text messages.")
    chat_url: str | None
    url: str | None
    is_for_young: bool

    @property
    def text_href(self) -> str:
        return phone_url(self.text_number or "").replace("tel:", "sms:", 1)


class CrisisHelp(Staleness):
    heading: str
    text: RichText
    contacts: list[CrisisContact]


class Contact(WithPhone):
    heading: str
    text: RichText
    email: str | None

    @property
    def email_href(self) -> str:
        return mail_url(self.email or "")


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
