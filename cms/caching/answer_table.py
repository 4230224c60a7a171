"""Reads and writes kept answers in the database; a failure costs a page made anew, no more."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from cms.core.release import release
from cms.public.cache_headers import entity_tag

from . import change_log
from .answers import Answer
from .codings import DECODING_ERRORS, GZIP, PLAIN, decode
from .content_version import ContentVersion, Dependencies
from .models import KeptAnswer

logger = logging.getLogger(__name__)

# Each process does so once, with the first answer that it keeps.
_is_pruned = False

COLUMNS: Final = ("version", "expired", "nodes", "headers", "coding", "body")


def load(key: str) -> Answer | None:
    """Return the answer that is kept under a key, in one query."""
    return next((answer for _key, answer, _body in load_several([key])), None)


def load_several(keys: Collection[str]) -> Iterator[tuple[str, Answer, bytes]]:
    """Yield the answers that are kept under some keys, each with its plain body, in one query."""
    try:
        rows = list(KeptAnswer.objects.filter(pk__in=keys).values_list("pk", *COLUMNS))
    except DatabaseError:
        # Whoever asked next, for the content, is told of it.
        return
    for key, *columns in rows:
        if found := _answer(*columns):
            yield key, *found
        else:
            logger.warning("A kept answer in the database is damaged, and is made anew: %s", key)


def _answer(
    version: int, expired: float, nodes: Any, headers: Any, coding: str, body: Any
) -> tuple[Answer, bytes] | None:
    """Return the answer of a row and its plain body, None where it is not what `save` writes."""
    if not isinstance(headers, dict) or not _are_texts([*headers, *headers.values()]):
        return None
    if nodes is not None and not _are_texts(nodes):
        return None
    body = bytes(body)
    try:
        plain = decode(body, coding)
    except DECODING_ERRORS:
        return None
    if headers.get("ETag") != entity_tag(plain):
        return None
    answer = Answer(
        headers=headers,
        dependencies=Dependencies(ContentVersion(version, expired), nodes),
        bodies={coding: body},
        is_lasting=True,
    )
    return answer, plain


def _are_texts(value: Any) -> bool:
    is_list = isinstance(value, list) and bool(value)
    return is_list and all(isinstance(item, str) and item.isprintable() for item in value)


def save(key: str, answer: Answer) -> None:
    """Keep an answer, in one statement."""
    coding = next(iter(answer.bodies))
    if coding == PLAIN:
        coding = answer.coding_for(GZIP)
    dependencies = answer.dependencies
    row = KeptAnswer(
        key=key,
        release=release(),
        version=dependencies.version.version,
        expired=dependencies.version.expired,
        nodes=dependencies.nodes,
        headers=answer.headers,
        coding=coding,
        body=answer.body(coding),
    )
    global _is_pruned
    try:
        # A transaction that is open around a visitor's request, as in tests, survives a failure.
        with _without_waiting(), transaction.atomic():
            if not _is_pruned:
                _is_pruned = True
                prune()
            KeptAnswer.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["key"],
                update_fields=[*COLUMNS],
            )
    except DatabaseError as error:
        logger.info("An answer was not kept in the database: %s", error)


def prune() -> None:
    """Delete what no process of this release will use any more."""
    known_since = change_log.latest().anywhere
    usable = KeptAnswer.objects.filter(release=release(), version__gte=known_since)
    KeptAnswer.objects.exclude(pk__in=usable.values("pk")).delete()


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Give up at once where another writer has locked the file of SQLite."""
    waits = connection.vendor == "sqlite" and not connection.in_atomic_block
    if waits:
        _set_busy_timeout(0)
    try:
        yield
    finally:
        if waits:
            _set_busy_timeout(settings.DATABASES["default"]["OPTIONS"]["timeout"] * 1000)


def _set_busy_timeout(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
