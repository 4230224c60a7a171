"""Translations exported as PO and XLIFF files, edited in a translator's program and imported."""

from dataclasses import replace
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange.files import translation_file
from cms.translation.exchange.importing import TOOLS
from cms.translation.exchange.xliff import NAMESPACE
from cms.translation.models import TermForm
from tests.translation.tools.exchanging import (
    KINDS,
    LINKED,
    WRITERS,
    address,
    confirm,
    exported,
    fates,
    fill,
    give_back,
    planned,
    texts_of,
)

from .conftest import give, segment_of

pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back(
    desk: Client, translation: Translation, translator_user: Any, kind: str
) -> None:
    data = exported(desk, translation, kind)
    texts = {"title": "A page on sleep & rest", "introduction": LINKED}
    response = give_back(desk, translation, fill(data, kind, texts), kind)
    assert response.status_code == 302, response.context["form"].errors
    assert texts_of(translation)["title"].replace("&amp;", "&") == "A page on sleep & rest"
    assert texts_of(translation)["introduction"] == LINKED
    written = StringTranslation.objects.get(data=LINKED)
    assert (written.last_translated_by, written.tool_name) == (translator_user, TOOLS[kind])
    assert not translation.get_target_instance().live
    again = give_back(desk, translation, exported(desk, translation, kind).encode(), kind)
    assert again.status_code == 302
    assert len(texts_of(translation)) == 2


def test_an_xliff_file_says_what_programs_ask_for(desk: Client, translation: Translation) -> None:
    root = fromstring(exported(desk, translation, "xliff"))
    (file,) = root
    assert root.tag == f"{{{NAMESPACE}}}xliff"
    assert (file.get("source-language"), file.get("target-language")) == ("sv", "en")
    sources = ["".join(each.itertext()) for each in root.iter(f"{{{NAMESPACE}}}source")]
    assert "Läs mer hos oss." in sources


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_the_demo_site_comes_back_as_it_was(db: None, kind: str) -> None:
    texts = 0
    for translation in Translation.objects.select_related("source__locale", "target_locale"):
        content = translation_file(translation)
        back = WRITERS[kind].read(WRITERS[kind].write(content))
        assert [(unit.path, unit.source, unit.target) for unit in back.units] == [
            (unit.path, unit.source, unit.target) for unit in content.units
        ]
        texts += len(back.units)
    assert texts > 100


@pytest.mark.parametrize("kind", KINDS)
def test_signs_that_no_file_can_hold_do_not_spoil_it(
    desk: Client, translation: Translation, page: Any, kind: str
) -> None:
    """Text processors leave vertical tabs in what is pasted from them."""
    page.heading = "Du är\x0b välkommen hit."
    page.save_revision().publish()
    data = fill(exported(desk, translation, kind), kind, {"heading": "Welcome."})
    assert give_back(desk, translation, data, kind).status_code == 302
    assert texts_of(translation)["heading"] == "Welcome."


@pytest.mark.parametrize("text", ["Sleep <b>well", "Sleep</b> well", "<b><i>Sleep</b></i>"])
def test_a_tag_that_is_left_open_is_named(
    desk: Client, translation: Translation, text: str
) -> None:
    texts = {"introduction": text, "heading": "Welcome."}
    shown = planned(desk, translation, fill(exported(desk, translation, "po"), "po", texts), "po")
    assert fates(shown) == {"introduction": "refused", "heading": "new"}
    assert texts_of(translation) == {}
    confirm(desk, translation, shown)
    assert texts_of(translation) == {"heading": "Welcome."}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", ["title", "introduction"])
