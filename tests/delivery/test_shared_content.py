"""Tests the lists of questions, topics, calls to action and concerns."""

from typing import Any

import pytest
from wagtail.models import Locale, Page

from faq.models import FaqEntry, FaqTopic
from pages.models import Concern, TherapyMethodPage
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    SelfTestCallToActionFactory,
    TherapyMethodConcernFactory,
)
from tests.reading import Api

LISTS = ["faqs/", "faqs/topics/", "self-test-ctas/", "concerns/"]


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", LISTS)
@pytest.mark.parametrize("locale", ["sv", "en"])
def test_every_list_is_in_one_language(api: Api, endpoint: str, locale: str) -> None:
    response = api.response(endpoint, locale=locale, limit=100)
    assert response["Content-Language"] == locale
    answer = response.json()
    assert answer["count"] == len(answer["items"]) > 0
    assert {item["locale"] for item in answer["items"]} == {locale}
    assert not any(item["is_fallback"] for item in answer["items"])


@pytest.mark.django_db
def test_questions_come_as_on_the_faq_page(api: Api, answers: dict[str, Any]) -> None:
    for path, locale in (("/vanliga-fragor/", "sv"), ("/en/faq/", "en")):
        shown = [
            (topic["slug"], entry)
            for topic in answers[path]["content"]["topics"]
            for entry in topic["entries"]
        ]
        items = api.get("faqs/", locale=locale, limit=100)["items"]
        assert [item["id"] for item in items] == [entry["id"] for _slug, entry in shown]
        for item, (slug, entry) in zip(items, shown, strict=True):
            assert item["topic"]["slug"] == slug
            assert {name: item[name] for name in entry} == entry


@pytest.mark.django_db
def test_questions_of_a_topic(api: Api) -> None:
    topics = api.get("faqs/topics/", locale="en")["items"]
    assert sum(topic["entry_count"] for topic in topics) == api.get("faqs/", locale="en")["count"]
    for topic in topics:
        answer = api.get("faqs/", locale="en", topic=topic["slug"])
        assert answer["count"] == topic["entry_count"]
        assert {item["topic"]["id"] for item in answer["items"]} == {topic["id"]}
    assert api.get("faqs/", locale="en", topic="no-such-topic")["items"] == []


@pytest.mark.django_db
def test_a_topic_that_is_no_longer_published_takes_its_questions_along(api: Api) -> None:
    topic = FaqTopic.objects.get(slug="forsta-samtalet")
    ids = set(topic.entries.values_list("pk", flat=True))
    topic.unpublish()
    items = api.get("faqs/", locale="sv", limit=100)["items"]
    assert ids.isdisjoint(item["id"] for item in items)
    assert topic.pk not in {item["id"] for item in api.get("faqs/topics/", locale="sv")["items"]}
    assert not ids & {
        entry["id"]
        for group in api.page("/vanliga-fragor/")["content"]["topics"]
        for entry in group["entries"]
    }


@pytest.mark.django_db
def test_links_in_answers_are_in_the_answers_own_language(api: Api) -> None:
    target = Page.objects.get(slug="kontakt")
    topic = FaqTopic.objects.filter(locale__language_code="sv").first()
    swedish = FaqEntryFactory(
        topic=topic, answer=f'<p><a linktype="page" id="{target.pk}">Kontakt</a></p>'
    )
    items = api.get("faqs/", locale="en", fallback="sv", limit=100)["items"]
    item = next(item for item in items if item["id"] == swedish.pk)
    assert (item["locale"], item["is_fallback"]) == ("sv", True)
    assert item["answer"]["html"] == '<p><a href="/kontakt/">Kontakt</a></p>'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("endpoint", "make", "field"),
    [
        ("faqs/topics/", FaqTopicFactory, "name"),
        ("concerns/", ConcernFactory, "name"),
        ("self-test-ctas/", SelfTestCallToActionFactory, "heading"),
    ],
)
def test_a_fallback_must_be_asked_for(api: Api, endpoint: str, make: Any, field: str) -> None:
    swedish = make()
    before = api.get(endpoint, locale="en", limit=100)
    assert getattr(swedish, field) not in str(before)
    response = api.response(endpoint, locale="en", fallback="sv", limit=100)
    assert "Content-Language" not in response.headers
    items = response.json()["items"]
    assert [item[field] for item in items if item["is_fallback"]] == [getattr(swedish, field)]
    assert len(items) == before["count"] + 1


