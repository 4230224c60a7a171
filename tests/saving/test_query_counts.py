"""Queries of our own that a publication takes: bounded, however long the page is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from wagtail.test.utils.form_data import rich_text

from pages.models import TherapyMethodPage
from tests.review.desk import edit_url, form_of, method
from tests.translation.desk.reading import log_in

ROOT: Final = Path(__file__).resolve().parents[2]
OURS: Final = tuple(f"{ROOT / name}/" for name in ("cms", "pages", "faq"))
UPSTREAM: Final = ("wagtail", "wagtail_localize", "modelcluster", "modelsearch", "treebeard")
UPSTREAM_PATHS: Final = (*(f"/{name}/" for name in UPSTREAM), "/django/contrib/")


@pytest.fixture
def admin(db: None) -> Client:
    return log_in("admin")


def test_publishing_a_source_takes_few_queries_of_ours(admin: Client) -> None:
    queries = publish_with(admin, method(), paragraphs=1)
    # PostgreSQL locks the edit by a query, and its search index asks for the language three times.
    # Among them the editor's language, which Wagtail would read later.
    # What it refers to already is read twice: with the form, and when it is published.
    # The words of the search ask for the language, and add those that are new.
    # The crisis help of its language and its confirmation, and the concerns it has and had.
    most = 54 if connection.vendor == "sqlite" else 58
    assert len(queries) <= most, "\n".join(queries)


def test_a_longer_source_takes_no_more(admin: Client) -> None:
    few = publish_with(admin, method(), paragraphs=2)
    many = publish_with(admin, method(), paragraphs=40)
    assert len(many) <= len(few), "\n".join(many)


def publish_with(client: Client, page: TherapyMethodPage, paragraphs: int) -> list[str]:
    """Publish a page by its form with another introduction; return our queries."""
    words = "".join(f"<p>Stycke {at} av {paragraphs}.</p>" for at in range(paragraphs))
    data = form_of(client, page) | {"introduction": rich_text(words), "action-publish": "yes"}
    with our_queries() as queries:
        assert client.post(edit_url(page), data).status_code == 302
    page.refresh_from_db()
    assert f"Stycke {paragraphs - 1} av" in page.introduction
    return queries


@contextmanager
def our_queries() -> Iterator[list[str]]:
    """Collect the queries whose innermost frame of a project is one of ours, each with its place.

    A decorator's transaction belongs to the function that it decorates, and what `cms.upstream`
    asks in the place of upstream's own queries belongs to upstream. The transaction of the
    request takes a query in tests only, where it lies in another one.
    """
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        place = our_place(sys._getframe(1))
        if place and place != "cms/core/edit_requests.py _in_turn":
            found.append(f"{place} {sql[:100]}")
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield found


def our_place(frame: FrameType | None) -> str:
    """Return where our code asks for a query, or nothing where upstream does."""
    while frame is not None:
        code = frame.f_code
        decorated = frame.f_locals.get("func") if code.co_filename.endswith("contextlib.py") else ""
        if getattr(decorated, "__module__", "").startswith(UPSTREAM):
            return ""
        if any(path in code.co_filename for path in UPSTREAM_PATHS):
            return ""
        if code.co_filename.startswith(f"{ROOT}/cms/upstream/"):
            return ""
        if code.co_filename.startswith(OURS):
            return f"{Path(code.co_filename).relative_to(ROOT)} {code.co_name}"
        frame = frame.f_back
    return ""
