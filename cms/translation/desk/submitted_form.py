"""Reads a submitted form of the desk: the typed texts, and the button beside a text."""

from collections.abc import Mapping

from django.http import HttpRequest

from cms.core.form_data import UnstorableText, is_storable

from ..engine.segments import TextKey
from .desk import Desk
from .field_texts import ShownText, TypedText
from .saving import accept_text, confirm_text, copy_source, discard_text


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
    desk: Desk, data: Mapping[str, str], typed: Mapping[TextKey, TypedText]
) -> bool:
    """Run the button beside a text that the form was sent with; False where it was another."""
    if "drop" in data or any(name.startswith("insert-") for name in data):
        return True
    if key := TextKey.parse(data.get("accept", "")):
        accept_text(desk, key, typed)
        return True
    actions = {"copy": copy_source, "confirm": confirm_text, "discard": discard_text}
    for name, action in actions.items():
        if key := TextKey.parse(data.get(name, "")):
            action(desk, key)
            return True
    return False