@pytest.mark.django_db
def test_a_call_to_action_leads_to_its_language_or_says_where(api: Api) -> None:
    items = api.get("self-test-ctas/", locale="en")["items"]
    assert {item["target"]["path"] for item in items} == {"/en/self-test/"}
    swedish = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="bara-svenska")
    english = Locale.objects.get(language_code="en")
    SelfTestCallToActionFactory(locale=english, heading="AAA", target_page=swedish, target_url="")
    first = api.get("self-test-ctas/", locale="en")["items"][0]
    assert first["target"]["locale"] == "sv"
    assert first["target"]["is_fallback"] is True


@pytest.mark.django_db
def test_a_call_to_action_to_nowhere_is_neither_shown_nor_counted(api: Api) -> None:
    before = api.get("self-test-ctas/", locale="sv")
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="snart-borta")
    SelfTestCallToActionFactory(heading="Till ingenstans", target_page=page, target_url="")
    assert api.get("self-test-ctas/", locale="sv")["count"] == before["count"] + 1
    page.unpublish()
    after = api.get("self-test-ctas/", locale="sv")
    assert after.pop("version") > before.pop("version")
    assert after == before
    # A translation that is still published takes over.
    english = Locale.objects.get(language_code="en")
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.title, copy.introduction = "Soon gone", "<p>In English.</p>"
    copy.save_revision().publish()
    SelfTestCallToActionFactory(heading="To", locale=english, target_page=page, target_url="")
    assert "snart-borta" in str(api.get("self-test-ctas/", locale="en"))


@pytest.mark.django_db
def test_concerns_count_what_the_filter_finds(api: Api) -> None:
    for locale in ("sv", "en"):
        for concern in api.get("concerns/", locale=locale, limit=100)["items"]:
            found = api.get("pages/", locale=locale, concern=concern["slug"], limit=100)
            assert found["count"] == concern["method_count"], concern["slug"]


@pytest.mark.django_db
def test_concerns_count_only_public_methods_and_each_once(api: Api) -> None:
    def count() -> int:
        items = api.get("concerns/", locale="sv", limit=100)["items"]
        return next(item["method_count"] for item in items if item["slug"] == "sorg")

    assert count() == 2
    ipt = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    grief = Concern.objects.get(slug="sorg")
    TherapyMethodConcernFactory(page=ipt, concern=grief)
    assert count() == 2
    ipt.unpublish()
    assert count() == 1
    Page.objects.get(slug="terapimetoder").specific.unpublish()
    assert count() == 0


@pytest.mark.django_db
def test_order_follows_the_editors_positions(api: Api) -> None:
    concern = Concern.objects.get(slug="sorg")
    for position, expected in ((-1, 0), (999, -1)):
        Concern.objects.filter(pk=concern.pk).update(position=max(position, 0))
        Concern.objects.exclude(pk=concern.pk).filter(position=0).update(position=1)
        items = api.get("concerns/", locale="sv", limit=100)["items"]
        assert items[expected]["slug"] == "sorg"


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", LISTS)
def test_lists_are_walked_by_their_links(api: Api, endpoint: str) -> None:
    everything = api.get(endpoint, locale="sv", limit=100)["items"]
    found, address = [], f"/api/delivery/v1/{endpoint}?locale=sv&limit=1"
    while address:
        part = api.client.get(address).json()
        found += part["items"]
        address = part["next"]
    assert found == everything
    assert part["count"] == len(everything)


@pytest.mark.django_db
def test_snippets_are_listed_as_soon_as_they_are_published(api: Api) -> None:
    topic = FaqTopic.objects.get(slug="forsta-samtalet")
    entry = FaqEntryFactory(topic=topic, live=False, question="Än så länge hemlig?")
    assert entry.question not in str(api.get("faqs/", locale="sv", limit=100))
    entry.save_revision().publish()
    assert entry.question in str(api.get("faqs/", locale="sv", limit=100))
    FaqEntry.objects.filter(pk=entry.pk).delete()
    assert entry.question not in str(api.get("faqs/", locale="sv", limit=100))
