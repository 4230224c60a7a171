"""Files that do not fit are refused with the reason, and nothing is imported."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.exchange import po
from cms.translation.exchange.files import LARGEST_FILE, translation_file
from tests.translation.tools.exchanging import (
    KINDS,
    address,
    confirm,
    exported,
    fates,
    fill,
    planned,
    texts_of,
)

pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["Read more at our place.", "<h1>Read</h1>", 'Read <a id="a7">more</a>']
)
def test_a_broken_tag_is_named_and_the_rest_can_be_imported(
    desk: Client, translation: Translation, kind: str, text: str
) -> None:
    data = exported(desk, translation, kind)
    texts = {"title": "Sleep", "introduction": text}
    shown = planned(desk, translation, fill(data, kind, texts), kind)
    page = shown.content.decode()
    assert fates(shown) == {"title": "new", "introduction": "refused"}
    assert "Nothing is imported yet" in page
    assert "Läs mer hos oss." in page
    assert texts_of(translation) == {}
    confirm(desk, translation, shown)
    assert texts_of(translation) == {"title": "Sleep"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_page_is_refused(
    desk: Client, translation: Translation, kind: str
) -> None:
    data = exported(desk, translation, kind).replace(str(translation.uuid), "0" * 8)
    response = planned(desk, translation, data.encode(), kind)
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
    response = planned(desk, translation, data.replace(old, new).encode(), kind)
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
    ],
)
def test_what_is_no_translation_file_is_refused(
    desk: Client, translation: Translation, name: str, data: bytes, message: str
) -> None:
    response = desk.post(address(translation, "import"), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 200
    assert message in response.content.decode()


def test_a_file_has_two_megabytes_at_most(desk: Client, translation: Translation) -> None:
    told = {}
    for size in (LARGEST_FILE, LARGEST_FILE + 1):
        form = {"file": SimpleUploadedFile("x.po", b"x" * size)}
        told[size] = desk.post(address(translation, "import"), form).context
    assert "not a PO file" in told[LARGEST_FILE]["told"]
    assert told[LARGEST_FILE + 1]["form"].errors["file"] == [
        "The file is larger than 2.0\xa0MB: it is not one of ours."
    ]


def test_each_step_names_the_translation_and_leads_back(
    desk: Client, translation: Translation
) -> None:
    target = translation.get_target_instance()
    asked = desk.get(address(translation, "import"))
    data = exported(desk, translation, "po")
    told = planned(desk, translation, fill(data, "po", {"title": "Sleep"}), "po")
    assert "become the translation into English" in asked.content.decode()
    assert "Nothing was imported" not in asked.content.decode()
    for shown in (asked, told):
        page = BeautifulSoup(shown.content, "html.parser")
        back = page.find("a", string="Back to the translation")
        assert back is not None
        assert back["href"] == f"/admin/pages/{target.pk}/edit/"
        assert str(target) in page.find("h1").get_text()
    listed = page.select_one(".import-texts li")
    assert [each["lang"] for each in listed.find_all(lang=True)] == ["sv", "en"]
    assert confirm(desk, translation, told)["Location"] == back["href"]


def test_an_address_without_a_file_is_not_found(desk: Client, translation: Translation) -> None:
    assert desk.get(address(translation, "export/doc")).status_code == 404
    upload = "/admin/localize/translate/{}/pofile/upload/"
    assert desk.post(upload.format(translation.pk + 1000)).status_code == 404
    TranslationSource.objects.filter(pk=translation.source_id).update(object_repr="心")
    named = desk.get(address(translation, "export/po"))["Content-Disposition"]
    assert named == 'attachment; filename="translation-en.po"'


def test_no_file_is_asked_for(desk: Client, translation: Translation) -> None:
    assert desk.post(address(translation, "import")).context["form"].errors["file"]


@pytest.mark.parametrize("kind", KINDS)
def test_texts_that_have_changed_since_are_listed_first(
    desk: Client, translation: Translation, page: Any, kind: str
) -> None:
    data = fill(exported(desk, translation, kind), kind, {"title": "Old", "heading": "Welcome."})
    page.title = "Provsida om vila"
    page.save_revision().publish()
    shown = planned(desk, translation, data, kind)
    assert fates(shown) == {"title": "gone", "heading": "new"}
    page = shown.content.decode()
    assert "Provsida om sömn" in page
    assert "The original has changed since" in page
    assert texts_of(translation) == {}
    confirm(desk, translation, shown)
    assert texts_of(translation) == {"heading": "Welcome."}


def test_only_those_who_may_edit_the_target(translation: Translation, client: Client) -> None:
    assert client.get(address(translation, "export/po")).status_code == 302
    assert client.get(address(translation, "import")).status_code == 302
    stranger = get_user_model().objects.create_user("stranger", password="x")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    data = {"file": SimpleUploadedFile("x.po", po.write(translation_file(translation)))}
    for response in (
        client.get(address(translation, "export/po")),
        client.post(address(translation, "import"), data),
    ):
        assert response.status_code == 302
        assert response["Location"] == "/admin/"
