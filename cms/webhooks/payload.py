"""Schemas of the messages to endpoints.

The envelope (`type`, `timestamp`, `data`) is that of Standard Webhooks. The `data` of a change is
an item of the feed `changes/` and the site that it is from.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from pydantic import Field
from wagtail.models import Site

from cms.journal.public_changes import PublicChange
from cms.public.page_paths import absolute_url
from cms.public.schemas import PublicSchema


class EventType(StrEnum):
    """The type of a message."""

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


class ChangeData(PublicChange, SiteState):
    """A change as the feed has it, and the site on which it happened."""


class ChangeEvent(PublicSchema):
    """Something that the public can read has changed."""

    type: EventType
    timestamp: datetime
    data: ChangeData


class ResetEvent(PublicSchema):
    """Changes were pruned before they were sent: read everything again."""

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
    """Return an event as JSON, with times formatted as in the feed."""
    return DjangoJSONEncoder().encode(event.model_dump())


def change_event(change: PublicChange, site: Site) -> ChangeEvent:
    return ChangeEvent(
        type=EventType(f"content.{change.action.value}"),
        timestamp=change.time,
        data=ChangeData(site=absolute_url(site, "/"), **change.model_dump()),
    )


def reset_event(version: int, site: Site) -> ResetEvent:
    return ResetEvent(timestamp=timezone.now(), data=_state(version, site))


def test_event(version: int, site: Site) -> TestEvent:
    return TestEvent(timestamp=timezone.now(), data=_state(version, site))


def _state(version: int, site: Site) -> SiteState:
    return SiteState(site=absolute_url(site, "/"), version=version)
