"""A question is once in a list, and has one place on a page."""

from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import streamfield

from faq.models import FaqEntry
from pages.models import ContentPage
from tests.admin.forms import items
from tests.factories import ContentPageFactory
from tests.reading import Api
from tests.translation.test_change_weight import page_data


@pytest.fixture
def entry(sv: Locale) -> FaqEntry:
    found = FaqEntry.objects.filter(locale=sv, live=True).first()
    assert found is not None
    return found


def page_with(*lists: list[FaqEntry]) -> ContentPage:
    page: ContentPage = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="fragor")
    page.body = [("faq_list", {"heading": "Frågor", "entries": each}) for each in lists]
    page.save_revision().publish()
    return page


def ids(client: Client) -> Counter[str]:
    soup = BeautifulSoup(client.get("/fragor/").content.decode(), "html.parser")
    return Counter(str(each["id"]) for each in soup.select("[id]"))


def test_a_question_that_is_stored_twice_is_shown_once(
    client: Client, api: Api, entry: FaqEntry
) -> None:
    english = entry.get_translation(Locale.objects.get(language_code="en"))
    page_with([entry, entry, english])
    (block,) = api.page("/fragor/")["content"]["body"]
    assert [each["id"] for each in block["value"]["entries"]] == [entry.pk]
    assert ids(client)[f"question-{entry.pk}"] == 1


def test_a_question_in_two_lists_has_its_place_in_the_first(
    client: Client, entry: FaqEntry
) -> None:
    page_with([entry], [entry])
    found = ids(client)
    assert found[f"question-{entry.pk}"] == 1
    assert max(found.values()) == 1


@pytest.mark.parametrize("kind", ["faq_list", "related_methods"])
def test_what_is_chosen_twice_is_an_error_of_the_second(kind: str, entry: FaqEntry) -> None:
    page = page_with([entry])
    block: Any = page.body.stream_block.child_blocks[kind]
    method = Page.objects.filter(slug="ipt").first()
    assert method is not None
    name, chosen = ("entries", entry) if kind == "faq_list" else ("methods", method)
    value = block.to_python({"heading": "Rubrik", name: [chosen.pk, chosen.pk]})
    with pytest.raises(ValidationError) as error:
        block.clean(value)
    (refused,) = error.value.block_errors.values()
    assert "redan i listan" in str(refused.block_errors[1].messages)


def test_the_editor_names_it(admin_client: Client, entry: FaqEntry) -> None:
    page = page_with([entry])
    keys = items(str(entry.pk), str(entry.pk))
    body = streamfield([("faq_list", {"heading": "Frågor", "entries": keys})])
    data = page_data(page, body=body, **{"action-publish": "yes"})
    answer = admin_client.post(f"/admin/pages/{page.pk}/edit/", data)
    assert answer.status_code == 200
    assert "redan i listan" in answer.content.decode()
