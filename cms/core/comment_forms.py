"""Comments in a page editor's form that were resolved or deleted elsewhere meanwhile.

Wagtail's form has the comments that were open when it was read. One that is no longer there makes
the whole form invalid, or is stored once more as that of whoever saves.
"""

import re
from typing import Final

from django.http import QueryDict
from wagtail.models import Comment

ID: Final = re.compile(r"comments-([0-9]{1,4})-id")
KEY: Final = re.compile("[0-9]{1,18}")


def without_settled_comments(data: QueryDict, page_id: int) -> QueryDict:
    """Return the data of a page's form with the comments taken out that are not open any more.

    One that was resolved is opened again where the form has an answer to it.
    """
    given = {
        match[1]: int(str(value))
        for name, value in data.items()
        if (match := ID.fullmatch(name)) and KEY.fullmatch(str(value))
    }
    if not given:
        return data
    comments = Comment.objects.filter(page=page_id, pk__in=given.values())
    resolved = dict(comments.values_list("pk", "resolved_at"))
    taken_out = []
    for row, pk in given.items():
        if pk in resolved and resolved[pk] is None:
            continue
        if pk in resolved and _has_answer(data, row):
            comments.filter(pk=pk).update(resolved_at=None, resolved_by=None)
        else:
            taken_out.append(row)
    if not taken_out:
        return data
    data = data.copy()
    for row in taken_out:
        data[f"comments-{row}-id"] = ""
        data[f"comments-{row}-DELETE"] = "on"
    return data


def _has_answer(data: QueryDict, row: str) -> bool:
    """Whether a form has a reply that is not stored yet."""
    texts = re.compile(rf"comments-{row}-replies-([0-9]{{1,4}})-text")
    return any(
        str(value).strip() and not data.get(f"comments-{row}-replies-{match[1]}-id")
        for name, value in data.items()
        if (match := texts.fullmatch(name))
    )
