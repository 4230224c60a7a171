"""A publication says before, not after, what readers will not see of what it refers to."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils.form_data import streamfield
from wagtail_localize.models import Translation

from faq.models import FaqEntry
from pages.models import ContentPage
from tests.admin.test_editing import items
from tests.factories import FaqEntryFactory

from .test_change_weight import page_data


def question(sv: Locale, live: bool = True) -> FaqEntry:
    entry: FaqEntry = FaqEntryFactory(question="Vad kostar det?", locale=sv, live=live)
    return entry


@pytest.fixture
def sv() -> Locale:
    found: Locale = Locale.objects.get(language_code="sv")
    return found


def with_questions(page: ContentPage, *entries: FaqEntry, **changes: Any) -> dict[str, Any]:
    keys = items(*[str(entry.pk) for entry in entries])
    block = ("faq_list", {"heading": "Frågor", "entries": keys})
    return page_data(page, body=streamfield([block]), **changes)


def send(client: Client, page: ContentPage, data: dict[str, Any]) -> Any:
    return client.post(f"/admin/pages/{page.pk}/edit/", data)


def again(answer: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The form that is shown again, as its button sends it."""
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    return data | {"accepted_losses": soup.find("input", {"name": "accepted_losses"})["value"]}


def said(answer: Any) -> str:
    return " ".join(answer.context["form"].non_field_errors())


def kinds(page: ContentPage) -> list[str]:
    return [block.block_type for block in ContentPage.objects.get(pk=page.pk).body]


def test_what_a_language_lacks_stops_a_publication_once(
    publisher: Client, page: ContentPage, translation: Translation, sv: Locale
) -> None:
    before = kinds(page)
    data = with_questions(page, question(sv), **{"action-publish": "yes"})
    answer = send(publisher, page, data)
    assert "“Vad kostar det?” is not published in English, so readers there lack it." in said(
        answer
    )
    assert kinds(page) == before
    assert send(publisher, page, again(answer, data)).status_code == 302
    assert kinds(page) == ["faq_list"]
    # What is known is not told again.
    assert send(publisher, page, data).status_code == 302


def test_what_is_not_live_at_all_is_named_for_each_language(
    publisher: Client, page: ContentPage, translation: Translation, sv: Locale
) -> None:
    answer = send(
        publisher, page, with_questions(page, question(sv, live=False), **{"action-publish": "yes"})
    )
    assert "“Vad kostar det?” is not published, so readers will not see it." in said(answer)
    assert "not published in English" in said(answer)


def test_something_else_that_is_lost_is_told_anew(
    publisher: Client, page: ContentPage, translation: Translation, sv: Locale
) -> None:
    first, second = question(sv), FaqEntryFactory(question="Hur lång tid?", locale=sv)
    data = with_questions(page, first, **{"action-publish": "yes"})
    accepted = again(send(publisher, page, data), data)["accepted_losses"]
    more = with_questions(page, first, second, accepted_losses=accepted, **{"action-publish": "x"})
    assert "Hur lång tid?" in said(send(publisher, page, more))


def test_a_draft_is_saved_without_a_word(
    publisher: Client, page: ContentPage, translation: Translation, sv: Locale
) -> None:
    answer = send(publisher, page, with_questions(page, question(sv, live=False)))
    assert answer.status_code == 302


def test_a_page_in_one_language_loses_nothing_in_another(
    publisher: Client, untranslated: ContentPage, sv: Locale
) -> None:
    data = with_questions(untranslated, question(sv), **{"action-publish": "yes"})
    assert send(publisher, untranslated, data).status_code == 302


def test_one_that_is_there_in_both_languages_is_no_loss(
    publisher: Client, page: ContentPage, translation: Translation
) -> None:
    both = FaqEntry.objects.filter(locale__language_code="sv", live=True).first()
    assert both is not None
    data = with_questions(page, both, **{"action-publish": "yes"})
    assert send(publisher, page, data).status_code == 302
