"""The panel on the admin's home page with the work in each language."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.factories import ContentPageFactory
from tests.translation.matrix.conftest import SetState
from tests.translation.matrix.reading import log_in

CURRENT = "Everything is translated and current. Well done!"


def work(client: Client) -> dict[str, dict[str, str]]:
    """The links of the panel by language, and by what they say and count."""
    soup = BeautifulSoup(client.get("/admin/").content, "html.parser")
    return {
        section.h3.get_text(strip=True): {
            " ".join(link.get_text(" ", strip=True).split()): link["href"]
            for link in section.select("ul:not(.matrix-summary__first) a")
        }
        for section in soup.select(".matrix-summary section")
    }


def first_in_line(client: Client, language: str) -> dict[str, str]:
    """Return the URLs of the panel's direct links in a language, by title and in their order."""
    soup = BeautifulSoup(client.get("/admin/").content, "html.parser")
    section = soup.select_one(f".matrix-summary section:has(h3[lang={language}])")
    links = section.select(".matrix-summary__first a")
    return {next(link.stripped_strings): link["href"] for link in links}


def test_when_all_is_current_it_says_so(all_current: None, english_admin: Client) -> None:
    assert work(english_admin) == {"Svenska": {}, "English": {}}
    assert english_admin.get("/admin/").content.decode().count(CURRENT) == 2


def test_each_kind_of_work_is_counted_and_leads_to_as_many_rows(
    set_state: SetState, english_admin: Client
) -> None:
    since = timezone.now() - timedelta(days=1)
    set_state("ipt", segments_done=9, stale_since=since, stale_weight="meaning")
    set_state("kbt", segments_done=9, stale_since=since, stale_weight="wording")
    set_state("pdt", segments_done=8, stale_since=since, stale_weight="wording")
    set_state("kontakt", live=False)
    set_state("parterapi", live=False, segments_done=2)
    Page.objects.filter(slug="somn").update(live=False)
    ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Nyhet")
    found = work(english_admin)
    assert found["Svenska"] == {}
    assert list(found["English"]) == [
        "1 Live but behind, the meaning changed",
        "1 Live, source unpublished",
        "2 Live but behind, the wording changed",
        "1 Ready to publish",
        "1 In translation",
        "1 Not started",
    ]
    for words, address in found["English"].items():
        listed = BeautifulSoup(english_admin.get(address).content, "html.parser")
        assert len(listed.select("table.matrix tbody tr")) == int(words.split()[0])


def test_what_nobody_can_read_yet_is_no_work(all_current: None, english_admin: Client) -> None:
    ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Utkast", live=False)
    assert work(english_admin)["English"] == {}


def test_the_most_urgent_are_one_click_away(set_state: SetState) -> None:
    since = timezone.now() - timedelta(days=1)
    for slug in ("kontakt", "kbt", "pdt", "parterapi", "terapimetoder"):
        set_state(slug, segments_done=9, stale_since=since, stale_weight="wording")
    english = set_state("ipt", segments_done=9, stale_since=since, stale_weight="meaning")
    found = first_in_line(log_in("translator"), "en")
    assert len(found) == 5
    assert next(iter(found.items())) == (english.title, f"/admin/pages/{english.pk}/edit/#next")
    # Who translates into Swedish has nothing to do with the English pages.
    assert first_in_line(log_in("translator-sv"), "en") == {}


def test_what_was_asked_for_is_work_before_its_original_is_published(
    set_state: SetState, english_admin: Client
) -> None:
    set_state("parterapi", live=False, segments_done=2)
    Page.objects.filter(slug="parterapi").update(live=False)
    assert list(work(english_admin)["English"]) == ["1 In translation"]


def test_who_only_looks_has_no_panel(db: None) -> None:
    assert work(log_in("reviewer")) == {}


def test_who_may_edit_nothing_has_no_panel(db: None) -> None:
    group = Group.objects.create(name="Prov")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    get_user_model().objects.create_user("prov", password=None).groups.add(group)
    client = log_in("prov")
    assert client.get("/admin/").status_code == 200
    assert work(client) == {}


@pytest.mark.parametrize(
    ("username", "heading"), [("editor", "Översättningar"), ("translator", "Translations")]
)
def test_it_speaks_the_users_language(username: str, heading: str, db: None) -> None:
    soup = BeautifulSoup(log_in(username).get("/admin/").content, "html.parser")
    assert heading in soup.select_one("#translations-section").get_text()
