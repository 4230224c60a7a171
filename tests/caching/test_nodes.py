"""Tests of each kind of change: it touches every answer that differs, and few others."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.caching import known_objects
from cms.caching.content_version import ContentVersion, Dependencies
from cms.caching.middleware import ANSWER
from pages.models import (
    Concern,
    ContentPage,
)
from tests.reading import API

from .changes import CHANGES, MORE, OLD, SOME, USUAL, Change, publish, swedish
from .conftest import forget

# They show the version of the content, so each change makes them anew, of what is shared.
LISTS = [
    f"{API}pages/?locale={language}&limit=100{more}"
    for language in ("sv", "en")
    for more in ("", "&order=-title", "&type=therapy_method&fallback=sv")
]
FULL = pytest.mark.full


def addresses() -> list[str]:
    found = [f"{API}locales/", f"{API}pages/by-path/?path={OLD}", "/terapimetoder/?concern=sorg"]
    found += ["/hjalp-med/", "/hjalp-med/angest/"]
    for language in ("sv", "en"):
        found.append(f"{API}navigation/?locale={language}")
        items = Client().get(f"{API}pages/?locale={language}&limit=100").json()["items"]
        assert len(items) > 10
        # Both are made of the same: one of each page is enough.
        found += [item["path"] for item in items[::2]]
        found += [f"{API}pages/by-path/?path={item['path']}" for item in items[1::2]]
    return found


@pytest.fixture(name="answers")
def read_answers(reader: Client, settings: Any) -> dict[str, tuple[bytes, Dependencies]]:
    """Return every public answer with its dependencies, by address."""
    Concern.objects.filter(slug="sorg").update(page=None)
    home = Page.objects.get(slug="hem")
    Redirect.objects.create(old_path=OLD.rstrip("/"), redirect_page=home)
    document = get_document_model().objects.create(title="Råd", file=ContentFile(b"x", "rad.txt"))
    link = f'<p><a linktype="document" id="{document.pk}">Råd</a></p>'
    publish(swedish(ContentPage, show_in_menus=False), introduction=link)
    found = {}
    for address in dict.fromkeys(addresses()):
        response = reader.get(address)
        assert response.status_code == 200, address
        request: Any = response.wsgi_request
        found[address] = (response.content, request.META[ANSWER].dependencies)
    settings.RESPONSE_CACHE = False
    return found


def read_all(reader: Client, addresses: Iterable[str]) -> dict[str, bytes]:
    return {address: reader.get(address).content for address in addresses}


# All of a set are tried on the same answers, which take a second to read.
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(SOME, id="some"),
        pytest.param([one for one in CHANGES if one not in SOME], id="others", marks=FULL),
    ],
)
def test_a_change_touches_what_differs_and_little_else(
    reader: Client, answers: dict[str, tuple[bytes, Dependencies]], changes: Sequence[Change]
) -> None:
    for change in changes:
        # So that the next answers share what these were made of.
        read_all(reader, [*answers, *LISTS])
        with transaction.atomic():
            change()
            now = ContentVersion.read()
            touched = {
                address
                for address, (_content, dependencies) in answers.items()
                if not dependencies.are_current(now)
            }
            from_shared = read_all(reader, [*answers, *LISTS])
            known_objects.reset()
            anew = read_all(reader, [*answers, *LISTS])
            differing = {
                address
                for address, (content, _dependencies) in answers.items()
                if anew[address] != content
            }
            transaction.set_rollback(True)
        forget()
        ContentVersion.read()
        assert from_shared == anew, change
        assert not differing - touched, (change, differing - touched)
        most = MORE.get(change, USUAL) * max(len(differing), 1)
        assert len(touched) <= most, (change, touched - differing)
