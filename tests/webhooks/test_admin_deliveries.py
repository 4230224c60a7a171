"""Tests the views of deliveries: tests, the log, sending again, resuming."""

from django.test import Client
from django.urls import reverse
from standardwebhooks import Webhook

from cms.journal.version import current_version
from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import Endpoint
from tests.factories import ConcernFactory
from tests.webhooks.admin import after, fail, page, url
from tests.webhooks.receiver import Receiver


def test_a_test_message_shows_its_result_at_once(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    shown = after(administrator, url("test", endpoint.pk))
    assert "204" in shown
    (event,) = receiver.events
    assert event["type"] == "webhook.test"
    assert event["data"] == {"site": "http://testserver/", "version": current_version()}
    delivery = endpoint.deliveries.get()
    assert delivery.state == "delivered"
    assert url("delivery", delivery.pk) in shown

    receiver.behaviour = lambda number: 500
    receiver.body = b"<script>Fel</script>"
    assert "HTTP 500" in after(administrator, url("test", endpoint.pk))
    failed = endpoint.deliveries.first()
    assert failed is not None
    assert failed.state == "failed"
    assert "&lt;script&gt;Fel&lt;/script&gt;" in page(administrator, url("delivery", failed.pk))
    endpoint.refresh_from_db()
    assert (endpoint.failures, endpoint.active) == (0, True), "a test changes nothing"


def test_the_log_tells_what_was_sent_and_sends_it_again(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    ConcernFactory()
    deliver(endpoint.pk)
    delivery = endpoint.deliveries.get()
    listed = page(administrator, url("deliveries", endpoint.pk))
    assert url("delivery", delivery.pk) in listed
    shown = page(administrator, url("delivery", delivery.pk))
    assert delivery.message_id in shown
    assert "content.published" in shown
    after(administrator, url("send_again", delivery.pk))
    first, second = receiver.requests
    assert (first.id, first.body) == (second.id, second.body)
    assert [attempt.by_hand for attempt in delivery.attempts.all()] == [False, True]
    assert Webhook(endpoint.secret).verify(second.body, second.headers)


def test_the_log_is_filtered_by_state(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    after(administrator, url("test", endpoint.pk))
    for address in (url("deliveries", endpoint.pk), url("deliveries_results", endpoint.pk)):
        found = [
            len(administrator.get(address, {"state": state}).context["object_list"])
            for state in ("delivered", "failed")
        ]
        assert found == [1, 0]


def test_a_message_that_waits_can_be_tried_at_once(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    delivery = fail(endpoint, receiver)
    endpoint.refresh_from_db()
    assert endpoint.next_attempt_at is not None
    after(administrator, url("send_again", delivery.pk))
    endpoint.refresh_from_db()
    assert endpoint.next_attempt_at is None


def test_a_stopped_webhook_says_so_and_goes_on_from_where_it_was(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    delivery = fail(endpoint, receiver, stop=True)
    home = reverse("wagtailadmin_home")
    for address in (home, url("edit", endpoint.pk)):
        assert "24" in page(administrator, address)
    assert url("edit", endpoint.pk) in page(administrator, home)
    assert url("edit", endpoint.pk) in page(administrator, url("delivery", delivery.pk))
    after(administrator, url("resume", endpoint.pk))
    receiver.behaviour = lambda number: 204
    deliver(endpoint.pk)
    assert receiver.versions == [delivery.version, delivery.version]
    assert url("edit", endpoint.pk) not in page(administrator, home)


def test_a_message_is_skipped_after_a_question(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    delivery = fail(endpoint, receiver, stop=True)
    assert url("skip", endpoint.pk) in page(administrator, url("edit", endpoint.pk))
    page(administrator, url("skip", endpoint.pk))
    delivery.refresh_from_db()
    assert delivery.state == "failed"
    after(administrator, url("skip", endpoint.pk))
    delivery.refresh_from_db()
    endpoint.refresh_from_db()
    assert (delivery.state, endpoint.active) == ("skipped", True)
    assert endpoint.cursor == delivery.version
    # It can be sent by hand later, and counts as delivered then.
    receiver.behaviour = lambda number: 204
    after(administrator, url("send_again", delivery.pk))
    delivery.refresh_from_db()
    assert delivery.state == "delivered"
