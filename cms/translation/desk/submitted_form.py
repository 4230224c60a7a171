"""Reads a submitted form of the desk: the typed texts, and the button beside a text."""

from collections.abc import Collection, Mapping
from typing import Final

from django.http import HttpRequest

from cms.core.form_data import UnstorableText, is_storable

from ..engine.segments import TextKey
from .desk import Desk
from .field_texts import ShownText, TypedText
from .saving import accept_text, confirm_text, copy_source, discard_text, refuse_unseen

BUTTONS: Final = ("accept", "copy", "confirm", "discard")


def typed_texts(request: HttpRequest) -> dict[TextKey, TypedText]:
    """Return the texts of the form, without the one that its writer gives up for another's.

    A chosen suggestion counts as typed. Raises UnstorableText where any field holds NUL: SQLite
    would store it, PostgreSQL would not.
    """
    data = request.POST
    if not is_storable(list(data.values())):
        raise UnstorableText
    typed = {}
    for name, text in data.items():
        key = TextKey.parse(name.removeprefix("text-")) if name.startswith("text-") else None
        if key is not None and str(key) != data.get("drop", ""):
            shown = ShownText.parse(data.get(f"seen-{key}", ""))
            typed[key] = TypedText(data.get(f"insert-{key}", str(text)), shown)
    return typed


def press_text_button(
    desk: Desk,
    data: Mapping[str, str],
    typed: Mapping[TextKey, TypedText],
    written: Collection[TextKey],
) -> bool:
    """Run the button beside a text that the form was sent with; False where it was another.

    `written` are the texts that the same form has just stored. Another text must still be the one
    that the form was rendered with; otherwise nothing is written, and the desk shows both.
    """
    if "drop" in data or any(name.startswith("insert-") for name in data):
        return True
    for name in BUTTONS:
        if key := TextKey.parse(data.get(name, "")):
            break
    else:
        return False
    seen = ShownText.parse(data.get(f"seen-{key}", ""))
    in_field = typed[key].text if key in typed else ""
    mine = None if name == "copy" else in_field
    if key not in written and refuse_unseen(desk, key, seen, mine):
        return True
    match name:
        case "accept":
            accept_text(desk, key, typed)
        case "copy":
            copy_source(desk, key)
        case "confirm":
            confirm_text(desk, key)
        case "discard":
            discard_text(desk, key)
    return True
