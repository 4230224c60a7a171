"""Tests the plan of an import for each text of a file, without uploads."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine.segments import segment_rows
from cms.translation.exchange import po, xliff
from cms.translation.exchange.files import (
    InvalidFile,
    TranslationFile,
    Unit,
    fingerprint,
    links_fingerprint,
    source_version,
    translation_file,
)
from cms.translation.exchange.importing import TOOLS, Fate, import_texts, plan_import
from cms.translation.exchange.views import FORMATS

from ..conftest import publish
from .conftest import give, segment_of
from .exchanging import texts_of

TITLE, SLUG, HEADING = "title", "slug", "heading"
WELCOME = "Du är välkommen."
LINKED = 'Läs <b>mer</b> hos <a id="a1">oss</a>.'


def filled(content: TranslationFile, **targets: str) -> TranslationFile:
    """Return a file in which a translator has filled in the first texts at some paths."""
    left = dict(targets)
    units = [replace(unit, target=left.pop(unit.path, unit.target)) for unit in content.units]
    return replace(content, units=[replace(each, finished=True) for each in units])


def planned(content: TranslationFile, translation: Translation) -> dict[str, tuple[str, str]]:
    """Return the fate of each text that is not empty, with what is wrong with it."""
    with override("en"):
        plan = plan_import(content, translation)
    return {
        f"{text.unit.path}: {text.unit.source}": (text.fate.value, text.reason)
        for text in plan.texts
        if text.fate is not Fate.EMPTY
    }


def fates(content: TranslationFile, translation: Translation) -> dict[str, str]:
    found = planned(content, translation)
    return {key.partition(":")[0]: fate for key, (fate, _reason) in found.items()}


def test_a_file_names_all_texts_and_what_was_exported(translation: Translation) -> None:
    content = translation_file(translation)
    rows = segment_rows(translation)
    sources = [(row.path, row.source_text) for row in rows]
    assert [(unit.path, unit.source) for unit in content.units] == sources
    assert (content.translation, content.source_language) == (str(translation.uuid), "sv")
    assert (content.target_language, content.version) == ("en", source_version(sources))
    marks = [links_fingerprint(row) for row in rows]
    assert [bool(mark) for mark in marks] == [source == LINKED for _path, source in sources]
    assert content.exported == (*map(fingerprint, content.units), *filter(None, marks))
    assert all(mark.startswith("links:") for mark in marks if mark)
    # Files that were exported by an earlier version are known by the same.
    assert fingerprint(Unit("title", "Ett", "One")) == "6ef68c92ee6f"
    assert source_version([("title", "Ett")]) == "81c3745105eb527a"
    assert {
        "po": ("po", "text/x-gettext-translation", po),
        "xliff": ("xlf", "application/xliff+xml", xliff),
    } == FORMATS


def test_what_becomes_of_each_text(translation: Translation, translator_user: Any) -> None:
    content = translation_file(translation)
    file = filled(
        content, title=" Sleep ", heading=WELCOME, slug="!!!", introduction="Read more at us."
    )
    found = planned(file, translation)
    assert found[f"title: {segment_of(translation, TITLE).string.data}"] == ("new", "")
    assert found[f"heading: {WELCOME}"] == ("copy", "")
    slug, reason = found["slug: provsida"]
    assert (slug, reason.startswith("An address is made of")) == ("refused", True)
    fate, reason = found[f"introduction: {LINKED}"]
    assert (fate, reason.startswith("The link")) == ("refused", True)
    plan = plan_import(file, translation)
    assert (plan.missing, plan.is_older) == (0, False)
    assert [text.number for text in plan.texts] == list(range(len(content.units)))
    assert [unit.target for unit in plan.to_write()] == ["Sleep"]
    import_texts(plan.to_write(), translation, translator_user, TOOLS["xliff"])
    text = StringTranslation.objects.get(
        context__path=TITLE, data="Sleep", context__object_id=translation.source.object_id
    )
    assert (text.tool_name, text.last_translated_by) == ("XLIFF", translator_user)
    assert texts_of(translation) == {"title": "Sleep"}
    assert fates(file, translation)["title"] == "same"
    # Here it is what this file exported no more.
    assert fates(filled(content, title="Rest"), translation) == {"title": "newer"}
    assert fates(content, translation) == {}
    again = translation_file(translation)
    assert fates(filled(again, title="Rest"), translation) == {"title": "changed"}
    give(translation, segment_of(translation, TITLE), "Written since")
    (kept,) = plan_import(again, translation).of(Fate.KEPT)
    assert (kept.unit.target, kept.here) == ("Sleep", "Written since")
    assert fates(again, translation) == {"title": "kept"}
    assert fates(filled(again, title="Rest"), translation) == {"title": "newer"}
    assert fates(filled(again, title=""), translation) == {}
    unsure = [replace(unit, finished=False) for unit in filled(again, title="Rest").units]
    assert fates(replace(again, units=unsure), translation) == {"title": "unfinished"}
    # A machine's text is nobody's.
    StringTranslation.objects.filter(data="Written since").update(translation_type="machine")
    assert fates(filled(again, title="Rest"), translation) == {"title": "changed"}
    confirmed = filled(again, title="Written since")
    assert fates(confirmed, translation) == {"title": "changed"}
    # A file from before the fingerprints takes the place of no text.
    StringTranslation.objects.filter(data="Written since").update(translation_type="manual")
    old = replace(filled(again, title="Rest", heading="Welcome."), exported=())
    assert fates(old, translation) == {"title": "newer", "heading": "new"}
    StringTranslation.objects.filter(data="Written since").delete()
    assert fates(filled(again, title="Rest"), translation) == {"title": "newer"}


def test_a_link_that_is_missing_is_told_by_where_it_leads(
    page: Any, translation: Translation
) -> None:
    publish(page, introduction='<p>Ring <a href="tel:112">oss</a> nu.</p>')
    file = filled(translation_file(translation), introduction="Call us now.")
    ((_fate, reason),) = planned(file, translation).values()
    assert reason == (
        'The link <a id="a1">…</a> to tel:112 is missing: put it around the words that lead there.'
    )


def test_a_file_that_does_not_fit_the_page_any_more(page: Any, translation: Translation) -> None:
    content = translation_file(translation)
    file = filled(content, introduction='Read <b>more</b> at <a id="a1">us</a>.', title="Sleep")
    twice = [*file.units, Unit(TITLE, file.units[0].source, "Rest"), Unit(TITLE, "Borta", "Gone")]
    found = planned(replace(file, units=twice), translation)
    title = f"title: {file.units[0].source}"
    assert found[title] == ("refused", "The file translates it twice, and not alike.")
    assert found["title: Borta"] == ("gone", "")
    thrice = [*twice, *twice[-1:]]
    assert len(plan_import(replace(file, units=thrice), translation).of(Fate.GONE)) == 1
    alike = [*file.units, replace(file.units[0], target="Sleep ")]
    assert planned(replace(file, units=alike), translation)[title] == ("new", "")
    few = plan_import(replace(file, units=file.units[:1]), translation)
    assert few.missing == len(content.units) - 1
    assert planned(file, translation)[f"introduction: {LINKED}"] == ("new", "")
    publish(page, introduction=page.introduction.replace('linktype="page"', 'linktype="x"'))
    changed = plan_import(file, translation)
    assert changed.is_older
    assert {text.unit.path for text in changed.of(Fate.GONE)} == {"introduction"}


def test_why_a_file_is_refused(translation: Translation) -> None:
    content = translation_file(translation)
    refusals: list[tuple[dict[str, Any], str]] = [
        (
            {"translation": ""},
            "Filen säger inte vilken översättning den hör till. Importera en fil som har "
            "exporterats här.",
        ),
        (
            {"translation": "x"},
            "Filen hör till en annan sida eller ett annat språk. Exportera den här "
            "översättningen på nytt.",
        ),
        (
            {"source_language": "de"},
            "Filen översätter från de till en, och den här texten översätts från sv till en.",
        ),
        (
            {"target_language": "de"},
            "Filen översätter från sv till de, och den här texten översätts från sv till en.",
        ),
        ({"units": []}, "Filen innehåller inga texter."),
    ]
    for change, told in refusals:
        with override("sv"), pytest.raises(InvalidFile) as refused:
            plan_import(replace(content, **change), translation)
        assert str(refused.value) == told
    unsaid = replace(content, source_language="", target_language="")
    assert plan_import(unsaid, translation).texts
