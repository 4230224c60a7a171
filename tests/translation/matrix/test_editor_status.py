"""Editors of a page or snippet see the status of its other languages."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.translation.models import TranslationState
from faq.models import FaqEntry
from tests.factories import ConcernFactory
from tests.reading import without_dialogs
from tests.translation.matrix.conftest import SetState


def edit(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return without_dialogs(response)


def warnings(soup: BeautifulSoup) -> list[str]:
    return [" ".join(one.get_text(" ", strip=True).split()) for one in soup.select(".messages li")]


def languages(soup: BeautifulSoup) -> list[str]:
    """Return the text of the status panel for each language."""
    return [
        " ".join(item.get_text(" ", strip=True).split())
        for item in soup.select(".matrix-languages > li")
    ]


def test_a_page_shows_where_each_language_stands(
    set_state: SetState, english_admin: Client
) -> None:
    english = set_state("ipt")
    page = Page.objects.get(slug="ipt", locale__language_code="sv")
    soup = edit(english_admin, f"/admin/pages/{page.pk}/edit/")
    said = languages(soup)
    assert said[0] == "Svenska Original Published"
    assert said[1].startswith("English Live and current Edit")
    link = soup.select_one(".matrix-languages a")
    assert link["href"] == f"/admin/pages/{english.pk}/edit/"
    assert warnings(soup) == []


def test_who_opens_a_page_is_told_which_language_is_behind(
    set_state: SetState, english_admin: Client
) -> None:
    since = timezone.now() - timedelta(days=3)
    english = set_state("ipt", segments_done=8, stale_since=since, stale_weight="meaning")
    page = Page.objects.get(slug="ipt", locale__language_code="sv")
    soup = edit(english_admin, f"/admin/pages/{page.pk}/edit/")
    told = "English: Live but behind. The meaning changed 3 days ago. 2 segments to translate."
    assert len(warnings(soup)) == 1
    assert warnings(soup)[0].startswith(told)
    assert (
        soup.select_one(".messages .buttons a")["href"] == f"/admin/pages/{english.pk}/edit/#next"
    )


def test_who_opens_the_translation_is_not_told_of_itself(
    set_state: SetState, english_admin: Client
) -> None:
    since = timezone.now() - timedelta(days=3)
    english = set_state("ipt", segments_done=8, stale_since=since, stale_weight="meaning")
    soup = edit(english_admin, f"/admin/pages/{english.pk}/edit/")
    assert not any("Live but behind" in words for words in warnings(soup))


def test_a_snippet_is_told_of_too(
    all_current: None, english_admin: Client, sv: Locale, en: Locale
) -> None:
    translation = Translation.objects.filter(
        source__object_id__in=FaqEntry.objects.values("translation_key"), source__locale=sv
    ).first()
    since = timezone.now() - timedelta(hours=2)
    TranslationState.objects.filter(translation=translation).update(
        stale_since=since, stale_weight="wording", segments_done=9
    )
    entry = FaqEntry.objects.get(translation_key=translation.source.object_id, locale=sv)
    soup = edit(english_admin, f"/admin/snippets/faq/faqentry/edit/{entry.pk}/")
    assert warnings(soup)[0].startswith("English: Live but behind. The wording changed 2 hours ago")
    assert len(languages(soup)) == 2


def test_what_is_not_translated_can_be_sent_for_translation_from_its_edit_view(
    english_admin: Client,
) -> None:
    concern = ConcernFactory()
    soup = edit(english_admin, f"/admin/snippets/pages/concern/edit/{concern.pk}/")
    assert languages(soup)[1].startswith("English Not started Translate")
    assert "select_locale=en" in soup.select_one(".matrix-languages a")["href"]
    assert warnings(soup) == []


@pytest.mark.parametrize(
    "address", ["/admin/snippets/pages/concern/add/", "/admin/pages/add/pages/contentpage/{}/"]
)
def test_what_is_new_has_no_languages_yet(english_admin: Client, address: str) -> None:
    home = Page.objects.get(slug="hem")
    assert languages(edit(english_admin, address.format(home.pk))) == []
