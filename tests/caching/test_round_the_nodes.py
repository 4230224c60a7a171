"""Tests answers that could outlive a change by ways beside their nodes."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.images import get_image_model

from cms.caching import codings, keys, known_objects
from cms.caching.answer_store import answers
from cms.caching.models import KeptAnswer
from cms.core.models import ImageFault
from cms.public import images, site_facts
from pages.models import Concern, SelfTestCallToAction, TherapyMethodConcern, TherapyMethodPage
from tests.reading import API

from .changes import publish

PAGE = "/terapimetoder/ipt/"


def assert_fresh(reader: Client, settings: Any, address: str) -> None:
    given = reader.get(address)
    settings.RESPONSE_CACHE = False
    known_objects.reset()
    site_facts.reset()
    anew = reader.get(address)
    settings.RESPONSE_CACHE = True
    assert (given.status_code, given.content) == (anew.status_code, anew.content)


def test_a_field_that_is_read_later_is_not_shared(reader: Client, settings: Any) -> None:
    """Django writes it into the object, whose nodes say nothing of it."""
    found = SelfTestCallToAction.objects.filter(live=True, target_page__isnull=False)
    invitation = found.filter(locale__language_code="sv").first()
    assert invitation is not None
    address = f"/api/v2/self-test-ctas/{invitation.pk}/?fields=target_page(search_description)"
    reader.get(address)
    publish(invitation.target_page.specific, search_description="En ny beskrivning")
    assert_fresh(reader, settings, address)


def test_pages_that_others_link_to_keep_their_translations_in_lists(
    reader: Client, settings: Any
) -> None:
    for path in ("/", "/terapimetoder/", "/en/", "/en/therapy-methods/"):
        reader.get(f"{API}pages/by-path/?path={path}")
    assert_fresh(reader, settings, f"{API}urls/?limit=100")
    assert_fresh(reader, settings, f"{API}pages/?locale=sv&include=content&limit=100")


@pytest.mark.parametrize("query", ["concerns/?locale=en", "pages/?locale=en&concern={}&limit=1"])
def test_a_choice_that_goes_with_what_was_chosen(reader: Client, settings: Any, query: str) -> None:
    """An English page has chosen the Swedish concern: its row goes without a save of the page."""
    methods = TherapyMethodPage.objects.filter(live=True, locale__language_code="en")
    page = methods.order_by("path").last()
    assert page is not None
    taken = page.concern_links.values("concern__translation_key")
    concern = Concern.objects.filter(locale__language_code="sv", live=True)
    chosen = concern.exclude(translation_key__in=taken).first()
    assert chosen is not None
    page.concern_links.add(TherapyMethodConcern(concern=chosen, locale=page.locale))
    publish(page)
    english = Concern.objects.get(
        translation_key=chosen.translation_key, locale__language_code="en"
    )
    address = API + query.format(english.slug)
    reader.get(address)
    chosen.delete()
    assert_fresh(reader, settings, address)


@pytest.mark.parametrize("only_purged", [False, True])
def test_sizes_of_images_that_are_made_anew(reader: Client, only_purged: bool) -> None:
    shown = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv").image
    # All sizes of all images would take ten seconds.
    get_image_model().objects.exclude(pk=shown.pk).delete()
    reader.get(PAGE)
    call_command("wagtail_update_image_renditions", verbosity=0, purge_only=only_purged)
    # Those with a row; further sizes have a folder of the image in their addresses.
    found = {*re.findall(r'/media/(images/[^/" ]+\.webp)', reader.get(PAGE).content.decode())}
    sizes = get_image_model().get_rendition_model().objects.filter(file__in=found)
    assert found
    assert found == {*sizes.values_list("file", flat=True)}


def test_sizes_of_an_image_with_a_fault(
    reader: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One size more can be made now, though not all."""
    image = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv").image
    assert image is not None
    image.renditions.all().delete()
    create = type(image).create_rendition
    known: list[Any] = [*images.RENDITION_FILTERS[:1]]

    def create_some(self: Any, wanted: Any) -> Any:
        if wanted not in known:
            raise OSError("The disk is full.")
        return create(self, wanted)

    monkeypatch.setattr(type(image), "create_rendition", create_some)
    images.make_renditions(image)
    assert ImageFault.objects.filter(image=image).exists()
    before = reader.get(PAGE).content
    known += images.RENDITION_FILTERS[1:2]
    images.make_renditions(type(image).objects.get(pk=image.pk))
    assert_fresh(reader, settings, PAGE)
    assert reader.get(PAGE).content != before


def test_long_headers_and_paths_are_not_remembered(reader: Client) -> None:
    remembered = (codings._preferred, keys._is_page)
    before = [function.cache_info().currsize for function in remembered]
    for number in range(5):
        reader.get("/", headers={"accept-encoding": f"br,{'x' * 100_000}{number}"})
        reader.get(f"/{'a' * 60_000}{number}/?a=b")
    after = [function.cache_info().currsize for function in remembered]
    assert sum(after) <= sum(before) + 3


@pytest.mark.sampled
@pytest.mark.parametrize(
    "damage",
    [
        {"nodes": "abc"},
        {"nodes": []},
        {"nodes": {"a": 1}},
        {"nodes": [1, None]},
        {"nodes": [["a"]]},
        {"nodes": 7},
        {"body": b""},
        {"body": b"cut"},
        {"coding": "zstd"},
        {"coding": "gzip"},
        {"headers": []},
        {"headers": {}},
        {"headers": {"ETag": None}},
        {"headers": {"ETag": "x\r\nSet-Cookie: a=b"}},
    ],
    ids=str,
)
@pytest.mark.parametrize("coding", ["br", "gzip", ""])
def test_a_damaged_row_is_made_anew(reader: Client, damage: dict[str, Any], coding: str) -> None:
    whole = reader.get(PAGE, headers={"accept-encoding": "br"})
    content = reader.get(PAGE).content
    KeptAnswer.objects.update(**damage)
    answers.memory.clear()
    response = reader.get(PAGE, headers={"accept-encoding": coding})
    assert response.status_code == 200
    assert codings.decode(response.content, response.get("Content-Encoding", "")) == content
    assert reader.get(PAGE, headers={"accept-encoding": "br"}).content == whole.content


@pytest.mark.parametrize("address", [f"{API}search/?locale=sv&q=", "/sok/?q="])
def test_an_extract_is_of_the_text_as_it_is_now(reader: Client, address: str) -> None:
    """Searches share the texts of pages, which are not kept themselves."""
    page = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    for time in ("nu", "sedan"):
        publish(page, introduction=f"<p>En pärlemor kommer {time}.</p>")
        for _again in range(2):
            assert f"kommer {time}." in reader.get(f"{address}pärlemor").content.decode()
