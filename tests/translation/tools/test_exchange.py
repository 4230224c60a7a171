"""Translations as PO and XLIFF files: out, into a translator's program, and back in."""

import re
from dataclasses import replace
from typing import Any

import polib
import pytest
from defusedxml.ElementTree import fromstring
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange import po, xliff
from cms.translation.exchange.files import LARGEST_FILE, TranslationFile, Unit, content_of
from cms.translation.exchange.xliff import NAMESPACE

from .conftest import give, segment_of

WRITERS: dict[str, Any] = {"po": po, "xliff": xliff}
KINDS = ["po", "xliff"]
LINKED = 'Read <b>more</b> at <a id="a1">our place</a>.'


def address(translation: Translation, action: str) -> str:
    return f"/admin/translations/{translation.pk}/{action}/"


def exported(desk: Client, translation: Translation, kind: str) -> str:
    response = desk.get(address(translation, f"export/{kind}"))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="provsida-om-somn-en.')
    return response.content.decode()


def fill(data: str, kind: str, texts: dict[str, str]) -> bytes:
    """What a translator's program makes of a file: the first targets at some paths are written."""
    if kind == "po":
        entries = polib.pofile(data)
        left = dict(texts)
        for entry in entries:
            entry.msgstr = left.pop(entry.msgctxt, entry.msgstr)
        return str(entries).encode()
    parts = data.split("<trans-unit ")
    for path, text in texts.items():
        text = re.sub(r'<(\w+)(?: id="(\w+)")?>', r'<g id="\2" ctype="x-html-\1">', text)
        text = re.sub(r"</\w+>", "</g>", text).replace(" & ", " &amp; ")
        number = next(n for n, part in enumerate(parts) if f'resname="{path}"' in part)
        empty = '<target state="needs-translation" />'
        assert empty in parts[number]
        parts[number] = parts[number].replace(empty, f"<target>{text}</target>")
    return "<trans-unit ".join(parts).encode()


def give_back(
    desk: Client,
    translation: Translation,
    data: bytes,
    kind: str,
    follow: bool = False,
    **more: Any,
) -> Any:
    name = "file.po" if kind == "po" else "file.xlf"
    form = {"file": SimpleUploadedFile(name, data), **more}
    return desk.post(address(translation, "import"), form, follow=follow)


def texts_of(translation: Translation) -> dict[str, str]:
    texts = StringTranslation.objects.filter(context__object=translation.source.object_id)
    return dict(texts.values_list("context__path", "data"))


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back(desk: Client, translation: Translation, kind: str) -> None:
    data = exported(desk, translation, kind)
    texts = {"title": "A page on sleep & rest", "introduction": LINKED}
    response = give_back(desk, translation, fill(data, kind, texts), kind)
    assert response.status_code == 302, response.context["form"].errors
    assert texts_of(translation)["title"].replace("&amp;", "&") == "A page on sleep & rest"
    assert texts_of(translation)["introduction"] == LINKED
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
        content = content_of(translation)
        back = WRITERS[kind].read(WRITERS[kind].write(content))
        assert [(unit.path, unit.source, unit.target) for unit in back.units] == [
            (unit.path, unit.source, unit.target) for unit in content.units
        ]
        texts += len(back.units)
    assert texts > 100


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "<b>Obs!</b> Läs detta.",
        "<b>ett</b> <i>två</i>",
        '<b><i>båda</i></b> <a id="a1">en</a> och <a id="a2">två</a>',
        "rad<br/>rad",
        "5 &lt; 6 &amp; 7 &gt; 3",
        'hårt\xa0mellanslag ”citat” "citat" \\n',
    ],
)
def test_tags_and_signs_are_kept(kind: str, text: str) -> None:
    content = TranslationFile("", "sv", "en", "", [Unit("heading", text, text)])
    (unit,) = WRITERS[kind].read(WRITERS[kind].write(content)).units
    assert (unit.source, unit.target) == (text, text)


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


def test_a_sign_that_cannot_be_stored_is_refused(desk: Client, translation: Translation) -> None:
    data = fill(exported(desk, translation, "po"), "po", {"title": "Sleep\x00"})
    page = give_back(desk, translation, data, "po").content.decode()
    assert "signs that are no letters" in page
    assert texts_of(translation) == {}


