"""Tests the views of webhooks in the admin, in both languages."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings
from standardwebhooks import Webhook
from wagtail.models import Site
from wagtail.users.models import UserProfile

from cms.journal.models import Action, Kind
from cms.journal.version import current_version
from cms.webhooks.admin.forms import ACTIONS, KINDS
from cms.webhooks.endpoint_delivery import deliver
from cms.webhooks.models import Delivery, Endpoint
from tests.factories import ConcernFactory
from tests.webhooks.admin import after, fail, page, url
from tests.webhooks.receiver import Receiver

NEW = {"name": "Bygget", "active": "on"}


def test_the_settings_menu_leads_there(administrator: Client) -> None:
    assert url("index") in page(administrator, reverse("wagtailadmin_home"))
    assert url("add") in page(administrator, url("index"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ["stoppad", "Vad en webhook är", "Skicka ett testmeddelande", "inte levererat"]),
        ("en", ["stopped", "What a webhook is", "Send a test message", "not delivered"]),
    ],
)
def test_the_pages_are_in_the_language_of_their_reader(
    administrator: Client, endpoint: Endpoint, receiver: Receiver, language: str, words: list[str]
) -> None:
    user = get_user_model().objects.get(username="admin")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    delivery = fail(endpoint, receiver, stop=True)
    addresses = [
        url("index"),
        url("add"),
        url("edit", endpoint.pk),
        url("delivery", delivery.pk),
    ]
    for address, word in zip(addresses, words, strict=True):
        assert word in page(administrator, address)


def test_a_webhook_is_added_with_a_secret_and_hears_of_what_follows(
    administrator: Client, receiver: Receiver
) -> None:
    assert "webhook" in page(administrator, url("add")).lower()
    shown = after(
        administrator,
        url("add"),
        **NEW,
        url=receiver.url,
        actions=["published"],
        kinds=["page", "snippet"],
        languages=["sv"],
    )
    endpoint = Endpoint.objects.get()
    assert endpoint.secret in shown
    assert endpoint.cursor == current_version()
    assert (endpoint.actions, endpoint.kinds, endpoint.languages) == (
        ["published"],
        ["page", "snippet"],
        ["sv"],
    )
    ConcernFactory()
    deliver(endpoint.pk)
    assert Webhook(endpoint.secret).verify(receiver.requests[0].body, receiver.requests[0].headers)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "build.example.org",
        "https://192.168.0.1/",
        "https://build.example.org/" + "x" * 500,
    ],
)
def test_an_address_that_cannot_be_used_is_explained_and_nothing_is_lost(
    administrator: Client, address: str
) -> None:
    response = administrator.post(url("add"), {**NEW, "url": address, "languages": ["en"]})
    form = response.context["form"]
    assert list(form.errors) == ["url"]
    assert form["name"].value() == "Bygget"
    assert form["languages"].value() == ["en"]
    assert not Endpoint.objects.exists()


def test_every_action_and_kind_can_be_chosen() -> None:
    assert {value for value, _label in ACTIONS} == {action.value for action in Action}
    assert {value for value, _label in KINDS} == {kind.value for kind in Kind}


def test_a_site_is_asked_for_where_there_are_several(administrator: Client, site: Site) -> None:
    assert 'name="site"' not in page(administrator, url("add"))
    Site.objects.create(hostname="annan.example", root_page=site.root_page)
    assert 'name="site"' in page(administrator, url("add"))


def test_editing_leaves_how_far_it_has_come(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    opened = Endpoint.objects.get(pk=endpoint.pk)
    ConcernFactory()
    deliver(endpoint.pk)
    # Who opened the form earlier saves what was read then.
    opened.name = "Nytt namn"
    opened.save()
    endpoint.refresh_from_db()
    assert (endpoint.name, endpoint.cursor) == ("Nytt namn", current_version())


def test_a_new_secret_after_a_question(administrator: Client, endpoint: Endpoint) -> None:
    old = endpoint.secret
    assert old not in page(administrator, url("rotate_secret", endpoint.pk))
    endpoint.refresh_from_db()
    assert endpoint.secret == old
    shown = after(administrator, url("rotate_secret", endpoint.pk))
    endpoint.refresh_from_db()
    assert endpoint.secret != old
    assert endpoint.secret in shown
    assert old not in shown
    assert endpoint.secrets_in_use() == [endpoint.secret, old]


def test_history_and_deletion(administrator: Client, endpoint: Endpoint) -> None:
    after(administrator, url("rotate_secret", endpoint.pk))
    page(administrator, url("history", endpoint.pk))
    page(administrator, url("delete", endpoint.pk))
    assert Endpoint.objects.exists()
    after(administrator, url("delete", endpoint.pk))
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("username", ["editor", "translator"])
def test_others_do_not_reach_webhooks(
    username: str, endpoint: Endpoint, receiver: Receiver
) -> None:
    delivery = fail(endpoint, receiver, stop=True)
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    home = reverse("wagtailadmin_home")
    shown = page(client, home)
    assert url("index") not in shown
    assert endpoint.name not in shown
    receiver.requests.clear()
    addresses = [
        url(name, endpoint.pk)
        for name in ("edit", "delete", "test", "rotate_secret", "resume", "skip", "deliveries")
    ]
    addresses += [url("index"), url("add"), url("delivery", delivery.pk)]
    addresses.append(url("send_again", delivery.pk))
    for address in addresses:
        for response in (client.get(address), client.post(address, NEW)):
            assert (response.status_code, response.get("Location")) in (
                (302, home),
                (405, None),
            ), address
    assert receiver.requests == []


def test_what_is_done_by_post_is_not_done_by_get(
    administrator: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    for name in ("test", "resume"):
        assert administrator.get(url(name, endpoint.pk)).status_code == 405
    assert receiver.requests == []


def test_the_number_of_queries_of_the_lists_does_not_grow(
    administrator: Client, endpoint: Endpoint, receiver: Receiver, settings: Settings
) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            page(administrator, address)
        return len(queries)

    def grow(number: int) -> list[int]:
        for _number in range(number):
            copy = Endpoint.objects.create(name="Ännu en", url=receiver.url, site=endpoint.site)
            Delivery.objects.create(endpoint=endpoint, event_type="webhook.test", body="{}")
            Delivery.objects.create(endpoint=copy, event_type="webhook.test", body="{}")
        return [count(url("index")), count(url("deliveries", endpoint.pk))]

    grow(1)
    assert grow(1) == grow(10)
