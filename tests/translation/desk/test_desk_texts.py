"""Tests the texts of fields, their differences, and those of versions; without a database."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils.translation import override
from wagtail_localize.models import String, StringSegment, StringTranslation, TranslationContext

from cms.translation.desk.differences import word_changes
from cms.translation.desk.field_texts import (
    RefusedText,
    ShownText,
    TextState,
    distinct_rows,
    field_text,
    shown_text,
    state_of,
)
from cms.translation.desk.tags import LinkTitles, SourceTag, source_tags
from cms.translation.desk.text_cards import STATE_ICONS, STATE_LABELS
from cms.translation.desk.version_texts import OldText, matched_texts
from cms.translation.engine.segments import SegmentProblem, SegmentRow

THEN = datetime(2027, 3, 3, 8, tzinfo=UTC)


def row(source: str, data: str | None = None, pk: int = 1, **values: Any) -> SegmentRow:
    string, context = String(pk=pk, data=source), TranslationContext(pk=9, path="text")
    segment = StringSegment(string=string, context=context, attrs="{}")
    translation = None
    if data is not None:
        translation = StringTranslation(translation_of=string, data=data, updated_at=THEN)
    problem = None if translation else SegmentProblem.MISSING
    made = SegmentRow(segment, "text", pk, source, None, None, None, translation, problem)
    return replace(made, **values)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Vi lyssnar.", "Vi lyssnar.", "Vi lyssnar."),
        ("Vi lyssnar.", "Vi hör.", "Vi -lyssnar-+hör+."),
        ("Vi lyssnar", "Vi lyssnar noga", "Vi lyssnar+ noga+"),
        ("Vi lyssnar noga", "lyssnar noga", "-Vi -lyssnar noga"),
        ("Ett två tre", "Fyra fem tre", "-Ett två-+Fyra fem+ tre"),
        ("Ett två", "Fyra två fem", "-Ett-+Fyra+ två+ fem+"),
        ('<a id="a1">x</a>', '<a id="a2">x</a>', '-<a id="a1">-+<a id="a2">+x</a>'),
        ("a < b", "a > b", "a -<-+>+ b"),
        ("", "Nytt", "+Nytt+"),
        ("Gammalt", "", "-Gammalt-"),
        ("", "", ""),
        ("a b c d", "x b y d", "-a-+x+ b -c-+y+ d"),
        (" a", " b", " -a-+b+"),
        ("a ", "b ", "-a-+b+ "),
        ("a b", "c d", "-a b-+c d+"),
        ("bort a b", "a b", "-bort -a b"),
    ],
)
def test_texts_are_compared_word_by_word(before: str, after: str, marked: str) -> None:
    signs = {"same": "", "removed": "-", "added": "+"}
    parts = word_changes(before, after)
    assert "".join(f"{signs[kind]}{text}{signs[kind]}" for kind, text in parts) == marked
    for kind, whole in [("removed", before), ("added", after)]:
        assert "".join(each.text for each in parts if each.kind in ("same", kind)) == whole


def test_a_field_remembers_what_it_was_rendered_with() -> None:
    stored = StringTranslation(data="One", updated_at=THEN)
    shown = ShownText.of(stored, "One", {})
    assert shown.version == "2027-03-03T08:00:00+00:00"
    assert len(shown.digest) == 16
    assert ShownText.of(None, "", {}).version == ""
    assert ShownText.parse(str(shown)) == shown
    assert ShownText.parse("x") == ("x", "")
    assert ShownText.parse("x/y/z") == ("x", "y/z")
    assert ShownText.parse("") == ("", "")
    digests = {ShownText.digest_of(text) for text in ("\na\r\nb", "a\nb\n", " a\nb")}
    assert digests == {ShownText.digest_of("a\nb")} != {ShownText.digest_of("a b")}
    call, write = {"a1": {"href": "tel:1"}}, {"a1": {"href": "mailto:x"}}
    versions = [ShownText.of(stored, "One", links).version for links in ({}, call, write)]
    assert len({*versions}) == 3
    assert all(version.startswith(shown.version) for version in versions)
    assert versions[1].startswith(shown.version + "~")
    assert ShownText.of(None, "", call).version == versions[1].removeprefix(shown.version)
    turned = [{"a1": call["a1"], "a2": write["a1"]}, {"a2": write["a1"], "a1": call["a1"]}]
    assert len({ShownText.of(None, "", links) for links in turned}) == 1


def test_what_a_field_holds_and_in_which_state_it_is() -> None:
    done = row("Ett", "One<br/>&amp; <b>two</b>")
    changed = row("Ett", previous_text="Before &amp;", previous_source="Etta")
    empty = row("Ett")
    assert [field_text(each, rich=True) for each in (done, changed, empty)] == [
        *("One\n& <b>two</b>", "Before &", "")
    ]
    assert field_text(row("Ett", "One &amp; two"), rich=False) == "One & two"
    assert shown_text(done, rich=True) == ShownText.of(
        done.translation, field_text(done, rich=True), {}
    )
    machine = row("Ett", "One", problem=SegmentProblem.MACHINE)
    faulty = row("Ett", "One", problem=SegmentProblem.ERROR)
    rows = (done, changed, empty, machine, faulty)
    assert [state_of(each, None).value for each in rows] == [
        *("done", "changed", "missing", "machine", "error")
    ]
    refused = RefusedText("x", ShownText("", ""))
    assert {state_of(each, refused) for each in rows} == {TextState.CONFLICT}
    assert state_of(done, replace(refused, error="Wrong")) is TextState.ERROR
    assert {*STATE_LABELS} == {*STATE_ICONS} == {*TextState}
    for label in STATE_LABELS.values():
        with override("en"):
            english = str(label)
        with override("sv"):
            assert str(label) != english
    other, twice = row("Två", pk=2), row("Ett", "One", order=7)
    assert distinct_rows([done, other, twice]) == [done, other]


def test_the_tags_of_an_original_say_where_they_lead() -> None:
    source = 'Läs <b>x</b> <a id="a1">y</a> <a id="a11">z</a>'
    linked = row(source)
    linked.segment.attrs = '{"a11": {"href": "tel:11"}, "a1": {"href": "tel:1"}}'
    assert source_tags(linked, LinkTitles([linked])) == [
        SourceTag("<b>", "</b>", ""),
        SourceTag('<a id="a1">', "</a>", "tel:1"),
        SourceTag('<a id="a11">', "</a>", "tel:11"),
    ]
    for language, told in [("sv", "inte finns"), ("en", "not there any more")]:
        with override(language):
            assert told in LinkTitles([]).title_of({"linktype": "page", "id": "3"})
    assert source_tags(row("Ett"), LinkTitles([])) == []


def old(data: str, source: str | None = None) -> OldText:
    return OldText("text", data, {}, source, True)


def test_texts_of_a_version_find_what_they_are_translations_of_now() -> None:
    one, two, three = row("Ett", "One", 1), row("Två saker", "Two", 2), row("Tre", "Three", 3)

    def matches(*texts: OldText, rows: list[SegmentRow]) -> list[tuple[str, str | None]]:
        found = matched_texts(texts, rows)
        return [(text.data, row.source_text if row else None) for text, row in found]

    # The same string first, then one most alike.
    changed = old("b", "Två andra saker")
    assert matches(changed, old("a", "Ett"), rows=[one, two]) == [("b", "Två saker"), ("a", "Ett")]
    assert matches(changed, old("c", "Två saker"), rows=[one, two]) == [
        *(("b", None), ("c", "Två saker"))
    ]
    # The most alike goes first, also where it comes later.
    nearer = old("n", "Två sakera")
    assert matches(changed, nearer, rows=[one, two]) == [("b", None), ("n", "Två saker")]
    assert matches(old("x", "Något helt"), rows=[one, two]) == [("x", None)]
    # The only one of a place, however different.
    assert matches(old("x", "Något helt"), rows=[one]) == [("x", "Ett")]
    assert matches(old("x"), rows=[one]) == [("x", "Ett")]
    # Of those whose string nobody knows, by what they say, then by rank.
    assert matches(old("Three"), old("Onee"), rows=[one, three]) == [
        *(("Three", "Tre"), ("Onee", "Ett"))
    ]
    assert matches(old("?"), old("!"), rows=[one, two]) == [("?", "Ett"), ("!", "Två saker")]
    assert matches(old("?"), old("!"), rows=[one]) == [("?", None), ("!", None)]
    assert matches(old("?"), old("a", "Ett"), rows=[one, two]) == [("?", "Två saker"), ("a", "Ett")]
    # What the source says twice shares one translation.
    assert matches(old("a", "Ett"), old("b", "Ett"), rows=[one, two]) == [("a", "Ett")]
    assert matches(rows=[one]) == []
