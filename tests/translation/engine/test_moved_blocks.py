"""Blocks that were cut and pasted have new ids and keep their translations."""

import uuid
from typing import Any

from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine import targets
from cms.translation.engine.moved_blocks import moved_paths
from cms.translation.engine.segments import segment_rows
from pages.models import TherapyMethodPage

from ..conftest import publish, state_of, translate, translation_of


def pasted(page: Any, *at: int) -> list[dict[str, Any]]:
    """The page's blocks as they are stored, with new ids for some."""
    blocks = [dict(block) for block in page.body.raw_data]
    for index in at:
        blocks[index]["id"] = str(uuid.uuid4())
    return blocks


def section(heading: str, text: str) -> dict[str, Any]:
    value = {"heading": heading, "text": text}
    return {"type": "section", "id": str(uuid.uuid4()), "value": value}


def told(translation: Translation) -> bool:
    url = translation.get_target_instance().url
    return "being revised" in Client().get(url).content.decode()


def test_a_pasted_block_leaves_its_translation_current_and_in_place(
    method: TherapyMethodPage,
    method_translation: Translation,
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = {(row.source_text, row.translation.data) for row in segment_rows(method_translation)}
    with django_capture_on_commit_callbacks(execute=True):
        publish(method, weight="meaning", body=pasted(method, *range(len(method.body))))
        assert not told(method_translation)
    rows = segment_rows(method_translation)
    assert {(row.source_text, row.translation.data) for row in rows if row.translation} == before
    assert [row for row in rows if row.problem] == []
    state = state_of(method_translation)
    assert state.stale_since is None
    assert state.segments_done == state.segments_total
    assert not told(method_translation)


def test_publishing_the_translation_afterwards_keeps_it_current(
    method: TherapyMethodPage, method_translation: Translation
) -> None:
    publish(method, weight="meaning", body=pasted(method, 0))
    target = method_translation.get_target_instance()
    target.save()
    assert state_of(method_translation).stale_since is None
    targets.publish(translation_of(method), None)
    assert state_of(method_translation).stale_since is None


def test_other_words_in_a_pasted_block_are_a_change(
    method: TherapyMethodPage, method_translation: Translation
) -> None:
    blocks = pasted(method, 0)
    assert blocks[0]["value"]["heading"]
    blocks[0]["value"] = {**blocks[0]["value"], "heading": "En annan rubrik"}
    publish(method, weight="meaning", body=blocks)
    assert state_of(method_translation).stale_since is not None
    assert told(method_translation)


def test_a_block_that_is_taken_away_is_a_change(
    method: TherapyMethodPage, method_translation: Translation
) -> None:
    publish(method, weight="meaning", body=pasted(method)[1:])
    assert state_of(method_translation).stale_since is not None


def test_texts_keep_the_dates_of_their_translation(
    method: TherapyMethodPage, method_translation: Translation
) -> None:
    latest = StringTranslation.objects.order_by("-updated_at").first()
    assert latest is not None
    publish(method, body=pasted(method, 0))
    texts = StringTranslation.objects.filter(context__object_id=method.translation_key)
    assert max(text.updated_at for text in texts) <= latest.updated_at


def test_answers_that_change_places_are_a_change(
    method: TherapyMethodPage,
    method_translation: Translation,
    django_capture_on_commit_callbacks: Any,
) -> None:
    texts = ("<p>Ja.</p>", "<p>Nej.</p>")
    method = publish(method, body=[section("Ett", texts[0]), section("Två", texts[1])])
    translate(translation_of(method))
    targets.publish(translation_of(method), None)
    assert state_of(method_translation).stale_since is None
    moved = [section("Två", texts[1]), section("Ett", texts[0])]
    with django_capture_on_commit_callbacks(execute=True):
        method = publish(method, weight="meaning", body=moved)
    assert state_of(method_translation).stale_since is None
    swapped = [section("Ett", texts[1]), section("Två", texts[0])]
    publish(method, weight="meaning", body=swapped)
    assert state_of(method_translation).stale_since is not None


def test_an_inner_block_can_be_pasted_too() -> None:
    outer, one, other, new = (str(uuid.uuid4()) for _ in range(4))
    before = [(f"body.{outer}.items.{each}", text) for each, text in ((one, "A"), (other, "B"))]
    after = [(f"body.{outer}.items.{new}", "B"), (f"body.{outer}.items.{one}", "A")]
    assert moved_paths(before, after) == {before[1][0]: after[0][0]}
    assert moved_paths(before, [(after[0][0], "C"), after[1]]) == {}
