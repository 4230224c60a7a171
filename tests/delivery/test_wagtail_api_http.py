"""Tests that Wagtail's API v2 depends on the address alone, and its answers to bad input."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from faq.models import FaqEntry
from pages.models import SelfTestCallToAction, TherapyMethodPage
from tests.delivery.wagtail_api import ENDPOINTS, V2, get, ipt
from tests.factories import (
    FaqEntryFactory,
    SelfTestCallToActionFactory,
    TherapyMethodConcernFactory,
    TherapyMethodPageFactory,
)

pytestmark = pytest.mark.sampled


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_answer_depends_on_the_url_alone(client: Client, endpoint: str) -> None:
    login = Collection.get_first_root_node().add_child(name="Privat")
    CollectionViewRestriction.objects.create(collection=login, restriction_type="login")
    PageViewRestriction.objects.create(page=ipt("en"), restriction_type="login")
    for address in (f"{V2}{endpoint}/?fields=*", f"{V2}{endpoint}/?search=&limit=x"):
        plain = client.get(address)
        visitor = Client()
        visitor.force_login(get_user_model().objects.get(username="admin"))
        visitor.cookies["django_language"] = "en"
        headers = {"accept-language": "en", "accept": "text/html", "authorization": "Basic x"}
        other = visitor.get(address, headers=headers)
        assert (other.status_code, other.content) == (plain.status_code, plain.content)
        assert other["Content-Type"] == "application/json"
        assert "Vary" not in other.headers
        assert "Set-Cookie" not in other.headers


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize(
    "query",
    [
        "search=",
        "search=%20%09",
        "search=%22",
        "search=*%20-",
        "search=a%00b",
        "search=a&search_operator=xor",
        "limit=99999999999999999999",
        "limit=-1",
        "limit=21",
        "offset=99999999999999999999",
        "offset=%2B99999999999999999999",
        "offset=-99999999999999999999",
        "offset=1e400",
        "id=99999999999999999999",
        "id=abc",
        "id=%00",
        "locale=%00",
        "order=%00",
        "order=nonsense",
        "fields=%00",
        "fields=nonsense",
        f"fields={'a(' * 3000}",
        "rich_text_format=docx",
        "%00=1",
        "nonsense=1",
        "nonsense=%ff",
    ],
)
def test_a_bad_query_is_refused(client: Client, endpoint: str, query: str) -> None:
    response = client.get(f"{V2}{endpoint}/?{query}")
    assert response.status_code == 400
    assert response.json()["message"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "pages/find/?id=abc",
        "pages/find/?html_path=%00",
        "pages/?first_published_at=yesterday",
        "pages/?type=pages.TherapyMethodPage&concern_links=abc",
        "pages/?type=pages.TherapyMethodPage&image=99999999999999999999",
        "pages/?child_of=99999999999999999999",
        "pages/?site=%00",
        "pages/?type=%00",
        "images/?tags=%00",
        "faqs/?topic=abc",
        "self-test-ctas/find/?id=1.5",
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(client: Client, address: str) -> None:
    response = client.get(V2 + address)
    assert response.status_code == 400
    message = response.json()["message"]
    assert "ogiltig" not in message, "an error is in the API's language"


@pytest.mark.django_db
@pytest.mark.parametrize("signs", ['depression"', "AND", "NEAR(a b)", "a:b", "^a", "x'; --", "a*"])
def test_signs_of_search_engines_are_no_commands(client: Client, signs: str) -> None:
    for endpoint in ("pages", "images", "documents", "faqs"):
        assert client.get(f"{V2}{endpoint}/", {"search": signs}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/", "/api/v2/", "/api/v2/secrets/", "/api/v3/pages/"])
def test_an_unknown_address_is_a_problem(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["/en", "/sv"])
def test_the_apis_are_in_no_language(client: Client, prefix: str) -> None:
    for api in ("/api/v2/pages/", "/api/v3-preview/pages/", "/api/delivery/v1/locales/"):
        assert client.get(prefix + api).status_code == 404


@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "faqs/?fields=*&limit=20",
        "self-test-ctas/?fields=*&limit=20",
        "pages/?type=pages.TherapyMethodPage&fields=*&limit=20&rich_text_format=html",
    ],
)
def test_the_number_of_queries_does_not_grow(client: Client, address: str) -> None:
    def queries() -> int:
        get(client, address)
        with CaptureQueriesContext(connection) as captured:
            get(client, address)
        return len(captured)

    def add() -> None:
        target = Page.objects.get(slug="kontakt")
        method = TherapyMethodPageFactory(
            parent=Page.objects.get(slug="terapimetoder"),
            image=ipt("sv").image,
            image_is_decorative=True,
            body=[("faq_list", {"heading": "F", "entries": [FaqEntryFactory()]})],
        )
        TherapyMethodConcernFactory(page=method)
        SelfTestCallToActionFactory(target_page=target, target_url="")

    for model in (FaqEntry, SelfTestCallToAction):
        model.objects.all().delete()
    TherapyMethodPage.objects.exclude(slug="ipt").delete()
    add()
    few = queries()
    for _ in range(8):
        add()
    assert queries() == few
