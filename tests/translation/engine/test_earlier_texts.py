"""Tests which earlier text a string begins with, and what a live text translates."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslationContext,
)

from cms.translation.engine.live_texts import live_strings, present_strings
from cms.translation.engine.segments import (
    Earlier,
    SegmentProblem,
    SegmentRow,
    TextKey,
    is_of_a_person,
    likeness,
    problem_of,
    unready,
)

THEN = datetime(2027, 3, 3, tzinfo=UTC)


def text(source: str, data: str = "", pk: int = 1, **values: Any) -> StringTranslation:
    """Return a person's translation of a string, which is not stored."""
    string = String(pk=pk, data=source)
    values = {"translation_type": "manual", "created_at": THEN, "updated_at": THEN} | values
    return StringTranslation(translation_of=string, data=data or f"en {source}", **values)


def row(path: str, translation: StringTranslation | None, pk: int = 1) -> SegmentRow:
    segment = StringSegment(
        string=String(pk=pk, data="x"), context=TranslationContext(pk=9, path=path)
    )
    problem = problem_of(translation)
    return SegmentRow(segment, path, 1, "x", None, None, None, translation, problem)


def test_the_key_of_a_text_is_read_back_from_a_form() -> None:
    assert str(TextKey(12, 345)) == "12-345"
    assert TextKey.parse("12-345") == TextKey(12, 345)
    wrong = ("", "12", "12-", "a-1", "12-345-6", "-1-2", " 1-2", f"1-{'9' * 19}", "1\n-2")
    assert [TextKey.parse(each) for each in wrong] == [None] * len(wrong)
    assert TextKey.parse(f"1-{'9' * 18}") is not None
    assert row("title", None, pk=5).key == TextKey(9, 5)


@pytest.mark.parametrize(
    ("given", "problem", "is_written"),
    [
        (None, "missing", None),
        ({"data": ""}, "missing", False),
        ({"has_error": True}, "error", True),
        ({"translation_type": "machine"}, "machine", False),
        ({"translation_type": "machine", "has_error": True}, "error", False),
        ({}, None, True),
        ({"tool_name": "A machine"}, None, True),
    ],
)
def test_what_keeps_a_text_from_being_published(
    given: dict[str, Any] | None, problem: str | None, is_written: bool | None
) -> None:
    found = None if given is None else text("Ett")
    for name, value in (given or {}).items():
        setattr(found, name, value)
    assert problem_of(found) == (SegmentProblem(problem) if problem else None)
    if found is not None:
        assert is_of_a_person(found) is is_written
    rows = [row("title", found), row("title", text("Två"))]
    assert unready(rows) == (rows[:1] if problem else [])


def test_a_string_begins_with_the_text_of_the_most_alike() -> None:
    one, two, three = text("Du väljer takten."), text("Vi lyssnar på dig."), text("Ring oss.")
    earlier = Earlier([one, two, three])
    assert earlier.take("Vi lyssnar alltid på dig.", alone=False) == [two]
    # A text is taken once; what is left is not alike enough.
    assert earlier.take("Vi lyssnar ju på dig.", alone=False) == []
    assert earlier.take("123 456 789", alone=False) == []
    assert earlier.take("Du väljer själv takten.", alone=False) == [one]
    assert earlier.free == [three]
    # A sentence that was a part of another begins with the whole of that.
    assert earlier.take("väljer takten", alone=False) == [one]
    assert earlier.take("lyssnar", alone=False) == [two]
    assert earlier.free == [three]
    # The only string of a place begins with the latest, however different.
    assert earlier.take("Helt annat", alone=True) == [three]
    assert Earlier([]).take("Ett", alone=True) == []
    assert Earlier([]).take("Ett", alone=False) == []
    assert likeness("abcd", "abcd") == 1
    assert likeness("ab", "cd") == 0


def test_merged_sentences_begin_with_all_of_their_texts_in_their_order() -> None:
    one, two, part = text("Ring oss."), text("Skriv <b>gärna</b>."), text("Ring")
    earlier = Earlier([two, part, one])
    assert earlier.take("Ring oss. Skriv gärna. Kom hit.", alone=True) == [one, two]
    assert (earlier.free, earlier.taken) == ([part], [one, two])
    empty = Earlier([text(""), text("Ring oss."), text("Hit")])
    merged = empty.take("Hit. Ring oss.", alone=False)
    assert [each.translation_of.data for each in merged] == ["Hit", "Ring oss."]
    lone = Earlier([text("Ring oss."), text("Någon annan mening helt och hållet")])
    assert lone.take("Ring oss. Kom hit.", alone=False) == [lone.taken[0]]


def test_which_string_each_live_text_translates() -> None:
    ready = row("title", text("Ett", "One"), pk=1)
    faulty = row("title", text("Två", "Two", has_error=True), pk=2)
    old = text("Gammal", "Old", pk=3)
    wrong = text("Fel", "Wrong", pk=4, translation_type="machine")
    made = {"title": {3: old, 4: wrong}}

    def found(
        rows: list[SegmentRow], texts: dict[str, list[str]], before: Any = (), saved: Any = None
    ) -> list[Any]:
        return live_strings(rows, made, texts, before, lambda: saved)

    assert present_strings([ready, faulty]) == [("title", 1), ("title", 2)]
    assert found([ready], {"title": ["One"]}) == [("title", 1)]
    assert found([ready], {"title": ["<b>One</b>"], "x": ["y"]}) == [("title", 1), ("x", None)]
    # Also where it is at the place of another, or is an earlier translation.
    assert found([faulty, ready], {"title": ["One", "One"]}) == [("title", 1)] * 2
    # Of several with the same words it is the one at its place, or else the first.
    other = row("title", text("Annat", "Other"), pk=5)
    again = row("title", text("En gång", "One"), pk=6)
    texts = {"title": ["One", "One", "One"]}
    assert [string for _path, string in found([ready, other, again], texts)] == [1, 1, 6]
    assert found([ready], {"title": ["Old"]}) == [("title", 3)]
    # Neither what is faulty nor what no person has confirmed.
    assert found([faulty], {"title": ["Two"]}) == [("title", None)]
    assert found([ready], {"title": ["Wrong"]}) == [("title", None)]
    # A text that nobody knows keeps the string that was known of its place.
    before = [("title", 7), ("title", None), ("gone", 8)]
    assert found([ready], {"title": ["Mine", "Too"]}, before) == [("title", 7), ("title", None)]
    assert found([ready, faulty], {}, before) == [("title", 7), ("title", None)]
    # Somebody has written another translation since the revision was saved.
    at = {
        name: THEN + timedelta(hours=hours)
        for name, hours in [("created_at", 1), ("updated_at", 3)]
    }
    reworded = row("title", text("Ett", "Once", **at), pk=1)
    saved = [THEN + timedelta(hours=hours) for hours in range(5)]
    told = [found([reworded], {"title": ["One"]}, before, each)[0][1] for each in (None, *saved)]
    assert told == [7, 7, 1, 1, 7, 7]
    assert found([reworded], {}, (), saved[2]) == [("title", 1)]
    broken = row("title", text("Ett", "Once", has_error=True, **at), pk=1)
    assert found([broken], {"title": ["One"]}, (), saved[2]) == [("title", None)]
