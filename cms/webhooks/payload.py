"""The shape of messages, typed and closed like everything else that the world is given.

The frame of a message (`type`, `timestamp`, `data`) is that of Standard Webhooks; `data` says of
a change what the feed `changes/` says, and of which site.
"""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Literal

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from pydantic import Field
from wagtail.models import Site

from cms.journal.models import Action, Kind
from cms.journal.telling import PublicChange
from cms.public.page_paths import absolute_url
from cms.public.schemas import PublicSchema


class EventType(StrEnum):
    """What a message tells."""

    PUBLISHED = "content.published"
    CHANGED = "content.changed"
    MOVED = "content.moved"
    REORDERED = "content.reordered"
    UNRESTRICTED = "content.unrestricted"
    RESTRICTED = "content.restricted"
    UNPUBLISHED = "content.unpublished"
    DELETED = "content.deleted"
    RESET = "content.reset"
    TEST = "webhook.test"


class SiteState(PublicSchema):
    site: str = Field(description="The address of the site's front page in its main language.")
    version: int = Field(description="The version of the content: `since` for the feed.")


class ChangeData(SiteState):
    time: datetime
    action: Action
    kind: Kind
    type: str = Field(description="The API's name of a page type, or else the model's.")
    id: int
    locale: str | None = Field(
        description="The language of what changed; null where it has none, or where everything "
        "may differ in every language."
    )
    path: str | None = Field(
        description="After unpublished, deleted, restricted and moved: the old path, to be "
        "dropped, for a page with everything below it. Otherwise where the page or redirect is."
    )
    paths: list[str] = Field(
        description="Public pages that may look different because of the change."
    )
    everything: bool = Field(
        description="True where any page may differ, in `locale` or, without one, in every "
        "language; `paths` is empty then."
    )


class ChangeEvent(PublicSchema):
    """Something that the public can read has changed."""

    type: EventType
    timestamp: datetime
    data: ChangeData


class ResetEvent(PublicSchema):
    """Changes were forgotten before they could be told: read everything again."""

    type: Literal[EventType.RESET] = EventType.RESET
    timestamp: datetime
    data: SiteState


class TestEvent(PublicSchema):
    """Somebody in the admin wants to see whether messages arrive; nothing has changed."""

    type: Literal[EventType.TEST] = EventType.TEST
    timestamp: datetime
    data: SiteState


Event = ChangeEvent | ResetEvent | TestEvent


def body_of(event: Event) -> str:
    """An event as it is signed and sent, with times written as in the feed."""
    return DjangoJSONEncoder().encode(event.model_dump())


def change_event(change: PublicChange, site: Site) -> ChangeEvent:
    return ChangeEvent(
        type=EventType(f"content.{change.action.value}"),
        timestamp=change.time,
        data=ChangeData(site=absolute_url(site, "/"), **asdict(change)),
    )


def reset_event(version: int, site: Site) -> ResetEvent:
    return ResetEvent(timestamp=timezone.now(), data=_state(version, site))


def test_event(version: int, site: Site) -> TestEvent:
    return TestEvent(timestamp=timezone.now(), data=_state(version, site))


def _state(version: int, site: Site) -> SiteState:
    return SiteState(site=absolute_url(site, "/"), version=version)
