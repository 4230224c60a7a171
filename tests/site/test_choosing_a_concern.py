"""Tests the list of methods filtered by a concern."""

import pytest
from django.test import Client

from pages.models import Concern, TherapyMethodPage
from tests.factories import ConcernFactory
from tests.reading import soup_of


@pytest.fixture
def narrowed(db: None) -> None:
    """Let concerns have no pages of their own."""
    Concern.objects.update(page=None)


CHOICES = pytest.mark.parametrize(
    ("path", "heading", "count"),
    [
        ("/terapimetoder/?concern=sorg", "Terapimetoder: Sorg", "2 metoder"),
        ("/terapimetoder/?concern=somn", "Terapimetoder: Sömn", "1 metod"),
        ("/en/therapy-methods/?concern=grief", "Therapy methods: Grief", "2 methods"),
    ],
)


@pytest.mark.usefixtures("narrowed")
@CHOICES
def test_the_methods_come_before_the_choices(
    client: Client, path: str, heading: str, count: str
) -> None:
    main = soup_of(client, path).main
    assert main.h1.get_text() == heading
    assert main.h2.get_text(strip=True) == count
    cards, choices = main.select_one(".cards"), main.select_one(".filter")
    assert choices in cards.find_all_next("nav")
    assert main.select_one(".page-head") is None
    assert main.select_one(".filter [aria-current]").get_text().split()[0] == heading.split()[-1]
    language = soup_of(client, path).html["lang"]
    canonical = soup_of(client, path).select_one("link[rel=canonical]")["href"]
    assert canonical == f"http://testserver{path.split('?')[0]}"
    assert language == ("en" if path.startswith("/en/") else "sv")


@pytest.mark.usefixtures("narrowed")
@pytest.mark.parametrize("path", ["/terapimetoder/", "/en/therapy-methods/"])
def test_every_link_to_a_choice_leads_to_its_results(client: Client, path: str) -> None:
    links = [link["href"] for link in soup_of(client, path).select('a[href*="?concern="]')]
    assert len(links) == 11
    assert all(link.endswith("#results") for link in links)
    narrowed = [soup_of(client, path + link.partition("#")[0]) for link in links]
    assert all(page.find(id="results").h1 for page in narrowed)
    descriptions = {page.select_one("meta[name=description]")["content"] for page in narrowed}
    assert len(descriptions) == 11


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["tomhet", "finns-inte", "grief"])
def test_nothing_found_is_said_first_and_all_are_shown(client: Client, slug: str) -> None:
    ConcernFactory(name="Tomhet", slug="tomhet")
    main = soup_of(client, f"/terapimetoder/?concern={slug}").main
    notice = main.select_one(".results .notice").get_text()
    assert notice.split()[0] == ("Ingen" if slug == "tomhet" else "Vi")
    assert ("Tomhet" in notice) == (slug == "tomhet")
    assert (
        len(main.select(".card"))
        == TherapyMethodPage.objects.filter(locale__language_code="sv", live=True).count()
    )
    assert main.select_one(".filter") in main.select_one(".cards").find_all_next("nav")
