"""Gives kept answers to an answer that is put together from them: the export of a language."""

from collections.abc import Iterable

from django.http import HttpRequest

from . import answer_table
from .answer_store import answers
from .content_version import ContentVersion
from .keys import key_of_address


def kept_bodies(request: HttpRequest, addresses: Iterable[str]) -> dict[str, bytes]:
    """Return the plain bodies of those kept answers that are current now, by address.

    Takes paths and queries on the host of a request. One query beside those of the version; what is
    found in the table is not taken into memory, where it would push out what readers ask for.
    """
    now = ContentVersion.read()
    keys = {key: address for address in addresses if (key := key_of_address(request, address))}
    found = {key: answer.plain_body() for key in keys if (answer := answers.in_memory(key, now))}
    for key, answer, body in answer_table.load_several(keys.keys() - found.keys()):
        if answer.dependencies.are_current(now):
            found[key] = body
    return {keys[key]: body for key, body in found.items()}
