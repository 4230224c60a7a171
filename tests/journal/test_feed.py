"""Tests the feed of changes: slices, paths to drop, and pages to build again."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from cms.journal.version import current_version
from faq.models import FaqEntry
from pages.models import Concern, SelfTestCallToAction, SiteFurniture, TherapyMethodPage
from tests.factories import ConcernFactory, FaqEntryFactory
from tests.journal.conftest import Journal, MakePage
from tests.reading import API, Api


def publish(instance: Any, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(instance, name, value)
    instance.save_revision().publish()


def the_item(journal: Journal) -> Any:
    (item,) = journal.feed()
    return item


# --- Slices ----------------------------------------------------------------------------------


def test_an_item_has_exactly_these_fields(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    assert journal.feed() == [
        {
            "version": journal.start + 1,
            "time": journal.feed()[0]["time"],
            "action": "published",
            "kind": "page",
            "type": "content",
            "id": page.pk,
            "locale": "sv",
            "path": "/sida/",
            "paths": ["/", "/sida/"],
            "everything": False,
        }
    ]


def test_slices_follow_each_other_to_the_end(api: Api, client: Client, journal: Journal) -> None:
    ConcernFactory.create_batch(5)
    seen, address = [], f"{API}changes/?since={journal.start}&limit=2"
    while address:
        answer = client.get(address).json()
        seen += [item["version"] for item in answer["items"]]
        assert answer["version"] == journal.start + 5
        address = answer["next"]
    assert seen == list(range(journal.start + 1, journal.start + 6))
    at_the_end = api.get("changes/", since=journal.start + 5)
    assert (at_the_end["items"], at_the_end["next"]) == ([], None)


def test_a_first_reader_gets_everything_from_the_beginning(api: Api, site: Site) -> None:
    answer = api.get("changes/", since=0)
    assert answer["version"] == current_version() > 100
    assert answer["next"] == f"{API}changes/?since=100&limit=100"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({}, "since"),
        ({"since": "x"}, "since"),
        ({"since": -1}, "since"),
        ({"since": 2**31}, "since"),
        ({"since": ""}, "since"),
        ({"since": [1, 2]}, "since"),
        ({"since": 0, "limit": 0}, "limit"),
        ({"since": 0, "limit": 101}, "limit"),
        ({"since": 0, "page": 1}, "page"),
    ],
)
def test_what_cannot_be_asked(api: Api, site: Site, query: Any, named: str) -> None:
    problem = api.problem("changes/", **query)
    assert problem["status"] == 400
    assert named in problem["detail"]


def test_a_version_that_never_was(api: Api, site: Site) -> None:
    version = current_version()
    problem = api.problem("changes/", since=version + 1)
    assert problem["status"] == 410
    assert f"go on from version {version}" in problem["detail"]


def test_the_number_of_queries_does_not_grow(
    client: Client, make_page: MakePage, journal: Journal
) -> None:
    page = make_page("sida")
    entry = FaqEntryFactory(answer=f'<p><a linktype="page" id="{page.pk}">x</a></p>')
    image = TherapyMethodPage.objects.filter(image__isnull=False).first().image

    def change_each() -> None:
        for changed in (page, entry, image):
            changed.save()

    def count() -> int:
        address = f"{API}changes/?since={journal.start}"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        # No redirect has changed, so none is read, however many there are.
        assert not [query for query in queries if "wagtailredirects" in query["sql"]]
        return len(queries)

    journal.restart()
    change_each()
    # Twice, since the first reading may load content types that the process keeps.
    count()
    few = count()
    for _number in range(32):
        change_each()
    page.save()
    assert len(journal.feed()) == 100
    assert count() == few <= 20


# --- Which pages differ ----------------------------------------------------------------------


def test_translations_lists_and_referring_pages_differ(
    make_page: MakePage, journal: Journal, en: Locale
) -> None:
    method = TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")
    make_page("pekar", introduction=f'<p><a linktype="page" id="{method.pk}">x</a></p>')
    make_page("pekar-inte")
    journal.restart()
    publish(method, abbreviation="X", change_weight="wording")
    paths = the_item(journal)["paths"]
    english = method.get_translation(en).url
    assert {"/terapimetoder/kbt/", english, "/terapimetoder/", "/pekar/"} <= set(paths)
    assert "/pekar-inte/" not in paths
    assert "/en/therapy-methods/" not in paths


def test_pages_with_a_snippet_that_refers_to_the_page(
    make_page: MakePage, journal: Journal, sv: Locale
) -> None:
    target = make_page("mal")
    cta = SelfTestCallToAction.objects.filter(locale=sv).first()
    cta.target_page, cta.target_url = target, ""
    cta.save()
    user = make_page(
        "anvander", body=json.dumps([{"type": "self_test_cta", "value": {"cta": cta.pk}}])
    )
    journal.restart()
    publish(target, title="Nytt namn")
    assert user.url in the_item(journal)["paths"]


def test_a_question_changes_the_pages_of_its_language(journal: Journal, sv: Locale) -> None:
    publish(FaqEntryFactory())
    journal.restart()
    publish(FaqEntry.objects.filter(locale=sv, live=True).last())
    paths = the_item(journal)["paths"]
    assert "/vanliga-fragor/" in paths
    assert not [path for path in paths if path.startswith("/en/")]


def test_a_concern_changes_the_methods_it_is_on_and_their_lists(
    journal: Journal, sv: Locale
) -> None:
    concern = Concern.objects.get(slug="sorg", locale=sv)
    methods = TherapyMethodPage.objects.filter(concern_links__concern=concern)
    assert methods
    publish(concern)
    paths = set(the_item(journal)["paths"])
    assert {method.url for method in methods} | {"/terapimetoder/"} <= paths


def test_a_deleted_page_tells_who_referred_to_it(
    make_page: MakePage, journal: Journal, en: Locale
) -> None:
    page = make_page("sida")
    below = make_page("under", page)
    make_page("pekar", introduction=f'<p><a linktype="page" id="{below.pk}">x</a></p>')
    translation = page.copy_for_translation(en)
    publish(translation, title="Page", introduction="<p>An introduction.</p>")
    journal.restart()
    Page.objects.get(pk=page.pk).delete()
    item = the_item(journal)
    assert (item["action"], item["path"]) == ("deleted", "/sida/")
    assert set(item["paths"]) == {"/", "/pekar/", translation.url}


def test_a_deleted_snippet_tells_where_it_was(
    make_page: MakePage, journal: Journal, sv: Locale
) -> None:
    concern = Concern.objects.get(slug="sorg", locale=sv)
    methods = {
        page.url for page in TherapyMethodPage.objects.filter(concern_links__concern=concern)
    }
    concern.delete()
    # Besides it, the pages that showed it tell of no review any more.
    (item,) = [item for item in journal.feed() if item["kind"] == "snippet"]
    assert (item["action"], item["kind"], item["type"]) == ("deleted", "snippet", "pages.Concern")
    assert methods | {"/terapimetoder/"} <= set(item["paths"])


def test_a_moved_page_takes_what_is_below_along(make_page: MakePage, journal: Journal) -> None:
    page, target = make_page("sida"), make_page("mal")
    below = make_page("under", page)
    make_page("pekar", introduction=f'<p><a linktype="page" id="{below.pk}">x</a></p>')
    journal.restart()
    page.move(target, pos="last-child")
    item = journal.feed()[0]
    assert (item["action"], item["path"]) == ("moved", "/sida/")
    assert set(item["paths"]) == {"/", "/mal/", "/mal/sida/", "/mal/sida/under/", "/pekar/"}


def test_a_new_title_is_in_the_breadcrumbs_below(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    make_page("under", page)
    journal.restart()
    publish(Page.objects.get(pk=page.pk).specific, heading="Ny")
    publish(Page.objects.get(pk=page.pk).specific, title="Nytt namn")
    assert [item["paths"] for item in journal.feed()] == [
        ["/", "/sida/"],
        ["/", "/sida/", "/sida/under/"],
    ]


# --- When any page may differ ----------------------------------------------------------------


def test_the_menu(make_page: MakePage, journal: Journal, en: Locale) -> None:
    page = make_page("meny", show_in_menus=True)
    publish(page, title="Nytt namn")
    publish(page, heading="Bara rubriken")
    new, renamed, changed = journal.feed()
    for item in (new, renamed):
        assert (item["everything"], item["locale"], item["paths"]) == (True, "sv", [])
    assert not changed["everything"]
    words = {"title": "Menu", "heading": "", "introduction": "<p>An introduction.</p>"}
    publish(page.copy_for_translation(en), **words)
    journal.restart()
    page.unpublish()
    item = the_item(journal)
    assert (item["everything"], item["locale"], item["path"]) == (True, None, "/meny/")


def test_the_frame_of_a_language(journal: Journal, sv: Locale) -> None:
    publish(SiteFurniture.objects.get(locale=sv))
    item = the_item(journal)
    assert (item["everything"], item["locale"], item["paths"]) == (True, "sv", [])


def test_a_page_that_the_footer_links_to(journal: Journal, sv: Locale) -> None:
    furniture = SiteFurniture.objects.get(locale=sv)
    page = Page.objects.get(pk=furniture.footer_pages[0].value.pk).specific
    publish(page, heading="Ny rubrik")
    publish(page, title="Nytt namn")
    assert [item["everything"] for item in journal.feed()] == [False, True]
    # A page of the menu would be on every page anyway.
    publish(page, show_in_menus=False)
    journal.restart()
    Page.objects.get(pk=page.pk).delete()
    item = journal.feed()[0]
    assert (item["action"], item["everything"]) == ("deleted", True)


def test_sites_and_languages(journal: Journal, site: Site) -> None:
    site.site_name = "Nytt namn"
    site.save()
    Locale.objects.create(language_code="fi")
    for item in journal.feed():
        assert (item["everything"], item["locale"], item["path"]) == (True, None, None)


def test_the_home_page_of_a_language(journal: Journal, en: Locale) -> None:
    home = Page.objects.get(depth=2, locale=en).specific
    publish(home, heading="Ny")
    assert not the_item(journal)["everything"]
    journal.restart()
    home.unpublish()
    item = the_item(journal)
    assert (item["path"], item["everything"], item["locale"]) == ("/en/", True, None)


def test_pages_without_an_image_show_that_of_the_home_page_in_link_previews(
    api: Api, journal: Journal, home: Page
) -> None:
    before = api.page("/kontakt/")["seo"]["image_alt"]
    publish(home.specific, image_alt_text="En annan bild")
    paths = the_item(journal)["paths"]
    assert "/kontakt/" in paths
    assert not {"/terapimetoder/ipt/", "/en/contact/"} & {*paths}
    assert api.page("/kontakt/")["seo"]["image_alt"] == "En annan bild" != before


def test_a_home_page_keeps_its_path_whatever_its_slug(journal: Journal, home: Page) -> None:
    publish(home.specific, slug="start")
    item = the_item(journal)
    assert (item["action"], item["path"]) == ("published", "/")
