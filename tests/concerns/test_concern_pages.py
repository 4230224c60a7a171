"""Each concern can have a page of its own: how it can be, what helps, when to seek care."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.journal.version import current_version
from pages.models import Concern, ConcernIndexPage, ConcernPage, TherapyMethodConcern
from tests.reading import Api, soup_of
from tests.review.desk import method

pytestmark = pytest.mark.django_db
ANXIETY = "/hjalp-med/angest/"


@pytest.fixture
def page() -> ConcernPage:
    found: ConcernPage = ConcernPage.objects.get(slug="angest")
    return found


@pytest.fixture
def concern() -> Concern:
    found: Concern = Concern.objects.get(slug="angest")
    return found


def titles(client: Client, path: str = ANXIETY) -> list[str]:
    return [link.get_text() for link in soup_of(client, path).select("main .card-link")]


@pytest.mark.parametrize(
    ("path", "concern"), [(ANXIETY, "angest"), ("/en/help-with/anxiety/", "anxiety")]
)
def test_it_says_what_it_is_like_what_helps_and_when_to_seek_care(
    client: Client, api: Api, path: str, concern: str
) -> None:
    main = soup_of(client, path).main
    content = api.page(path)["content"]
    language = "en" if path.startswith("/en/") else "sv"
    helping = api.get("pages/", locale=language, type="therapy_method", concern=concern)["items"]
    named = [summary["title"] for summary in content["methods"]]
    assert sorted(named) == sorted(item["title"] for item in helping)
    assert named == [link.get_text() for link in main.select(".card-link")]
    headings = [heading.get_text() for heading in main.select("h2")]
    fixed = {
        "sv": ["Så kan det vara", "Metoder som kan hjälpa", "När du bör söka vård"],
        "en": ["What it can be like", "Methods that can help", "When to seek care"],
    }
    assert headings[1:4] == fixed[language]
    assert [label["path"] for label in content["concerns"]] == [path]
    assert content["review"]["reviewer"]["is_made_up"]


def test_choices_lead_to_it(client: Client, api: Api, concern: Concern) -> None:
    chips = {link.get_text(): link["href"] for link in soup_of(client, "/kbt/").select("a.chip")}
    chips |= {
        link.contents[0].strip(): link["href"]
        for link in soup_of(client, "/terapimetoder/").select(".filter a.chip")
    }
    assert chips["Ångest"] == ANXIETY
    labels = {
        label["slug"]: label for label in api.page("/terapimetoder/kbt/")["content"]["concerns"]
    }
    assert labels["angest"]["path"] == ANXIETY
    old = client.get("/terapimetoder/?concern=angest")
    assert (old.status_code, old["Location"]) == (302, ANXIETY)


def test_the_list_of_concerns_names_their_pages(api: Api) -> None:
    paths = {item["slug"]: item["path"] for item in api.get("concerns/", locale="sv")["items"]}
    assert paths["angest"] == ANXIETY
    assert None not in paths.values()


def test_a_choice_without_methods_leads_to_the_page_too(client: Client) -> None:
    TherapyMethodConcern.objects.filter(concern__slug="somn").delete()
    answer = client.get("/terapimetoder/?concern=somn")
    assert (answer.status_code, answer["Location"]) == (302, "/hjalp-med/somn/")


def test_only_what_is_a_condition_is_called_one(api: Api) -> None:
    for path, kind in ((ANXIETY, "MedicalCondition"), ("/hjalp-med/sorg/", None)):
        about = api.page(path)["seo"]["json_ld"][0]["about"]
        assert (about and about["@type"]) == kind


def test_without_one_the_choice_narrows_the_methods(
    client: Client, api: Api, concern: Concern, page: ConcernPage
) -> None:
    assert client.get(ANXIETY).status_code == 200
    assert client.get("/terapimetoder/").status_code == 200
    page.unpublish()
    narrowed = soup_of(client, "/terapimetoder/?concern=angest").main
    assert narrowed.h1.get_text() == "Terapimetoder: Ångest"
    links = {link["href"] for link in soup_of(client, "/terapimetoder/").select(".filter a.chip")}
    assert "?concern=angest#results" in links
    listed = soup_of(client, "/hjalp-med/").select("main a.chip")
    assert [link["href"] for link in listed if "Ångest" in link.get_text()] == [
        "/terapimetoder/?concern=angest#results"
    ]
    # The English one is still there.
    assert titles(client, "/en/help-with/anxiety/")
    (item,) = [
        each for each in api.get("concerns/", locale="sv")["items"] if each["slug"] == "angest"
    ]
    assert item["path"] is None


def test_its_methods_are_those_that_name_its_concern_now(
    client: Client, concern: Concern, page: ConcernPage
) -> None:
    before = titles(client)
    couples = method("parterapi")
    assert couples.title not in before
    version = current_version()
    couples.concern_links = [
        *couples.concern_links.all(),
        TherapyMethodConcern(concern=concern, locale=couples.locale),
    ]
    couples.save_revision().publish()
    assert couples.title in titles(client)
    assert is_told(client, version)
    couples.title = "Samtal för två"
    couples.save_revision().publish()
    assert "Samtal för två" in titles(client)
    version = current_version()
    couples.unpublish()
    assert titles(client) == before
    assert is_told(client, version)
    # Below a page that is withdrawn, all go.
    couples.get_parent().specific.unpublish()
    assert titles(client) == []
    concern.page = None
    concern.save_revision().publish()
    assert soup_of(client, ANXIETY).select("main .card-link") == []


def test_another_concern_can_lead_to_the_same_page(
    client: Client, concern: Concern, page: ConcernPage
) -> None:
    sleep = Concern.objects.get(slug="somn")
    helping = [link.page.title for link in TherapyMethodConcern.objects.filter(concern=sleep)]
    client.get(ANXIETY)
    sleep.page = page
    sleep.save_revision().publish()
    assert set(helping) <= set(titles(client))
    assert len(titles(client)) == len(set(titles(client)))


def test_an_editor_makes_one_in_the_admin(admin_client: Client) -> None:
    parent = ConcernIndexPage.objects.get(locale__language_code="sv")
    fields = {
        "title": "Oro i kroppen",
        "slug": "oro-i-kroppen",
        "heading": "",
        "introduction": rich_text("<p>En inledning.</p>"),
        "image": "",
        "image_alt_text": "",
        "experience": rich_text("<p>Det kan kännas så här.</p>"),
        "seek_care": rich_text("<p>Ring 1177.</p>"),
        "body": streamfield([]),
        "seo_title": "",
        "search_description": "",
        "comments": inline_formset([]),
        "go_live_at": "",
        "expire_at": "",
        "action-publish": "action-publish",
    }
    url = reverse("wagtailadmin_pages:add", args=["pages", "concernpage", parent.pk])
    response = admin_client.post(url, nested_form_data(fields))
    assert response.status_code == 302, response.context["form"].errors
    made = ConcernPage.objects.get(slug="oro-i-kroppen")
    assert made.live
    concern = Concern.objects.get(slug="somn")
    edit = reverse(concern.snippet_viewset.get_url_name("edit"), args=[concern.pk])
    assert 'name="page"' in admin_client.get(edit).content.decode()


def test_search_finds_the_page_in_place_of_the_concern(client: Client, page: ConcernPage) -> None:
    def found() -> list[tuple[str, str]]:
        hits = soup_of(client, "/sok/?q=ångest").select(".search-hit h3 a")
        return [(hit.get_text(), hit["href"]) for hit in hits]

    assert ("Ångest", ANXIETY) in found()
    assert not [href for _title, href in found() if "?concern=angest" in href]
    page.unpublish()
    assert ("Ångest", "/terapimetoder/?concern=angest#results") in found()


def test_the_index_and_a_page_take_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, settings: Any
) -> None:
    settings.RESPONSE_CACHE = False
    for path in (ANXIETY, "/hjalp-med/"):
        client.get(path)
        with django_assert_max_num_queries(38):
            assert client.get(path).status_code == 200


def is_told(client: Client, version: int, path: str = ANXIETY) -> bool:
    """Return whether the feed names a path as one that differs since a version."""
    items = client.get(f"/api/delivery/v1/changes/?since={version}").json()["items"]
    return any(item["everything"] or path in item["paths"] for item in items)


def test_where_a_language_has_no_page_its_choice_stays_a_choice(
    client: Client, page: ConcernPage
) -> None:
    """A page of another language is no answer to a chip."""
    english = page.get_translation(Locale.objects.get(language_code="en"))
    english.unpublish()
    chips = soup_of(client, "/en/therapy-methods/").select(".filter a.chip")
    hrefs = {link.contents[0].strip(): link["href"] for link in chips}
    assert hrefs["Anxiety"] == "?concern=anxiety#results"
    assert Page.objects.get(slug="angest").live


def test_the_root_of_the_tree_is_no_page_of_a_concern(concern: Concern) -> None:
    concern.page = Page.objects.get(depth=1)
    with pytest.raises(ValidationError, match="sida om en sökorsak"):
        concern.full_clean()
