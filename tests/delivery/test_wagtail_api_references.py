"""Tests that Wagtail's API v2 shows only public targets of references."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Site,
)

from tests.delivery.wagtail_api import get, ipt
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    SelfTestCallToActionFactory,
    TherapyMethodConcernFactory,
    TherapyMethodPageFactory,
)


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
    """Return a page whose path must stay unknown."""
    return ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Hemlig", slug="hemlig")


@pytest.fixture
def referring(secret: Page) -> Page:
    """Return a page that refers to one hidden and one public object of each kind."""
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
    body = get(client, f"pages/{referring.pk}/")["body"]
    values = [(block["type"], block["value"]) for block in body]
    method, cta, entry = referring.public
    # As pages do, it leaves out a button that leads nowhere and an invitation that is hidden.
    assert [kind for kind, _value in values] == [
        "section",
        "related_methods",
        "self_test_cta",
        "faq_list",
    ]
    assert values[1][1]["methods"] == [method]
    assert values[2][1]["cta"] == cta
    assert values[3][1]["entries"] == [entry]


@pytest.mark.sampled
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