def test_tags_within_tags_without_end_are_refused(
    desk: Client, translation: Translation, kind: str, path: str
) -> None:
    deep = "<b>" * 20_000 + "Sleep" + "</b>" * 20_000
    data = fill(exported(desk, translation, kind), kind, {path: deep})
    assert planned(desk, translation, data, kind).status_code == 200
    assert texts_of(translation) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_two_translations_of_one_text_are_one_too_many(
    desk: Client, translation: Translation, kind: str
) -> None:
    content = translation_file(translation)
    title = next(unit for unit in content.units if unit.path == "title")
    content.units[:] = [replace(title, target=text, finished=True) for text in ("Sleep", "Rest")]
    shown = planned(desk, translation, WRITERS[kind].write(content), kind)
    assert "translates it twice" in shown.content.decode()
    confirm(desk, translation, shown)
    assert texts_of(translation) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_plan_counts_what_the_file_lacks(
    desk: Client, translation: Translation, kind: str
) -> None:
    content = translation_file(translation)
    total = len(content.units)
    title = next(unit for unit in content.units if unit.path == "title")
    content.units[:] = [replace(title, target="Sleep", finished=True)]
    shown = planned(desk, translation, WRITERS[kind].write(content), kind)
    assert f"{total - 1} texts are not in the file" in shown.content.decode()
    done = confirm(desk, translation, shown, follow=True)
    assert [str(each).strip() for each in done.context["messages"]] == ["1 text imported."]
    file = fill(exported(desk, translation, kind), kind, {"heading": "Hi.", "slug": "sleep"})
    done = give_back(desk, translation, file, kind, follow=True)
    assert [str(each).strip() for each in done.context["messages"]] == ["2 texts imported."]


def test_a_source_text_altered_in_the_file_has_no_place(
    desk: Client, translation: Translation
) -> None:
    data = fill(exported(desk, translation, "po"), "po", {"title": "Sleep"})
    altered = data.replace("Provsida om sömn".encode(), b"Provsida om somn")
    shown = planned(desk, translation, altered, "po")
    assert fates(shown) == {"title": "gone"}
    assert "The original has changed since" not in shown.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_machines_text_is_marked_and_counts_once_a_translator_has_confirmed_it(
    desk: Client, translation: Translation, kind: str
) -> None:
    text = give(translation, segment_of(translation, "title"), "A page on sleep")
    StringTranslation.objects.filter(pk=text.pk).update(translation_type="machine")
    data = exported(desk, translation, kind)
    mark = {"po": "#, fuzzy", "xliff": 'state="needs-review-translation"'}[kind]
    assert data.count(mark) == 1
    give_back(desk, translation, data.encode(), kind)
    text.refresh_from_db()
    assert text.translation_type == "machine"
    checked = data.replace(mark, {"po": "#", "xliff": 'state="final"'}[kind])
    give_back(desk, translation, checked.encode(), kind)
    text.refresh_from_db()
    assert (text.data, text.translation_type) == ("A page on sleep", "manual")


@pytest.mark.parametrize("kind", KINDS)
def test_notes_name_the_terms_of_the_glossary(
    desk: Client, translation: Translation, page: Any, kind: str
) -> None:
    page.heading = "KBT hjälper"
    page.save_revision().publish()
    form = TermForm.objects.get(text="CBT")
    form.also = "cognitive behaviour therapy"
    form.note = "Never the whole name in menus"
    form.save()
    told = "KBT → CBT / cognitive behaviour therapy"
    assert f"{told} (Never the whole name in menus)" in exported(desk, translation, kind)
    form.note = ""
    form.save()
    data = exported(desk, translation, kind)
    assert told in data
    assert f"{told} (" not in data


@pytest.mark.parametrize(
    ("kind", "media_type", "marks"),
    [
        ("po", "text/x-gettext-translation", ["X-WagtailLocalize-TranslationID", "X-Exported"]),
        ("xliff", "application/xliff+xml", ["original=", "product-version="]),
    ],
)
def test_what_a_file_is_known_by_when_it_comes_back_stays_as_it_is(
    desk: Client, translation: Translation, kind: str, media_type: str, marks: list[str]
) -> None:
    """Translators may have had a file for months."""
    answer = desk.get(address(translation, f"export/{kind}"))
    assert answer["Content-Type"] == media_type
    data = answer.content.decode()
    assert all(mark in data for mark in marks)
    version = translation_file(translation).version
    mark = {"po": f'"X-Source-Version: {version}', "xliff": f'product-version="{version}"'}[kind]
    assert mark in data


