"""Every password form stops guessing after some failures and tells how long to wait."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.factories import ContentPageFactory

pytestmark = pytest.mark.sampled

LIMIT = 5
PASSWORD = "three quiet rooms"
Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def person(db: None) -> Any:
    return get_user_model().objects.create_superuser("kerstin", "k@example.com", PASSWORD)


@pytest.fixture
def private_page(site: Any) -> PageViewRestriction:
    page = ContentPageFactory(parent=site.root_page, title="Hemlig rubrik", slug="hemlig")
    return PageViewRestriction.objects.create(
        page=page, restriction_type="password", password=PASSWORD
    )


@pytest.fixture
def private_document() -> CollectionViewRestriction:
    collection = Collection.get_first_root_node().add_child(name="Privat")
    Document.objects.create(title="Blad", file=ContentFile(b"x", "blad.pdf"), collection=collection)
    return CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )


@pytest.fixture(
    params=["admin", "visitor", "page", "document"],
)
def door(request: Any, private_page: Any, private_document: Any) -> Send:
    """Sends a password to one of the addresses that take one."""
    page = f"/_util/authenticate_with_password/{private_page.pk}/{private_page.page_id}/"
    address, fields = {
        "admin": ("/admin/login/", {"username": "kerstin"}),
        "visitor": ("/_util/login/", {"username": "kerstin"}),
        "page": (page, {"return_url": "/"}),
        "document": (f"/documents/authenticate_with_password/{private_document.pk}/", {}),
    }[request.param]

    def send(password: str, client: Client | None = None, **extra: Any) -> Any:
        client = client or Client()
        return client.post(address, {**fields, "password": password}, **extra)

    return send


def text_of(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def fail(door: Send, times: int, **extra: Any) -> Any:
    answers = [door(f"wrong {number}", **extra) for number in range(times)]
    return answers[-1]


def test_after_five_wrong_passwords_the_right_one_has_to_wait_too(door: Send) -> None:
    assert fail(door, LIMIT - 1).status_code == 200
    locked = door("wrong again")
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) == 300
    refused = door(PASSWORD)
    assert refused.status_code == 429
    assert "5 min" in text_of(refused)


def test_guessing_on_does_not_make_the_wait_longer(door: Send) -> None:
    fail(door, LIMIT)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=3, seconds=30))
    assert "2 min" in text_of(fail(door, 3))
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=5, seconds=1))
    assert door(PASSWORD).status_code == 302


def test_the_right_password_begins_the_count_anew(door: Send) -> None:
    for _ in range(2):
        fail(door, LIMIT - 1)
        assert door(PASSWORD).status_code == 302


def test_another_browser_counts_with_the_first(door: Send) -> None:
    for number in range(LIMIT):
        door("wrong", headers={"user-agent": f"Browser {number}"})
    assert door(PASSWORD, headers={"user-agent": "New"}).status_code == 429


def test_whoever_guesses_elsewhere_does_not_keep_the_owner_out(door: Send) -> None:
    fail(door, LIMIT, REMOTE_ADDR="192.0.2.1")
    assert door(PASSWORD, REMOTE_ADDR="192.0.2.2").status_code == 302


def test_many_addresses_together_are_stopped(door: Send) -> None:
    fail(door, 1)
    AccessAttempt.objects.update(ip_address="192.0.2.1", failures_since_start=50)
    assert door(PASSWORD, REMOTE_ADDR="192.0.2.2").status_code == 429


def test_a_header_of_the_guesser_is_not_believed(door: Send) -> None:
    for number in range(LIMIT):
        door("wrong", headers={"x-forwarded-for": f"192.0.2.{number}"})
    assert door(PASSWORD, headers={"x-forwarded-for": "192.0.2.99"}).status_code == 429


@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        ("/_util/login/", "", "Vänta 5 minuter och försök sedan igen"),
        ("/en/_util/login/", "", "Wait 5 minutes, then try again"),
        ("/admin/login/", "sv", "Vänta 5 minuter och försök sedan igen"),
        ("/admin/login/", "en", "Wait 5 minutes, then try again"),
    ],
)
def test_the_form_tells_in_the_readers_language(address: str, language: str, words: str) -> None:
    client = Client(headers={"accept-language": language})
    for _ in range(LIMIT):
        answer = client.post(address, {"username": "Åsa", "password": "fel"})
    assert words in text_of(answer)
    form = BeautifulSoup(answer.content, "html.parser").select_one("input[name=username]")
    assert form is not None
    assert form["value"] == "Åsa"


def test_a_page_that_asks_for_its_password_shows_nothing_of_itself(private_page: Any) -> None:
    answer = Client().get(private_page.page.url)
    assert "lösenord" in text_of(answer)
    assert b"Hemlig rubrik" not in answer.content
    assert b'content="noindex"' in answer.content


def test_an_answer_without_an_address_to_go_on_to_leads_to_the_page(private_page: Any) -> None:
    address = f"/_util/authenticate_with_password/{private_page.pk}/{private_page.page_id}/"
    for fields in ({}, {"return_url": "https://example.org/"}):
        answer = Client().post(address, {**fields, "password": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, private_page.page.url)


def test_behind_a_trusted_proxy_its_own_word_counts(door: Send, settings: Settings) -> None:
    settings.TRUST_X_FORWARDED_FOR = True
    for number in range(LIMIT):
        door("wrong", headers={"x-forwarded-for": f"203.0.113.{number}, 192.0.2.1"})
    for address, status in {"203.0.113.9, 192.0.2.1": 429, "nonsense, 192.0.2.2": 302}.items():
        assert door(PASSWORD, headers={"x-forwarded-for": address}).status_code == status


def test_one_password_tells_no_address_of_another_page(private_page: Any, site: Any) -> None:
    draft = ContentPageFactory(parent=site.root_page, slug="vi-lagger-ner", live=False)
    private = ContentPageFactory(parent=site.root_page, slug="annan-privat")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="x")
    below = ContentPageFactory(parent=private_page.page, slug="under")
    for page, status in {draft: 404, private: 404, below: 302}.items():
        address = f"/_util/authenticate_with_password/{private_page.pk}/{page.pk}/"
        answer = Client().post(address, {"password": PASSWORD})
        assert answer.status_code == status
        assert page.slug not in answer.get("Location", "") or page == below
        assert Client().get(address).status_code == (404 if status == 404 else 200)


def test_the_password_of_a_restriction_by_login_is_nobodys(private_page: Any) -> None:
    PageViewRestriction.objects.update(restriction_type="login", password="")
    address = f"/_util/authenticate_with_password/{private_page.pk}/{private_page.page_id}/"
    assert Client().post(address, {"password": "x"}).status_code == 404


def test_no_password_is_written_down(door: Send) -> None:
    fail(door, 2)
    door(PASSWORD[:-1])
    for attempt in AccessAttempt.objects.values():
        assert "wrong" not in str(attempt)
        assert PASSWORD[:-1] not in str(attempt)


def test_a_failure_costs_the_same_however_many_there_were(
    django_assert_max_num_queries: Any,
) -> None:
    client = Client()
    AccessAttempt.objects.bulk_create(
        AccessAttempt(
            username="kerstin", ip_address=f"192.0.2.{n}", user_agent="x", failures_since_start=1
        )
        for n in range(40)
    )
    with django_assert_max_num_queries(15):
        client.post("/admin/login/", {"username": "kerstin", "password": "x"})
