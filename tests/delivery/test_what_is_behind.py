"""The API names what a translation that is behind in meaning does not have yet."""

import json
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail_localize.models import Translation

from cms.translation.engine.moved_blocks import BLOCK_ID
from faq.models import FaqEntry
from pages.models import TherapyMethodPage
from tests.reading import Api
from tests.translation.conftest import publish
from tests.translation.conftest import translation_of as of
from tests.translation.desk.reading import Desk, log_in


def behind(api: Api, page: Any) -> Any:
    """Return the answer for the English page, by id and by address alike."""
    target = of(page).get_target_instance()
    answer = api.get(f"pages/{target.pk}/")
    assert api.get("pages/by-path/", path=answer["path"])["stale_parts"] == answer["stale_parts"]
    return answer


def method() -> Any:
    return TherapyMethodPage.objects.get(slug="kbt", locale__language_code="sv")


def stored_blocks(page: Any) -> Any:
    return json.loads(json.dumps(page.body.get_prep_value()))


def test_what_is_current_names_nothing(site: Any, api: Api) -> None:
    assert behind(api, method())["stale_parts"] == []


def test_texts_and_what_is_no_text_are_named_by_their_places(site: Any, api: Api) -> None:
    page = method()
    blocks = stored_blocks(page)
    section = next(block for block in blocks if block["type"] == "section")
    section["value"]["heading"] = "En ny rubrik"
    publish(page, "meaning", title="Ny titel", body=json.dumps(blocks), session_minutes=50)
    answer = behind(api, page)
    assert answer["stale_since"] is not None
    assert answer["stale_parts"] == ["body.section.heading", "session_minutes", "title"]


def test_blocks_are_named_by_their_types_also_when_they_are_gone(site: Any, api: Api) -> None:
    page = method()
    blocks = stored_blocks(page)
    gone = blocks.index(next(block for block in blocks if block["type"] == "section"))
    del blocks[gone]
    publish(page, "meaning", title="Ny titel", body=json.dumps(blocks))
    found = behind(api, page)["stale_parts"]
    assert {"body", "body.section.heading", "body.section.text", "title"} <= {*found}
    assert not any(BLOCK_ID.search(place) for place in found)


def test_a_change_of_wording_is_not_told(site: Any, api: Api) -> None:
    page = method()
    publish(page, "wording", title="Ny titel")
    answer = behind(api, page)
    assert (answer["stale_since"], answer["stale_parts"]) == (None, [])


def test_an_image_that_waits_with_a_text_is_named(site: Any, api: Api) -> None:
    page = method()
    other = get_image_model().objects.exclude(pk=page.image_id).first()
    publish(page, "meaning", title="Ny titel", image=other, image_alt_text="En bild")
    assert behind(api, page)["stale_parts"] == ["image", "image_alt_text", "title"]
    publish(page, "wording", title=page.title)
    assert behind(api, page)["stale_parts"] == ["image", "image_alt_text"]


def test_a_question_names_what_is_behind_in_lists_and_on_pages(site: Any, api: Api) -> None:
    keys = FaqEntry.objects.filter(live=True).values("translation_key")
    translation = Translation.objects.filter(
        source__object__in=keys, source__locale__language_code="sv"
    ).first()
    assert translation is not None
    publish(translation.source.get_source_instance(), "meaning", question="Är frågan en annan nu?")
    target = translation.get_target_instance()
    items = api.get("faqs/", locale="en", limit=100)["items"]
    told = {item["id"]: item["stale_parts"] for item in items}
    assert told.pop(target.pk) == ["question"]
    assert set(map(tuple, told.values())) == {()}


def test_it_ends_when_the_translation_is_published(site: Any, api: Api) -> None:
    page = method()
    publish(page, "meaning", title="Ny titel")
    translation: Translation = of(page)
    Desk(log_in("admin"), translation).write("title", "New title", "action-publish")
    assert behind(api, page)["stale_parts"] == []


def test_it_takes_no_query_more(site: Any, api: Api) -> None:
    page = method()
    target = of(page).get_target_instance()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            api.get(f"pages/{target.pk}/")
        return len(found)

    queries()
    before = queries()
    publish(page, "meaning", title="Ny titel")
    api.get(f"pages/{page.pk}/")
    assert queries() <= before + 1
