"""Translations that are not begun: seen and begun only by users who may translate them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Locale, Page

from pages.models import Concern
from tests.factories import ContentPageFactory, FaqEntryFactory
from tests.translation.conftest import Submit, publish
from tests.translation.desk.reading import Desk, edit_url
from tests.translation.matrix.reading import cell_of, links_of, log_in, titles
from tests.translation.matrix.test_summary import first_in_line, work

TITLE = "News from the clinic"


@pytest.fixture
def english_page(site: Any) -> Page:
    page: Page = ContentPageFactory(
        parent=Page.objects.get(slug="home"), slug="news", title=TITLE, live=True
    )
    return page


@pytest.fixture
def english_concern(en: Locale) -> Concern:
    concern: Concern = Concern.objects.create(name="Shyness", slug="shyness", locale=en)
    return concern


@pytest.fixture(params=["page", "concern"])
def original(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(f"english_{request.param}")


@pytest.fixture
def english_translator(db: None) -> Client:
    return log_in("translator")


@pytest.fixture
def swedish_translator(db: None) -> Client:
    return log_in("translator-sv")


def translate_links(response: Any) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [
        link["href"] for link in soup.find_all("a", href=True) if "localize/submit" in link["href"]
    ]


def test_the_report_leads_who_may_translate_to_it(
    swedish_translator: Client, original: Any
) -> None:
    title = str(original)
    assert (cell_of(swedish_translator, title, "Svenska") or "").startswith("Inte påbörjad")
    assert titles(swedish_translator, language="sv", status="not-started") == [title]
    links = links_of(swedish_translator, title)
    (begin,) = [url for url in links.values() if "localize/submit" in url]
    assert swedish_translator.get(begin).status_code == 200
    sv = Locale.objects.get(language_code="sv")
    assert swedish_translator.post(begin, {"locales": [str(sv.pk)]}).status_code == 302
    assert original.has_translation(sv)
    # What is begun can be gone on with; the original is still not the translator's to edit.
    links = links_of(swedish_translator, title)
    assert edit_url(original.get_translation(sv)) in {
        url.partition("#")[0] for url in links.values()
    }
    assert edit_url(original) not in links.values()


def test_the_first_page_counts_it_and_leads_to_it(
    swedish_translator: Client, english_page: Page
) -> None:
    counted = work(swedish_translator)["Svenska"]
    assert any(words.startswith("1 ") for words in counted)
    begin = f"/admin/localize/submit/page/{english_page.pk}/?select_locale=sv"
    assert first_in_line(swedish_translator, "sv") == {TITLE: begin}


def test_the_explorer_shows_it_with_its_button(
    swedish_translator: Client, english_page: Page
) -> None:
    home = english_page.get_parent()
    listed = swedish_translator.get(f"/admin/pages/{home.pk}/")
    assert TITLE in listed.content.decode()
    begin = f"/admin/localize/submit/page/{english_page.pk}/"
    assert begin in translate_links(listed)
    assert begin in translate_links(swedish_translator.get(f"/admin/pages/{english_page.pk}/"))
    found = swedish_translator.get("/admin/pages/search/", {"q": TITLE})
    assert TITLE in found.content.decode()
    # Seen is not edited.
    assert swedish_translator.get(edit_url(english_page)).status_code == 302
    assert edit_url(english_page) not in listed.content.decode()


def test_the_list_of_shared_content_has_the_button_too(
    swedish_translator: Client, english_translator: Client, english_concern: Concern
) -> None:
    begin = f"/admin/localize/submit/snippet/pages/concern/{english_concern.pk}/"
    address = "/admin/snippets/pages/concern/?q=Shyness"
    assert begin in translate_links(swedish_translator.get(address))
    assert translate_links(english_translator.get(address)) == []


def test_no_link_leads_where_it_is_refused(english_translator: Client, english_page: Page) -> None:
    home = english_page.get_parent()
    assert translate_links(english_translator.get(f"/admin/pages/{home.pk}/")) == []
    assert translate_links(english_translator.get(f"/admin/pages/{english_page.pk}/edit/")) == []
    begin = f"/admin/localize/submit/page/{english_page.pk}/"
    assert english_translator.get(begin).status_code == 302
    assert not any("localize/submit" in url for url in links_of(english_translator, TITLE).values())


def test_who_may_not_begin_translations_sees_what_was_seen_before(
    english_page: Page, english_concern: Concern
) -> None:
    reviewer = log_in("reviewer")
    assert titles(reviewer, q=TITLE) == []
    assert reviewer.get(f"/admin/pages/{english_page.get_parent().pk}/").status_code == 302
    # Shared content may be read, but the list has no links that would be refused.
    assert titles(reviewer, q="Shyness") == ["Shyness"]
    assert not links_of(reviewer, "Shyness")


def test_a_group_that_may_translate_and_nothing_else_sees_all_that_there_is_to_begin(
    english_page: Page, english_concern: Concern
) -> None:
    group = Group.objects.create(name="Prov")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    )
    get_user_model().objects.create_user("prov", password=None).groups.add(group)
    client = log_in("prov")
    assert set(titles(client, language="sv", status="not-started")) == {TITLE, "Shyness"}
    begin = f"/admin/localize/submit/page/{english_page.pk}/"
    assert client.get(begin).status_code == 200


def test_the_desk_leads_to_shared_content_that_is_not_begun(
    submit: Submit, english_translator: Client
) -> None:
    entry = publish(FaqEntryFactory(question="Vad kostar det?"))
    desk = Desk(english_translator, submit(entry))
    begin = f"/admin/localize/submit/snippet/faq/faqtopic/{entry.topic.pk}/"
    assert desk.soup.find("a", href=begin)
