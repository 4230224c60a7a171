"""Edit exported files like a translator's program."""

import re
from typing import Any

import polib
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
