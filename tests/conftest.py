"""Fixtures of the whole suite: a seeded database, users, crawled pages."""

import gc
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.dispatch import receiver
from django.test import Client
from django.test import client as client_module
from django.test.signals import setting_changed
from django.utils import translation
from wagtail.models import Locale, Site
from wagtail.users.models import UserProfile

from cms.caching.answer_store import answers as kept_answers
from cms.caching.wsgi_cache import key_of
from cms.content.clinical_review import without_review
from cms.public.visibility import PublicScope
from tests import kept_database
from tests.reading import Api, Walks, walk
from tests.serving import ServedHandler

# Every client of the suite, whoever makes it, asks the application that is served.
client_module.ClientHandler = ServedHandler

# Python looks for garbage after each 700 new objects by default. Migrating then takes a quarter of
# its time for that, and tests of the admin a tenth.
gc.set_threshold(100_000, 20, 100)

# One case in so many of a sampled test is in a default run.
SAMPLED_STEP = 8


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_keepdb: bool, django_db_blocker: Any
) -> bool:
    """Load the database that an earlier run kept, before pytest-django makes an empty one.

    Returns whether there was one. With `--reuse-db` it is used on SQLite whatever code it was made
    of; on a server pytest-django keeps a database itself.
    """
    if django_db_keepdb and connection.vendor != "sqlite":
        return False
    with django_db_blocker.unblock():
        return kept_database.load(whatever_it_is_of=django_db_keepdb)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: bool,
    django_db_setup: None,
    django_db_keepdb: bool,
    django_db_blocker: Any,
) -> None:
    """Write the demo content once; the changes of each test are rolled back."""
    kept_database.close()
    if django_db_modify_db_settings:
        return
    try:
        with django_db_blocker.unblock():
            call_command("seed", verbosity=0)
            if connection.vendor == "sqlite" or not django_db_keepdb:
                kept_database.keep()
    finally:
        kept_database.release()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave most cases of each sampled test to runs that ask for `full`.

    Tests with the same cases run different ones of them: each begins at a place of its own.
    """
    cases: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sampled"):
            cases[item.nodeid.partition("[")[0]].append(item)
    for test, found in cases.items():
        step = min(SAMPLED_STEP, len(found))
        begin = crc32(test.encode()) % step
        for place, item in enumerate(found):
            if place % step != begin:
                item.add_marker("full")


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@receiver(setting_changed)
def forget_addresses(**_named: object) -> None:
    """Let the keys of answers depend on the settings of each test."""
    key_of.cache_clear()


@pytest.fixture(autouse=True)
def caches_forgotten() -> Iterator[None]:
    """Clear what is not rolled back with a test: Wagtail's cache of sites, and kept answers."""
    yield
    Site.clear_site_root_paths_cache()
    kept_answers.memory.clear()


@pytest.fixture(autouse=True)
def review_suspended() -> Iterator[None]:
    """Publish without review in every test but those of the review."""
    with without_review():
        yield


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def scope(site: Site) -> PublicScope:
    return PublicScope(site)


@pytest.fixture
def sv(db: None) -> Locale:
    return Locale.objects.get(language_code="sv")


@pytest.fixture
def en(db: None) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def english_editor(db: None) -> Client:
    """Return an editor who reads the admin in English and may not publish."""
    user = get_user_model().objects.create_user("english-editor", "editor@example.com", "x")
    user.groups.set(Group.objects.filter(name="Editors"))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def api(client: Client, db: None) -> Api:
    return Api(client)


@pytest.fixture(scope="session")
def walks(django_db_setup: None, django_db_blocker: Any) -> Walks:
    """Return the pages of the seeded site, crawled from each home page, by language."""
    with django_db_blocker.unblock():
        return {"sv": walk(Client(), "/"), "en": walk(Client(), "/en/")}


@pytest.fixture(scope="session")
def answers(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """Return the API's answer for every page of the seeded site, by path."""
    with django_db_blocker.unblock():
        api = Api(Client())
        return {
            item["path"]: api.page(item["path"])
            for locale in ("sv", "en")
            for item in api.get("pages/", locale=locale, limit=100)["items"]
        }