def test_an_xliff_file_is_known_by_its_name_or_its_beginning(
    desk: Client, translation: Translation
) -> None:
    data = fill(exported(desk, translation, "xliff"), "xliff", {"title": "Sleep"})
    # Some programs begin a file with a byte order mark.
    marked = "\ufeff".encode() + data
    files = {"file.xlf": marked, "FILE.XLIFF": marked, "file.xml": marked, "file": data}
    for name, content in files.items():
        form = {"file": SimpleUploadedFile(name, content)}
        assert fates(desk.post(address(translation, "import"), form)) == {"title": "new"}, name


@pytest.mark.parametrize("kind", KINDS)
def test_empty_targets_are_left_alone(desk: Client, translation: Translation, kind: str) -> None:
    response = give_back(desk, translation, exported(desk, translation, kind).encode(), kind)
    assert response.status_code == 302
    assert texts_of(translation) == {}


def test_upstreams_upload_leads_to_the_form_that_says_what_is_wrong(
    desk: Client, translation: Translation
) -> None:
    """wagtail-localize imports nothing of a file with a wrong UUID, and says nothing."""
    response = desk.post(f"/admin/localize/translate/{translation.pk}/pofile/upload/")
    assert response["Location"] == address(translation, "import")


def test_a_snippet_is_exchanged_too(desk: Client, en: Any, translator_user: Any) -> None:
    from wagtail_localize.operations import TranslationCreator

    from tests.factories import ConcernFactory

    concern = ConcernFactory(name="Oro", slug="oro-prov", description="Du oroar dig.")
    concern.save_revision().publish()
    TranslationCreator(translator_user, [en]).create_translations(concern)
    translation = Translation.objects.get(source__object_id=concern.translation_key)
    data = desk.get(address(translation, "export/po")).content.decode()
    response = give_back(desk, translation, fill(data, "po", {"name": "Worry"}), "po")
    assert response.status_code == 302
    assert texts_of(translation)["name"] == "Worry"


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        (
            'Read <g id="b1" ctype="x-html-b">more</g><ph id="2">&lt;br/&gt;</ph> at '
            '<g id="a1" ctype="x-html-a">us</g>.',
            'Read <b>more</b> at <a id="a1">us</a>.',
        ),
        (
            '<bpt id="1">&lt;b&gt;</bpt>Read<ept id="1">&lt;/b&gt;</ept> at '
            '<g id="a1" ctype="x-html-a">us</g>.',
            'Read at <a id="a1">us</a>.',
        ),
        (
            'Read <g id="a1" ctype="x-html-a">us</g><x id="br1"/>now.',
            'Read <a id="a1">us</a><br/>now.',
        ),
    ],
)
def test_code_of_other_formats_is_no_words(
    desk: Client, translation: Translation, target: str, wanted: str
) -> None:
    data = fill(exported(desk, translation, "xliff"), "xliff", {"introduction": "TARGET"})
    give_back(desk, translation, data.decode().replace("TARGET", target).encode(), "xliff")
    assert texts_of(translation)["introduction"] == wanted


def test_a_text_that_a_program_gave_plural_forms_is_read(
    desk: Client, translation: Translation
) -> None:
    data = exported(desk, translation, "po")
    title = 'msgid "Provsida om sömn"\n'
    plural = 'msgid_plural "Provsida om sömn"\nmsgstr[0] "Sleep"\nmsgstr[1] ""'
    file = data.replace(f'{title}msgstr ""', title + plural)
    assert file != data
    assert fates(planned(desk, translation, file.encode(), "po")) == {"title": "new"}
