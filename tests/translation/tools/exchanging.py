"""Edit exported files like a translator's program."""

import re
from collections.abc import Sequence
from typing import Any

import polib
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange import po, xliff

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
    """Return a file with the first targets at some paths filled in."""
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


def planned(desk: Client, translation: Translation, data: bytes, kind: str) -> Any:
    """Give a file back; returns the answer, which shows what its import would change."""
    name = "file.po" if kind == "po" else "file.xlf"
    form = {"file": SimpleUploadedFile(name, data)}
    return desk.post(address(translation, "import"), form)


def give_back(
    desk: Client,
    translation: Translation,
    data: bytes,
    kind: str,
    follow: bool = False,
    take: Sequence[str] = (),
) -> Any:
    """Give a file back and confirm what is shown; `take` are the paths of texts that are chosen."""
    return confirm(desk, translation, planned(desk, translation, data, kind), follow, take)


def confirm(
    desk: Client,
    translation: Translation,
    shown: Any,
    follow: bool = False,
    take: Sequence[str] = (),
) -> Any:
    """Send the form in which an import is confirmed."""
    form = BeautifulSoup(shown.content.decode(), "html.parser").find("input", {"name": "plan"})
    assert form is not None
    fields = {
        each["name"]: each["value"]
        for each in form.find_parent("form").find_all("input", {"type": "hidden"})
    }
    numbers = [text.number for text in shown.context["plan"].texts if text.unit.path in take]
    return desk.post(address(translation, "import"), {**fields, "take": numbers}, follow=follow)


def fates(shown: Any) -> dict[str, str]:
    """What an import does with the texts of a file that has some, by path."""
    return {
        text.unit.path: text.fate.value
        for text in shown.context["plan"].texts
        if text.fate.value != "empty"
    }


def texts_of(translation: Translation) -> dict[str, str]:
    texts = StringTranslation.objects.filter(context__object=translation.source.object_id)
    return dict(texts.values_list("context__path", "data"))
