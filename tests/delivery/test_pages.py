"""Tests `pages/`: lists, one page by id and by path, redirects."""

import re
from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Page

from tests.factories import ContentPageFactory
from tests.reading import Api, Walks


def test_the_envelope_of_a_method(answers: dict[str, Any]) -> None:
    answer = answers["/en/therapy-methods/ipt/"]
    assert answer["kind"] == "page"
    assert answer["type"] == "therapy_method"
    assert answer["locale"] == "en"
    assert answer["is_fallback"] is False
    assert answer["html_url"] == "http://testserver/en/therapy-methods/ipt/"
    assert answer["title"] == "IPT – Interpersonal therapy"
    assert answer["translations"] == [
        {
            "locale": "sv",
            "title": "IPT – Interpersonell terapi",
            "path": "/terapimetoder/ipt/",
        }
    ]
    assert [crumb["path"] for crumb in answer["breadcrumbs"]] == ["/en/", "/en/therapy-methods/"]
    content = answer["content"]
    assert content["abbreviation"] == "IPT"
    assert content["sessions"] == {"minimum": 12, "maximum": 16, "minutes": 45}
    assert content["concerns"][0].keys() == {"id", "slug", "name", "path"}
    assert [block["type"] for block in content["body"]] == [
        "list",
        "self_test_cta",
        "steps",
        "list",
        "key_points",
        "image",
        "quote",
        "callout",
        "contact_cta",
        "faq_list",
        "related_methods",
        "sources",
    ]


def test_links_lead_to_pages_in_the_pages_own_language(answers: dict[str, Any]) -> None:
    for path, answer in answers.items():
        prefix = "/en/" if answer["locale"] == "en" else "/"
        for block in answer["content"].get("body", []):
            target = block["value"].get("target") or {}
            if target.get("kind") == "page":
                assert target["locale"] == answer["locale"], path
                assert target["is_fallback"] is False
                assert target["path"].startswith(prefix)


def test_images_have_fixed_widths_in_webp(answers: dict[str, Any]) -> None:
    image = answers["/terapimetoder/ipt/"]["content"]["image"]
    assert [candidate["width"] for candidate in image["srcset"]] == [480, 800, 1200, 1600]
    assert image["src"].endswith(".webp")
    assert image["alt"]
    assert (image["width"], image["height"]) == (800, 500)
    assert image["mime_type"] == "image/webp"
    assert image["url"] == f"http://testserver{image['src']}"
    assert image["original"] == {"width": 1600, "height": 1000, "mime_type": "image/webp"}


def test_images_have_avif_and_crops_with_whole_addresses(
    walks: Walks, answers: dict[str, Any]
) -> None:
    image = answers["/terapimetoder/ipt/"]["content"]["image"]
    avif, webp = image["sources"]
    assert (avif["mime_type"], webp["mime_type"]) == ("image/avif", "image/webp")
    found = re.findall(r"http://testserver/media/\S+\.avif (\d+)w", avif["srcset"])
    assert found == ["480", "800", "1200"]
    assert f"{image['url']} 800w" in webp["srcset"]
    assert {ratio: (crop["width"], crop["height"]) for ratio, crop in image["crops"].items()} == {
        "1:1": (960, 960),
        "4:3": (960, 720),
        "3:2": (960, 640),
        "16:9": (960, 540),
    }
    source = walks["sv"]["/terapimetoder/ipt/"].select_one("picture source")
    assert source["srcset"] == avif["srcset"].replace("http://testserver", "")


def test_nothing_is_heavier_in_avif(db: None) -> None:
    sizes = get_image_model().get_rendition_model().objects
    for avif in sizes.filter(filter_spec__contains="avif"):
        width = avif.filter_spec.partition("|")[0]
        webp = sizes.get(image=avif.image_id, filter_spec=f"{width}|format-webp")
        assert avif.file.size < webp.file.size


def test_rich_text_is_finished_html(answers: dict[str, Any]) -> None:
    for answer in answers.values():
        assert "linktype" not in str(answer)
        assert "data-block-key" not in str(answer)


