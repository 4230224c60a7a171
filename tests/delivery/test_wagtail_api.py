"""Wagtail's own API v2: the convention of existing front ends, without its leaks and faults."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from faq.models import FaqEntry, FaqTopic
from pages.models import Concern, SelfTestCallToAction, TherapyMethodPage
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    HomePageFactory,
    SelfTestCallToActionFactory,
    TherapyMethodConcernFactory,
    TherapyMethodPageFactory,
)

V2 = "/api/v2/"
SNIPPETS = {
    "faqs": FaqEntry,
    "faq-topics": FaqTopic,
    "concerns": Concern,
    "self-test-ctas": SelfTestCallToAction,
}
ENDPOINTS = ["pages", "images", "documents", *SNIPPETS]


def get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(V2 + path, query, follow=True)
    assert response.status_code == 200, response.content
    return response.json()


def ipt(language: str) -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="ipt", locale__language_code=language)


# --- Pages -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/terapimetoder/ipt/", "IPT – Interpersonell terapi"),
        ("/en/therapy-methods/ipt/", "IPT – Interpersonal therapy"),
        ("/en/", "Home"),
    ],
)
def test_find_works_in_every_language(client: Client, path: str, title: str) -> None:
    assert get(client, "pages/find/", html_path=path)["title"] == title


@pytest.mark.django_db
def test_find_of_nothing(client: Client) -> None:
    response = client.get(f"{V2}pages/find/", {"html_path": "/en/terapimetoder/"})
    assert response.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("pages.HomePage", "button_label"),
        ("pages.TherapyMethodIndexPage", "introduction"),
        ("pages.TherapyMethodPage", "concern_links"),
        ("pages.SelfTestPage", "getting_started"),
        ("pages.ContentPage", "body"),
        ("faq.FaqPage", "heading"),
    ],
)
def test_every_type_gives_its_fields(client: Client, kind: str, field: str) -> None:
    items = get(client, "pages/", type=kind, fields="*")["items"]
    assert items
    assert all(field in item for item in items)


@pytest.mark.django_db
def test_what_the_public_may_not_see_is_absent(client: Client) -> None:
    hidden = ipt("sv")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    index = Page.objects.get(slug="therapy-methods")
    index.specific.unpublish()
    shown = {item["id"] for item in get(client, "pages/", limit=20)["items"]}
    assert hidden.pk not in shown
    assert not shown & set(index.get_descendants(inclusive=True).values_list("pk", flat=True))


@pytest.mark.django_db
def test_search_with_any_other_filter(client: Client) -> None:
    for query in ({}, {"locale": "en"}, {"type": "pages.TherapyMethodPage"}, {"order": "title"}):
        titles = [item["title"] for item in get(client, "pages/", search="IPT", **query)["items"]]
        assert "IPT – Interpersonal therapy" in titles, query
    assert get(client, "pages/", search="IPT", locale="sv", limit=1)["meta"]["total_count"] > 1
    questions = get(client, "faqs/", search="IPT", locale="sv")["items"]
    assert "Är IPT samtalsterapi?" in [item["question"] for item in questions]


@pytest.mark.django_db
def test_each_site_shows_its_own_pages(client: Client, site: Site) -> None:
    home = HomePageFactory(parent=Page.get_first_root_node(), title="Annan", slug="annan")
    Site.objects.create(hostname="other.example", port=8080, root_page=home)
    assert "Annan" not in [item["title"] for item in get(client, "pages/", limit=20)["items"]]
    others = get(client, "pages/", site="other.example:8080")["items"]
    assert [item["title"] for item in others] == ["Annan"]
    assert client.get(f"{V2}pages/", {"site": "other.example:x"}).status_code == 400
    Site.objects.create(hostname="other.example", port=81, root_page=site.root_page)
    ambiguous = client.get(f"{V2}pages/", {"site": "other.example"})
    assert (ambiguous.status_code, "port" in ambiguous.json()["message"]) == (400, True)


@pytest.mark.django_db
def test_images_and_documents(client: Client) -> None:
    images = get(client, "images/")
    assert images["meta"]["total_count"] == 12
    # The original files are not served.
    assert all("/media/images/" in item["meta"]["download_url"] for item in images["items"])
    assert get(client, "documents/")["meta"]["total_count"] == 0
    root = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    assert get(client, "images/")["meta"]["total_count"] == 0


# --- Shared content ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", SNIPPETS)
def test_shared_content_by_language(client: Client, endpoint: str) -> None:
    model = SNIPPETS[endpoint]
    for language in ("sv", "en"):
        answer = get(client, f"{endpoint}/", locale=language, limit=20)
        locale = Locale.objects.get(language_code=language)
        expected = model.objects.filter(locale=locale).order_by(*model._meta.ordering, "pk")
        assert [item["id"] for item in answer["items"]] == [item.pk for item in expected[:20]]
        assert answer["meta"]["total_count"] == expected.count() > 0
        assert {item["meta"]["locale"] for item in answer["items"]} == {language}
    assert client.get(f"{V2}{endpoint}/", {"locale": "xx"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", SNIPPETS)
def test_shared_content_has_all_its_fields(client: Client, endpoint: str) -> None:
    listed = get(client, f"{endpoint}/", locale="en", fields="*", limit=1)["items"][0]
    detail = client.get(listed["meta"]["detail_url"]).json()
    assert detail == listed
    assert {field.name for field in SNIPPETS[endpoint].api_fields} < detail.keys()
    assert get(client, f"{endpoint}/find/", id=listed["id"]) == detail


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", SNIPPETS)
@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"expire_at": timezone.now() - timedelta(minutes=1)}]
)
def test_hidden_shared_content_is_absent(
    client: Client, endpoint: str, hidden: dict[str, Any]
) -> None:
    model = SNIPPETS[endpoint]
    before = get(client, f"{endpoint}/")["meta"]["total_count"]
    snippet = model.objects.first()
    model.objects.filter(pk=snippet.pk).update(**hidden)
    after = get(client, f"{endpoint}/", fields="*", limit=20)
    assert after["meta"]["total_count"] == before - 1
    assert snippet.pk not in [item["id"] for item in after["items"]]
    assert client.get(f"{V2}{endpoint}/{snippet.pk}/").status_code == 404
    assert client.get(f"{V2}{endpoint}/find/", {"id": snippet.pk}).status_code == 404


@pytest.mark.django_db
def test_a_draft_of_published_content_is_not_shown(client: Client) -> None:
    entry = FaqEntryFactory(question="Vad är publicerat?")
    entry.question = "Vad är ett utkast?"
    entry.save_revision()
    assert get(client, f"faqs/{entry.pk}/")["question"] == "Vad är publicerat?"


# --- References --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_hidden_topic_is_not_in_its_questions(client: Client) -> None:
    entry = FaqEntryFactory(topic=FaqTopicFactory(name="Hemligt ämne"))
    shown = get(client, f"faqs/{entry.pk}/", fields="topic(*)")["topic"]
    assert shown["name"] == "Hemligt ämne"
    entry.topic.unpublish()
    assert get(client, f"faqs/{entry.pk}/", fields="topic(*)")["topic"] is None
    assert get(client, "faqs/", id=entry.pk)["items"][0]["topic"] is None


@pytest.mark.django_db
def test_a_hidden_target_is_not_in_its_call_to_action(client: Client) -> None:
    target = ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Hemlig sida")
    cta = SelfTestCallToActionFactory(target_page=target, target_url="")
    assert get(client, f"self-test-ctas/{cta.pk}/")["target_page"]["title"] == "Hemlig sida"
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    answer = get(client, f"self-test-ctas/{cta.pk}/", fields="target_page(*)")
    assert answer["target_page"] is None


@pytest.mark.django_db
def test_hidden_concerns_and_images_are_not_in_their_pages(client: Client) -> None:
    page = ipt("sv")
    concern = ConcernFactory(name="Hemlig oro")
    TherapyMethodConcernFactory(page=page, concern=concern)
    shown = get(client, f"pages/{page.pk}/")
    assert "Hemlig oro" in [link["concern"]["name"] for link in shown["concern_links"]]
    assert shown["image"]["meta"]["download_url"].endswith(".webp")
    concern.unpublish()
    private = Collection.get_first_root_node().add_child(name="Privat")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    page.image.collection = private
    page.image.save()
    for hidden in (
        get(client, f"pages/{page.pk}/"),
        get(client, "pages/", type="pages.TherapyMethodPage", slug="ipt", fields="*")["items"][0],
    ):
        concerns = [link["concern"]["id"] for link in hidden["concern_links"]]
        assert len(concerns) == len(shown["concern_links"]) - 1
        assert concern.pk not in concerns
        assert hidden["image"] is None


@pytest.mark.django_db
def test_an_alias_names_its_source_while_that_is_public(client: Client) -> None:
    home = Page.objects.get(slug="hem")
    source = ContentPageFactory(parent=home, title="Källa")
    alias = source.create_alias(parent=home, update_slug="alias")
    assert get(client, f"pages/{alias.pk}/")["meta"]["alias_of"]["title"] == "Källa"
    Page.objects.filter(pk=source.pk).update(live=False)
    assert get(client, f"pages/{alias.pk}/")["meta"]["alias_of"] is None


@pytest.fixture
def secret() -> Page:
    """A page whose path tells something."""
    return ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Hemlig", slug="hemlig")


@pytest.fixture
def referring(secret: Page) -> Page:
    """A page whose body chooses one hidden and one public object of each kind."""
    link = f'<p><a linktype="page" id="{secret.pk}">länken</a></p>'
    method = TherapyMethodPageFactory(parent=Page.objects.get(slug="terapimetoder"))
    entries = [FaqEntryFactory(answer=link), FaqEntryFactory()]
    ctas = SelfTestCallToActionFactory.create_batch(2)
    page = ContentPageFactory(
        parent=Page.objects.get(slug="hem"),
        introduction=link,
        body=[
            ("section", {"heading": "R", "text": link}),
            ("contact_cta", {"heading": "R", "text": "", "button_label": "B", "page": secret}),
            ("related_methods", {"heading": "R", "methods": [method, ipt("sv")]}),
            ("self_test_cta", {"cta": ctas[0]}),
            ("self_test_cta", {"cta": ctas[1]}),
            ("faq_list", {"heading": "F", "entries": entries}),
        ],
    )
    secret.unpublish()
    method.unpublish()
    ctas[0].unpublish()
    entries[0].unpublish()
    page.public = [ipt("sv").pk, ctas[1].pk, entries[1].pk]
    return page


def test_a_body_gives_the_ids_of_public_choices_only(
    client: Client, site: Site, referring: Any
) -> None:
    values = [block["value"] for block in get(client, f"pages/{referring.pk}/")["body"]]
    method, cta, entry = referring.public
    assert values[1]["page"] is None
    assert values[2]["methods"] == [method]
    assert [values[3]["cta"], values[4]["cta"]] == [None, cta]
    assert values[5]["entries"] == [entry]


@pytest.mark.parametrize("rich_text_format", ["db_html", "html", "db_markdown", "markdown"])
def test_no_format_of_rich_text_tells_of_a_hidden_page(
    client: Client, site: Site, referring: Page, secret: Page, rich_text_format: str
) -> None:
    answer = get(client, f"pages/{referring.pk}/", rich_text_format=rich_text_format)
    for text in (answer["introduction"], answer["body"][0]["value"]["text"]):
        assert "länken" in text
        assert "hemlig" not in text
        assert str(secret.pk) not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rich_text_format", "sign"),
    [
        ("db_html", '<a linktype="page" id="{pk}">'),
        ("html", '<a href="/en/therapy-methods/">'),
        ("db_markdown", "(wagtail://page?id={pk})"),
        ("markdown", "(/en/therapy-methods/)"),
    ],
)
def test_references_lead_to_the_language_of_their_page(
    client: Client, rich_text_format: str, sign: str
) -> None:
    swedish = Page.objects.get(slug="terapimetoder")
    english = Page.objects.get(slug="therapy-methods")
    link = f'<p><a linktype="page" id="{swedish.pk}">link</a></p>'
    page = ContentPageFactory(parent=Page.objects.get(slug="home"), introduction=link)
    answer = get(client, f"pages/{page.pk}/", rich_text_format=rich_text_format)
    assert sign.format(pk=english.pk) in answer["introduction"]

    cta = SelfTestCallToActionFactory(locale=english.locale, target_page=swedish, target_url="")
    target = get(client, f"self-test-ctas/{cta.pk}/")["target_page"]
    assert (target["id"], target["meta"]["locale"]) == (english.pk, "en")


# --- HTTP --------------------------------------------------------------------------------------


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
