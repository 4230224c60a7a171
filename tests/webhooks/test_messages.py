"""Tests the content, the signature and the receivers of messages."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError
from wagtail.models import Page, PageViewRestriction

from cms.delivery.schemas import Change
from cms.journal.models import Action, Kind
from cms.journal.recording import record
from cms.journal.version import current_version
from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import Endpoint
from cms.webhooks.outbox import SLICE
from cms.webhooks.payload import ChangeData, EventType
from faq.models import FaqEntry
from tests.factories import ConcernFactory
from tests.journal.branches import rename_home_elsewhere
from tests.reading import API
from tests.webhooks.conftest import MakePage
from tests.webhooks.receiver import Receiver


def told(endpoint: Endpoint, receiver: Receiver) -> list[Any]:
    """Return the events that an endpoint receives when everything is delivered."""
    receiver.requests.clear()
    deliver(endpoint.pk)
    return receiver.events


def test_a_message_is_what_the_feed_says_in_a_frame(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage, client: Client
) -> None:
    start = current_version()
    make_page("sida")
    (event,) = told(endpoint, receiver)
    (item,) = client.get(f"{API}changes/?since={start}").json()["items"]
    assert event == {
        "type": "content.published",
        "timestamp": item["time"],
        "data": {"site": "http://testserver/", **item},
    }
    assert receiver.requests[0].headers["content-type"] == "application/json"


def test_the_shape_is_that_of_the_feed() -> None:
    feed = Change.model_json_schema()["properties"]
    message = ChangeData.model_json_schema()["properties"]
    del message["site"]
    del message["version"]
    del feed["version"]
    assert message == feed
    assert {f"content.{action}" for action in Action} < set(EventType)


def test_the_signature_is_one_that_receivers_verify(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    make_page("sida")
    deliver(endpoint.pk)
    (request,) = receiver.requests
    assert Webhook(endpoint.secret).verify(request.body, request.headers) == request.event
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(request.body + b" ", request.headers)
    stranger = Endpoint(name="En annan")
    with pytest.raises(WebhookVerificationError):
        Webhook(stranger.secret).verify(request.body, request.headers)


def test_the_old_secret_is_good_for_a_day(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    old = endpoint.secret
    endpoint.rotate_secret()
    make_page("sida")
    deliver(endpoint.pk)
    for secret in (old, endpoint.secret):
        assert Webhook(secret).verify(receiver.requests[0].body, receiver.requests[0].headers)
    endpoint.old_secret_until = timezone.now()
    endpoint.save(update_fields=["old_secret_until"])
    make_page("nasta")
    deliver(endpoint.pk)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(receiver.requests[1].body, receiver.requests[1].headers)


def test_an_endpoint_hears_of_what_comes_after_it(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    assert told(endpoint, receiver) == []
    make_page("sida")
    assert len(told(endpoint, receiver)) == 1
    assert told(endpoint, receiver) == []


def test_a_home_page_renamed_by_another_process(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    make_page("sida")
    rename_home_elsewhere()
    assert "/sida/" in [event["data"]["path"] for event in told(endpoint, receiver)]


def test_drafts_and_private_pages_are_told_to_nobody(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    page = make_page("hemlig")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.save_revision()
    page.save_revision().publish()
    events = told(endpoint, receiver)
    assert [event["type"] for event in events] == ["content.restricted"]
    # The address that the public could read until then, so that copies are dropped.
    assert events[0]["data"]["path"] == "/hemlig/"


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        ({}, ["content.published", "content.published", "content.unpublished"]),
        ({"actions": [Action.UNPUBLISHED.value]}, ["content.unpublished"]),
        ({"kinds": [Kind.SNIPPET.value]}, ["content.published"]),
        ({"languages": ["en"]}, []),
        ({"languages": ["sv"], "kinds": ["page"], "actions": ["published"]}, ["content.published"]),
    ],
)
def test_only_what_an_endpoint_wants(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage, wanted: Any, types: list[str]
) -> None:
    left = make_page("sida")
    Endpoint.objects.filter(pk=endpoint.pk).update(cursor=current_version(), **wanted)
    make_page("annan")
    ConcernFactory()
    left.unpublish()
    assert sorted(event["type"] for event in told(endpoint, receiver)) == types


def test_a_page_that_shows_in_another_language_concerns_it_too(
    endpoint: Endpoint, receiver: Receiver
) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(languages=["en"])
    Page.objects.get(slug="kbt", locale__language_code="sv").specific.save_revision().publish()
    (event,) = told(endpoint, receiver)
    assert event["data"]["locale"] == "sv"
    assert [path for path in event["data"]["paths"] if path.startswith("/en/")]


def test_a_long_journal_is_looked_through_to_the_end(
    endpoint: Endpoint, receiver: Receiver, make_page: MakePage
) -> None:
    Endpoint.objects.filter(pk=endpoint.pk).update(kinds=["page"])
    entry = FaqEntry.objects.filter(live=True).first()
    for _number in range(2 * SLICE + 5):
        record(
            nodes=None,
            kind=Kind.SNIPPET,
            type=FaqEntry._meta.label,
            object_id=entry.pk,
            locale="sv",
            action=Action.PUBLISHED,
        )
    page = make_page("sida")
    (event,) = told(endpoint, receiver)
    assert event["data"]["id"] == page.pk
    endpoint.refresh_from_db()
    assert endpoint.cursor == current_version()