@pytest.mark.django_db
def test_by_id_equals_by_path(api: Api, answers: dict[str, Any]) -> None:
    for answer in answers.values():
        assert api.get(f"pages/{answer['id']}/") == answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/en/therapy-methods/ipt/",
        "/en/therapy-methods/ipt",
        "en/therapy-methods/ipt/",
        "http://testserver/en/therapy-methods/ipt/",
    ],
)
def test_every_way_to_write_a_path(api: Api, answers: dict[str, Any], path: str) -> None:
    assert api.page(path) == answers["/en/therapy-methods/ipt/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/EN/faq/", "/en-gb/faq/", "/sv/", "/sv/kontakt/"])
def test_a_misspelt_language_prefix_leads_nowhere(api: Api, path: str) -> None:
    assert api.problem("pages/by-path/", path=path)["status"] == 404
    assert api.client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_path_with_swedish_letters_resolves(api: Api) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="ångest-på-natten")
    answer = api.get(f"pages/{page.pk}/")
    assert answer["path"] == "/%C3%A5ngest-p%C3%A5-natten/"
    for path in (answer["path"], answer["html_url"], "/ångest-på-natten/"):
        assert api.page(path) == answer


@pytest.mark.django_db
def test_an_editors_redirect_is_told(api: Api) -> None:
    target = Page.objects.get(slug="faq")
    Redirect.add_redirect("/en/questions/", redirect_to=target, is_permanent=True)
    Redirect.add_redirect("/away/", redirect_to="https://www.1177.se/", is_permanent=False)
    assert api.page("/en/questions/") == {
        "kind": "redirect",
        "location": "/en/faq/",
        "permanent": True,
    }
    assert api.page("/away/")["location"] == "https://www.1177.se/"
    target.specific.unpublish()
    assert api.problem("pages/by-path/", path="/en/questions/")["status"] == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({"type": "self_test"}, ["sjalvtest"]),
        ({"concern": "sorg"}, ["ipt", "parterapi"]),
        ({"concern": "finns-inte"}, []),
        (
            {"type": "content", "order": "title"},
            ["integritet", "kontakt", "om-webbplatsen", "tillganglighet"],
        ),
        (
            {"type": "content", "order": "-title"},
            ["tillganglighet", "om-webbplatsen", "kontakt", "integritet"],
        ),
        ({"parent": 999999}, []),
    ],
)
def test_filters_and_order(api: Api, query: dict[str, Any], slugs: list[str]) -> None:
    items = api.get("pages/", locale="sv", **query)["items"]
    assert [item["path"].strip("/").split("/")[-1] for item in items] == slugs


@pytest.mark.django_db
def test_children_of_a_page(api: Api, answers: dict[str, Any]) -> None:
    parent = answers["/terapimetoder/"]["id"]
    items = api.get("pages/", locale="sv", parent=parent)["items"]
    assert len(items) == 8
    assert all(item["path"].startswith("/terapimetoder/") for item in items)


@pytest.mark.django_db
def test_walking_through_a_list(api: Api) -> None:
    everything = api.get("pages/", locale="en", limit=100)
    found, address = [], "/api/delivery/v1/pages/?locale=en&limit=4"
    while address:
        part = api.client.get(address).json()
        found += part["items"]
        last, address = part, part["next"]
    assert found == everything["items"]
    assert everything["count"] == len(found) == 28
    assert everything["next"] is everything["previous"] is None
    assert last["previous"] == "/api/delivery/v1/pages/?locale=en&limit=4&offset=20"
    beyond = api.get("pages/", locale="en", limit=4, offset=500)
    assert (beyond["items"], beyond["next"]) == ([], None)
    assert beyond["previous"] == "/api/delivery/v1/pages/?locale=en&limit=4&offset=24"


@pytest.mark.django_db
def test_a_fallback_must_be_asked_for_and_says_so(api: Api) -> None:
    home = Page.objects.get(slug="hem")
    ContentPageFactory(parent=home, slug="bara-svenska", title="Bara på svenska")
    assert "Bara på svenska" not in str(api.get("pages/", locale="en", limit=100))
    items = api.get("pages/", locale="en", fallback="sv", limit=100)["items"]
    fallbacks = [item for item in items if item["is_fallback"]]
    assert [(item["locale"], item["title"]) for item in fallbacks] == [("sv", "Bara på svenska")]
    assert len(items) == 29
