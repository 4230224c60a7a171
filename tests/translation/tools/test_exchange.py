"""Translations as PO and XLIFF files: out, into a translator's program, and back in."""

import re
from typing import Any

import polib
import pytest
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange.files import LARGEST_FILE
from cms.translation.exchange.xliff import NAMESPACE

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
    """What a translator's program makes of a file: some of its targets are written."""
    if kind == "po":
        po = polib.pofile(data)
        for entry in po:
            entry.msgstr = texts.get(entry.msgctxt, entry.msgstr)
        return str(po).encode()
    parts = data.split("<trans-unit ")
    for path, text in texts.items():
        text = re.sub(r'<(\w+)(?: id="(\w+)")?>', r'<g id="\2" ctype="x-html-\1">', text)
        text = re.sub(r"</\w+>", "</g>", text).replace(" & ", " &amp; ")
        number = next(n for n, part in enumerate(parts) if f'resname="{path}"' in part)
        empty = '<target state="needs-translation" />'
        assert empty in parts[number]
        parts[number] = parts[number].replace(empty, f"<target>{text}</target>")
    return "<trans-unit ".join(parts).encode()


def give_back(desk: Client, translation: Translation, data: bytes, kind: str, **more: Any) -> Any:
    name = "file.po" if kind == "po" else "file.xlf"
    return desk.post(
        address(translation, "import"), {"file": SimpleUploadedFile(name, data), **more}
    )


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
