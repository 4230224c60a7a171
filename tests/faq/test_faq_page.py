"""Tests the FAQ page: every published question of its language, by topic, in order."""

import pytest
from django.test import Client
from wagtail.models import Locale

from faq.models import FaqEntry
from tests.factories import FaqEntryFactory, FaqTopicFactory
from tests.reading import Api, soup_of


@pytest.mark.django_db
def test_topics_and_questions_stand_in_the_editors_order(api: Api, client: Client) -> None:
    FaqEntry.objects.all().delete()
    last = FaqTopicFactory(name="Sist", position=90)
    first = FaqTopicFactory(name="Först", position=0)
    FaqEntryFactory(question="B?", topic=last, position=2)
    FaqEntryFactory(question="A?", topic=last, position=1)
    FaqEntryFactory(question="C?", topic=first)
    FaqEntryFactory(question="Utkast?", topic=first, live=False)
    topics = api.page("/vanliga-fragor/")["content"]["topics"]
    found = [(topic["name"], [entry["question"] for entry in topic["entries"]]) for topic in topics]
    assert found == [("Först", ["C?"]), ("Sist", ["A?", "B?"])]
    page = soup_of(client, "/vanliga-fragor/")
    assert [item.get_text(strip=True) for item in page.select("summary")] == ["C?", "A?", "B?"]


@pytest.mark.django_db
def test_a_new_question_is_in_its_own_language_only(api: Api, en: Locale) -> None:
    topic = FaqTopicFactory(locale=en, name="News")
    FaqEntryFactory(locale=en, question="What is new?", topic=topic)
    assert "What is new?" in str(api.page("/en/faq/"))
    assert "What is new?" not in str(api.page("/vanliga-fragor/"))


@pytest.mark.django_db
def test_without_questions_the_page_says_so(client: Client, api: Api) -> None:
    FaqEntry.objects.filter(locale__language_code="sv").delete()
    assert api.page("/vanliga-fragor/")["content"]["topics"] == []
    assert "Här finns inga frågor än." in soup_of(client, "/vanliga-fragor/").get_text()


@pytest.mark.django_db
def test_questions_are_named_inside_what_opens(client: Client, api: Api) -> None:
    """Browsers open a <details> that contains the target of a fragment, not one that is it."""
    hits = api.get("search/", locale="en", q="IPT")["items"]
    questions = [hit["path"] for hit in hits if hit["type"] == "faq_entry"]
    assert questions
    for path in (*questions, "/terapimetoder/ipt/#"):
        page = soup_of(client, path.split("#")[0])
        for place in page.select('[id^="question-"]'):
            assert place.parent.name == "details"
            assert place.parent.summary.get_text() in place.get_text()
        assert not path.split("#")[1] or page.find(id=path.split("#")[1])


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["crisis", "main", "question-1", "footer-links", "somn"])
def test_a_topic_takes_no_other_name_of_the_page(client: Client, slug: str) -> None:
    FaqEntryFactory(topic=FaqTopicFactory(slug=slug, name="Provämne"))
    page = soup_of(client, "/vanliga-fragor/")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    link = page.find("a", string="Provämne")
    assert page.find(id=link["href"][1:]).h2.get_text() == "Provämne"
    assert page.find(id="crisis").h2.get("id") == "crisis-heading"
