"""Tests what `pages/` gives for many at once: ids, several values, chosen fields, whole pages."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from pages.models import TherapyMethodPage
from tests.factories import ContentPageFactory
from tests.reading import API, Api
from tests.site.test_query_counts import add_methods, block, count_queries


@pytest.mark.django_db
def test_ids_keep_their_order(api: Api) -> None:
    everything = [item["id"] for item in api.get("pages/", locale="sv", limit=100)["items"]]
    english = api.get("pages/", locale="en", limit=1)["items"][0]["id"]
    wanted = [everything[5], everything[0], everything[9]]
    asked = f"{wanted[0]},999999,{wanted[1]},{english},{wanted[0]},{wanted[2]}"
    answer = api.get("pages/", locale="sv", ids=asked)
    assert [item["id"] for item in answer["items"]] == wanted
    assert answer["count"] == 3
    assert api.get("pages/", locale="sv", ids=asked.split(","))["items"] == answer["items"]
    everything = api.get("pages/", locale="sv", order="title", limit=100)["items"]
    by_title = api.get("pages/", locale="sv", ids=asked, order="title")["items"]
    assert by_title == [item for item in everything if item["id"] in wanted]
    assert api.get("pages/", locale="sv", ids=999999)["items"] == []


@pytest.mark.django_db
def test_ids_of_another_language_need_a_fallback(api: Api) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="bara-svenska")
    assert api.get("pages/", locale="en", ids=page.pk)["count"] == 0
    (item,) = api.get("pages/", locale="en", fallback="sv", ids=page.pk)["items"]
    assert (item["id"], item["locale"], item["is_fallback"]) == (page.pk, "sv", True)


@pytest.mark.django_db
def test_several_types_and_concerns(api: Api) -> None:
    def found(**query: Any) -> set[int]:
        return {item["id"] for item in api.get("pages/", locale="sv", limit=100, **query)["items"]}

    both = found(type=["self_test", "content"])
    assert both == found(type="self_test") | found(type="content")
    assert len(both) == 5
    grief, worry = found(concern="sorg"), found(concern="angest")
    assert found(concern=["sorg", "angest"]) == grief | worry
    assert grief - worry
    assert worry - grief
    assert found(concern=["sorg", "finns-inte"]) == grief


@pytest.mark.django_db
def test_what_was_published_since_a_time(api: Api) -> None:
    page = Page.objects.get(slug="kontakt").specific
    page.save_revision().publish()
    page.refresh_from_db()
    time = page.last_published_at
    for since in (time.isoformat(), f"{time:%Y-%m-%dT%H:%M:%S.%fZ}"):
        items = api.get("pages/", locale="sv", changed_since=since)["items"]
        assert [item["id"] for item in items] == [page.pk]
    later = (time + timezone.timedelta(microseconds=1)).isoformat()
    assert api.get("pages/", locale="sv", changed_since=later)["count"] == 0
    for leap in ("2016-12-31T23:59:60Z", "2016-12-31t23:59:60.5z", "2017-01-01T00:59:60+01:00"):
        assert api.get("pages/", locale="sv", changed_since=leap)["count"] == 28


@pytest.mark.django_db
def test_a_list_has_the_chosen_fields(api: Api) -> None:
    whole = api.get("pages/", locale="sv", limit=3)
    some = api.get("pages/", locale="sv", limit=3, fields="title,path")
    assert some["count"] == whole["count"]
    assert some["items"] == [
        {name: item[name] for name in ("id", "type", "title", "path")} for item in whole["items"]
    ]
    repeated = api.get("pages/", locale="sv", limit=3, fields=["title", "path"])
    assert repeated["items"] == some["items"]


@pytest.mark.django_db
def test_a_page_has_the_chosen_fields(api: Api, answers: dict[str, Any]) -> None:
    whole = answers["/en/therapy-methods/ipt/"]
    expected = {name: whole[name] for name in ("kind", "id", "type", "seo", "content")}
    assert api.get(f"pages/{whole['id']}/", fields="seo,content") == expected
    response = api.response("pages/by-path/", path=whole["path"], fields="seo,content")
    assert response.json() == expected
    assert response["Content-Language"] == "en"
    assert response["Cache-Tag"].startswith(f"page-{whole['id']}")
    everything = api.get(f"pages/{whole['id']}/", fields=",".join(whole))
    assert everything == whole


@pytest.mark.django_db
@pytest.mark.sampled
@pytest.mark.parametrize("rich_text", ["html", "markdown"])
@pytest.mark.parametrize("locale", ["sv", "en"])
def test_whole_pages_are_those_of_their_own_addresses(
    api: Api, locale: str, rich_text: str
) -> None:
    plain = api.get("pages/", locale=locale, limit=100)["items"]
    assert all("page" not in item for item in plain)
    items = api.get("pages/", locale=locale, limit=100, include="content", rich_text=rich_text)[
        "items"
    ]
    assert len(items) == len(plain) == 28
    for item, without in zip(items, plain, strict=True):
        page = item.pop("page")
        assert item == without
        assert page == api.get(f"pages/{page['id']}/", rich_text=rich_text)


@pytest.mark.django_db
def test_whole_pages_with_a_fallback_say_so(api: Api) -> None:
    ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="bara-svenska")
    items = api.get("pages/", locale="en", fallback="sv", limit=100, include="content")["items"]
    (item,) = [item for item in items if item["is_fallback"]]
    assert (item["page"]["locale"], item["page"]["is_fallback"]) == ("sv", True)
    assert item["page"]["path"] == "/bara-svenska/"
    (chosen,) = api.get("pages/", locale="sv", ids=item["id"], include="content", fields="title")[
        "items"
    ]
    assert chosen.keys() == {"id", "type", "title", "page"}


@pytest.mark.django_db
def test_whole_pages_of_1_or_100_cost_the_same(client: Client) -> None:
    index = Page.objects.get(slug="terapimetoder")
    address = f"{API}pages/?locale=sv&parent={index.pk}&include=content"
    fill_all(index)
    few = count_queries(client, f"{address}&limit=1")
    add_methods(100)
    fill_all(index)
    many = count_queries(client, f"{address}&limit=100")
    assert len(client.get(f"{address}&limit=100").json()["items"]) == 100
    assert many <= few <= 24


def fill_all(index: Page) -> None:
    """Write a body into each method that refers to other pages and images."""
    other = TherapyMethodPage.objects.get(slug="ipt", locale=index.locale)
    link = f'<p><a linktype="page" id="{other.pk}">länk</a></p>'
    body = [
        block("section", {"heading": "Rubrik", "text": link}),
        block("related_methods", {"heading": "Mer", "methods": [other.pk]}),
        block("image", {"image": other.image_id, "alt_text": "x", "decorative": False}),
    ]
    TherapyMethodPage.objects.child_of(index).update(body=json.dumps(body))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("type=blog&type=content", "type: Input should be 'concern_index'"),
        ("type=content,faq", "type: "),
        ("type=content&type=", "type: is blank"),
        ("concern=sorg&concern=%00", "concern: contains"),
        ("&".join(f"concern=c{number}" for number in range(21)), "concern: "),
        ("ids=a", "ids: "),
        ("ids=1,,2", "ids: "),
        ("ids=0", "ids: "),
        ("ids=99999999999999999999", "ids: "),
        ("ids=1&ids=", "ids: is blank"),
        (f"ids={','.join(map(str, range(1, 102)))}", "ids: List should have at most 100 items"),
        ("changed_since=2026-11-27", "changed_since: is no date and time such as"),
        ("changed_since=2026-11-27T10:00:00", "changed_since: "),
        ("changed_since=2026-11-27T10:00:00+01:00", "changed_since: "),
        ("changed_since=2026-13-27T10:00:00Z", "changed_since: "),
        ("changed_since=1764230400", "changed_since: "),
        # No time in UTC.
        ("changed_since=0001-01-01T00:00:00%2B23:59", "changed_since: is no date and time"),
        ("changed_since=9999-12-31T23:59:59-23:59", "changed_since: is no date and time"),
        (
            "changed_since=2026-11-27T10:00:00Z&changed_since=2026-11-27T10:00:00Z",
            "changed_since: given 2 times",
        ),
        ("fields=colour", "fields: Input should be 'id'"),
        ("fields=title,,path", "fields: "),
        ("fields=content", "fields: "),
        ("include=everything", "include: Input should be 'content'"),
        ("include=content&include=content", "include: given 2 times"),
        ("parent=1&parent=2", "parent: given 2 times"),
    ],
)
def test_a_bad_value_is_named(api: Api, query: str, named: str) -> None:
    response = api.client.get(f"{API}pages/?locale=sv&{query}")
    assert response.status_code == 400, response.content
    assert named in response.json()["detail"]