@pytest.mark.parametrize("text", ["Sleep <b>well", "Sleep</b> well", "<b><i>Sleep</b></i>"])
def test_a_tag_that_is_left_open_is_named(
    desk: Client, translation: Translation, text: str
) -> None:
    data = fill(exported(desk, translation, "po"), "po", {"title": text, "heading": "Welcome."})
    page = give_back(desk, translation, data, "po").content.decode()
    assert "not opened or not closed" in page
    assert texts_of(translation) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_tags_within_tags_without_end_are_refused(
    desk: Client, translation: Translation, kind: str
) -> None:
    deep = "<b>" * 20_000 + "Sleep" + "</b>" * 20_000
    data = exported(desk, translation, kind)
    response = give_back(desk, translation, fill(data, kind, {"title": deep}), kind)
    assert response.status_code == 200
    assert texts_of(translation) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_two_translations_of_one_text_are_one_too_many(
    desk: Client, translation: Translation, kind: str
) -> None:
    content = content_of(translation)
    title = next(unit for unit in content.units if unit.path == "title")
    content.units[:] = [replace(title, target=text, finished=True) for text in ("Sleep", "Rest")]
    page = give_back(desk, translation, WRITERS[kind].write(content), kind).content.decode()
    assert "translates it twice" in page
    assert texts_of(translation) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_summary_counts_what_the_file_lacks(
    desk: Client, translation: Translation, kind: str
) -> None:
    content = content_of(translation)
    total = len(content.units)
    title = next(unit for unit in content.units if unit.path == "title")
    content.units[:] = [replace(title, target="Sleep", finished=True)]
    response = give_back(desk, translation, WRITERS[kind].write(content), kind, follow=True)
    page = response.content.decode()
    assert "1 text imported" in page
    assert f"{total - 1} are not in the file" in page


def test_a_source_text_altered_in_the_file_is_not_called_a_change_of_the_page(
    desk: Client, translation: Translation
) -> None:
    data = fill(exported(desk, translation, "po"), "po", {"title": "Sleep"})
    altered = data.replace("Provsida om sömn".encode(), b"Provsida om somn")
    page = give_back(desk, translation, altered, "po").content.decode()
    assert "altered in the file" in page
    assert "have changed since the file" not in page


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
    assert "KBT → CBT" in exported(desk, translation, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_empty_targets_are_left_alone(desk: Client, translation: Translation, kind: str) -> None:
    response = give_back(desk, translation, exported(desk, translation, kind).encode(), kind)
    assert response.status_code == 302
    assert texts_of(translation) == {}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["Read more at our place.", "<h1>Read</h1>", 'Read <a id="a7">more</a>']
)
def test_a_broken_tag_is_named_and_nothing_is_imported(
    desk: Client, translation: Translation, kind: str, text: str
) -> None:
    data = exported(desk, translation, kind)
    texts = {"title": "Sleep", "introduction": text}
    response = give_back(desk, translation, fill(data, kind, texts), kind)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Nothing was imported" in page
    assert "Läs mer hos oss." in page
    assert texts_of(translation) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_page_is_refused(
    desk: Client, translation: Translation, kind: str
) -> None:
    data = exported(desk, translation, kind).replace(str(translation.uuid), "0" * 8)
    response = give_back(desk, translation, data.encode(), kind)
    assert "another page or another language" in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_in_other_languages_is_refused(
    desk: Client, translation: Translation, kind: str
) -> None:
    data = exported(desk, translation, kind)
    old, new = {
        "po": ("Language: en\\n", "Language: de\\n"),
        "xliff": ('target-language="en"', 'target-language="de"'),
    }[kind]
    assert old in data
    response = give_back(desk, translation, data.replace(old, new).encode(), kind)
    assert "translates from sv into de" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.po", b"hello", "not a PO file"),
        ("x.po", b'msgid "a\nmsgstr', "not a PO file"),
        ("x.po", 'msgid "å"\n'.encode("latin-1"), "UTF-8"),
        ("x.po", b"/etc/hostname", "not a PO file"),
        ("x.xlf", b"<xliff", "not an XLIFF file"),
        ("x.xlf", b"<html/>", "version 1.2"),
        (
            "x.xlf",
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
            "not an XLIFF file",
        ),
        ("x.po", b"x" * (LARGEST_FILE + 1), "larger than"),
    ],
)
def test_what_is_no_translation_file_is_refused(
    desk: Client, translation: Translation, name: str, data: bytes, message: str
) -> None:
    response = desk.post(address(translation, "import"), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 200
    assert message in response.content.decode()


def test_no_file_is_asked_for(desk: Client, translation: Translation) -> None:
    assert desk.post(address(translation, "import")).context["form"].errors["file"]


@pytest.mark.parametrize("kind", KINDS)
def test_texts_that_have_changed_since_are_listed_first(
    desk: Client, translation: Translation, page: Any, kind: str
) -> None:
    data = fill(exported(desk, translation, kind), kind, {"title": "Old", "heading": "Welcome."})
    page.title = "Provsida om vila"
    page.save_revision().publish()
    refused = give_back(desk, translation, data, kind)
    assert "Provsida om sömn" in refused.content.decode()
    assert texts_of(translation) == {}
    taken = give_back(desk, translation, data, kind, only_fitting="on")
    assert taken.status_code == 302
    assert texts_of(translation) == {"heading": "Welcome."}


def test_only_those_who_may_edit_the_target(translation: Translation, client: Client) -> None:
    assert client.get(address(translation, "export/po")).status_code == 302
    assert client.get(address(translation, "import")).status_code == 302
    stranger = get_user_model().objects.create_user("stranger", password="x")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    data = {"file": SimpleUploadedFile("x.po", po.write(content_of(translation)))}
    for response in (
        client.get(address(translation, "export/po")),
        client.post(address(translation, "import"), data),
    ):
        assert response.status_code == 302
        assert response["Location"] == "/admin/"


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
