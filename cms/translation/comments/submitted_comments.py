"""Stores the comments of a submitted form: the desk's, that of one text, or the list of all."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import TranslationSource

from ..engine.segments import TextKey
from .shown import CommentField
from .writing import Commenter, CommentLost, CommentRefused

BUTTONS = ("comment", "reply", "resolve", "withdraw")


@dataclass
class TakenComments:
    """Tells which comments of a form were stored and which were refused.

    `told` are the words for the user, `errors` those on what was not done; `refused` are the
    fields to show again, and `is_pressed` whether the form was sent with a button of theirs.
    """

    is_pressed: bool
    told: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: dict[str, CommentField] = field(default_factory=dict)


@transaction.atomic(savepoint=False)
def take_comments(source: TranslationSource, user: Any, data: Mapping[str, str]) -> TakenComments:
    """Store what is typed in the fields for comments, whichever button was pressed, and run it.

    Whether the user may comment is asked before.
    """
    pressed = {name: data[name] for name in BUTTONS if name in data}
    taken, commenter = TakenComments(bool(pressed)), Commenter(source, user)
    for name, typed in data.items():
        write = _writer_of(name, commenter, data)
        is_pressed = any(name == f"{button}-{value}" for button, value in pressed.items())
        if write is None or not (typed.strip() or is_pressed):
            continue
        try:
            write(typed)
            taken.told.append(_told(name))
        except CommentLost as lost:
            taken.errors.append(str(lost))
        except CommentRefused as refusal:
            taken.refused[name] = CommentField(name, typed, str(refusal))
    if taken.refused:
        taken.errors.append(_("A comment could not be saved: see below."))
        return taken
    try:
        if pk := _id(pressed.get("resolve", "")):
            commenter.resolve(pk)
            taken.told.append(_("The comment is resolved."))
        elif pk := _id(pressed.get("withdraw", "")):
            commenter.withdraw(pk)
            taken.told.append(_("The comment is deleted."))
    except CommentRefused as refusal:
        taken.errors.append(str(refusal))
    return taken


def _writer_of(
    name: str, commenter: Commenter, data: Mapping[str, str]
) -> Callable[[str], Any] | None:
    """Return what stores the text of a form's field, None for a field of something else."""
    kind, _dash, rest = name.partition("-")
    if kind == "comment" and (key := TextKey.parse(rest)):
        return lambda text: commenter.ask(key, text)
    if kind == "reply" and (pk := _id(rest)):
        last_read = _id(data.get(f"read-{pk}", "")) or 0
        return lambda text: commenter.reply(pk, text, last_read)
    return None


def _told(name: str) -> str:
    if name.startswith("comment-"):
        return _("Your comment is saved.")
    return _("Your answer is saved.")


def _id(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None
