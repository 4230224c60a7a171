"""Tests `export/`: whole pages line by line, told apart from a connection that was cut."""

import json
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.caching.answer_store import answers
from pages.models import ContentPage, TherapyMethodPage
from tests.factories import ContentPageFactory
from tests.reading import API, Api, text_of
from tests.site.test_query_counts import add_methods

EXPORT = f"{API}export/?locale=sv"


def lines(response: Any) -> list[Any]:
    text = text_of(response)
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize("locale", ["sv", "en"])
def test_it_gives_every_page_of_the_language(api: Api, locale: str) -> None:
    response = api.response("export/", locale=locale)
    assert response["Content-Type"] == "application/jsonl"
    assert response["Content-Language"] == locale
    *pages, end = lines(response)
    items = api.get("pages/", locale=locale, limit=100, include="content")["items"]
    assert pages == [item["page"] for item in items]
    assert end == {"kind": "end", "version": end["version"], "count": len(pages)}
    assert end["version"] == api.get("changes/", since=0)["version"]


@pytest.mark.django_db
def test_a_fallback_and_markdown_must_be_asked_for(api: Api) -> None:
    ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="bara-svenska")
    assert "bara-svenska" not in text_of(api.response("export/", locale="en"))
    response = api.response("export/", locale="en", fallback="sv", rich_text="markdown")
    assert "Content-Language" not in response.headers
    *pages, _end = lines(response)
    (page,) = [page for page in pages if page["is_fallback"]]
    assert (page["locale"], page["path"]) == ("sv", "/bara-svenska/")
    assert page["content"]["introduction"] == {"markdown": "En provinledning."}


def test_it_is_not_sent_again_while_nothing_changes(reader: Client) -> None:
    first = reader.get(EXPORT)
    etag = first["ETag"]
    assert "public" in first["Cache-Control"]
    assert lines(first)[-1]["kind"] == "end"
    with CaptureQueriesContext(connection) as queries:
        again = reader.get(EXPORT, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert len(queries) <= 2, "The pages are not read for it."
    for other in ("?locale=en", "?locale=sv&fallback=en", "?locale=sv&rich_text=markdown"):
        assert reader.get(f"{API}export/{other}")["ETag"] != etag
    ContentPage.objects.get(slug="kontakt").save_revision().publish()
    changed = reader.get(EXPORT, headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_head_gives_the_tag_without_the_pages(reader: Client) -> None:
    whole = reader.get(EXPORT)
    with CaptureQueriesContext(connection) as queries:
        head = reader.head(EXPORT)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Language", "Cache-Control"):
        assert head[name] == whole[name]
    assert len(queries) <= 2
    assert reader.head(EXPORT, headers={"if-none-match": head["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_who_is_logged_in_gets_the_same_lines(client: Client, admin_client: Client) -> None:
    assert text_of(admin_client.get(EXPORT)) == text_of(client.get(EXPORT))


@pytest.mark.django_db
def test_a_change_in_the_middle_shows_and_is_told(client: Client, api: Api) -> None:
    """What is hidden while the export runs is in none of its later lines."""
    add_methods(150)
    before = api.get("changes/", since=0)["version"]
    stream = iter(client.get(EXPORT).streaming_content)
    first = next(stream).splitlines()
    assert len(first) == 100
    index = Page.objects.get(slug="terapimetoder")
    for page in Page.objects.child_of(index).order_by("-path")[:2]:
        page.unpublish()
    hidden = Page.objects.child_of(index).live().order_by("-path").first()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="ny-sida")
    rest = b"".join(stream).splitlines()
    end = json.loads(rest.pop())
    ids = [json.loads(line)["id"] for line in [*first, *rest]]
    assert end == {"kind": "end", "version": before, "count": len(ids)}
    shown = {item["id"] for item in walk_all(api)}
    assert set(ids) == shown - {Page.objects.get(slug="ny-sida").pk}
    told = api.get("changes/", since=end["version"])["items"]
    assert "/ny-sida/" in {change["path"] for change in told}


@pytest.mark.django_db
def test_a_broken_page_takes_no_other_with_it(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    *sound, _end = lines(api.response("export/", locale="sv"))
    broken = ContentPageFactory(parent=Page.objects.get(slug="hem"))
    # Of a type that the code no longer has.
    gone = ContentType.objects.create(app_label="pages", model="gone")
    Page.objects.filter(pk=broken.pk).update(content_type=gone)
    *pages, end = lines(api.response("export/", locale="sv"))
    assert [page["id"] for page in pages] == [page["id"] for page in sound]
    assert end["count"] == len(pages)
    assert f"Page {broken.pk} is left out of an export" in caplog.text


def walk_all(api: Api) -> list[Any]:
    found, address = [], f"{API}pages/?locale=sv&limit=100"
    while address:
        answer = api.client.get(address).json()
        found += answer["items"]
        address = answer["next"]
    return found


@pytest.mark.django_db
def test_each_hundred_pages_cost_the_same(client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(client.get(EXPORT))
        return len(queries)

    add_methods(200)
    count()
    some = count()
    add_methods(100)
    more = count() - some
    add_methods(200)
    assert count() - some - more == 2 * more
    assert more <= 14


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "locale: this query parameter is required"),
        ("locale=de", "locale: must be one of sv, en"),
        ("locale=sv&fallback=de", "fallback"),
        ("locale=sv&limit=10", "limit"),
        ("locale=sv&locale=en", "locale: given 2 times"),
        ("locale=sv&rich_text=rtf", "rich_text"),
    ],
)
def test_a_bad_parameter_is_named(api: Api, query: str, named: str) -> None:
    response = api.client.get(f"{API}export/?{query}")
    assert response.status_code == 400
    assert named in response.json()["detail"]


def test_kept_answers_are_its_lines_for_as_long_as_they_hold(reader: Client, settings: Any) -> None:
    def export() -> Any:
        settings.RESPONSE_CACHE = True
        given = text_of(reader.get(EXPORT))
        settings.RESPONSE_CACHE = False
        assert given == text_of(reader.get(EXPORT))
        settings.RESPONSE_CACHE = True
        return given

    pages = [json.loads(line) for line in export().splitlines()[:-1]]
    for place, page in enumerate(pages):
        if place % 3:
            reader.get(f"{API}pages/{page['id']}/", headers={"accept-encoding": "br"})
    export()
    method = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    method.heading = "En annan rubrik"
    method.save_revision().publish()
    assert "En annan rubrik" in export()
    answers.memory.clear()
    export()
    for page in pages:
        reader.get(f"{API}pages/{page['id']}/")
    reader.get(EXPORT)
    with CaptureQueriesContext(connection) as queries:
        text_of(reader.get(EXPORT))
    assert len(queries) <= 5, "Of the pages only their keys are read."
    method.unpublish()
    assert method.pk not in {json.loads(line).get("id") for line in export().splitlines()}
