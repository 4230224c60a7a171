"""Text of which nothing can be seen is no text, wherever it is typed."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

from cms.public.rich_text import plain_text
from faq.models import FaqEntry, FaqTopic
from pages.models import ContentPage
from tests.admin.forms import items
from tests.factories import ContentPageFactory
from tests.translation.test_change_weight import page_data

INVISIBLE = ("\u200b", "\u2060", "\ufeff", "\u00ad", "\u3164", " \u00a0\u200d")
REQUIRED = ("fältet är obligatoriskt", r"f\u00e4ltet \u00e4r obligatoriskt")


@pytest.fixture
def page(db: None) -> ContentPage:
    made: ContentPage = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="sida")
    return made


def is_refused(answer: Any) -> bool:
    """Whether a form, or a block in its stream, asks for what is required."""
    words = answer.content.decode()
    return answer.status_code == 200 and any(each in words for each in REQUIRED)


def publish(client: Client, page: ContentPage, **changes: Any) -> Any:
    data = page_data(page, **changes, **{"action-publish": "yes"})
    return client.post(f"/admin/pages/{page.pk}/edit/", data)


@pytest.mark.sampled
@pytest.mark.parametrize("text", INVISIBLE)
def test_a_title_is_required(admin_client: Client, page: ContentPage, text: str) -> None:
    assert is_refused(publish(admin_client, page, title=text))


@pytest.mark.sampled
@pytest.mark.parametrize("text", INVISIBLE)
def test_the_heading_of_a_block_is_required(
    admin_client: Client, page: ContentPage, text: str
) -> None:
    paragraph = rich_text("<p>Ett stycke.</p>")
    callout = {"tone": "info", "heading": text, "text": paragraph}
    assert is_refused(publish(admin_client, page, body=streamfield([("callout", callout)])))
    assert is_refused(
        publish(
            admin_client,
            page,
            body=streamfield([("list", {"heading": "Lista", "items": items(text)})]),
        )
    )


@pytest.mark.sampled
@pytest.mark.parametrize("text", INVISIBLE)
def test_rich_text_is_required(admin_client: Client, page: ContentPage, text: str) -> None:
    assert is_refused(publish(admin_client, page, introduction=rich_text(f"<p>{text}</p>")))


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_question_is_required(admin_client: Client, site: Any, text: str) -> None:
    data = {"question": text, "answer": rich_text("<p>Ja.</p>"), "position": "0"}
    data["action-publish"] = "yes"
    topic = FaqTopic.objects.filter(locale__language_code="sv").first()
    assert topic is not None
    before = FaqEntry.objects.count()
    answer = admin_client.post("/admin/snippets/faq/faqentry/add/", data | {"topic": topic.pk})
    assert is_refused(answer)
    assert FaqEntry.objects.count() == before


@pytest.mark.sampled
@pytest.mark.parametrize("text", INVISIBLE)
def test_a_heading_within_text_needs_words(
    admin_client: Client, page: ContentPage, text: str
) -> None:
    section = {
        "heading": "Rubrik",
        "text": rich_text(f"<h3>{text}</h3><p>Ett stycke.</p>", features=["h3"]),
    }
    answer = publish(admin_client, page, body=streamfield([("section", section)]))
    assert r"rubrik \u00e4r tom" in answer.content.decode()


def test_what_is_seen_is_kept_with_what_is_not(admin_client: Client, page: ContentPage) -> None:
    answer = publish(
        admin_client, page, title="Sam\u00adtal", introduction=rich_text("<p>👩\u200d⚕️</p>")
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.title == "Sam\u00adtal"
    assert plain_text(page.introduction) == "👩\u200d⚕️"
