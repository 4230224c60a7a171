"""Fixtures of receivers, endpoints and changes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import Page, Site

from cms.webhooks.models import Endpoint
from cms.webhooks.purging import purge
from tests.factories import ContentPageFactory
from tests.journal.parallel import Parallel, copy_of_the_database
from tests.webhooks.network import Network
from tests.webhooks.receiver import Receiver, receiving

MakePage = Callable[..., Any]


@pytest.fixture(scope="session")
def copied_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Parallel]:
    with django_db_blocker.unblock(), copy_of_the_database("webhooks") as parallel:
        yield parallel


@pytest.fixture
def database(copied_database: Parallel) -> Iterator[Parallel]:
    """Yield a copy of the database for processes and threads that must see commits."""
    yield copied_database
    # Nothing is rolled back there, and an endpoint that is left would be told by the next test.
    copied_database.run(Endpoint.objects.all().delete)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def endpoint(site: Site, receiver: Receiver) -> Iterator[Endpoint]:
    yield Endpoint.objects.create(name="Webbplatsen", url=receiver.url, site=site)
    # A change of a home page is rolled back with the test, but not what Wagtail cached of it.
    Site.clear_site_root_paths_cache()


@pytest.fixture
def make_page(site: Site) -> MakePage:
    """Return a function that creates a live page, by default below the Swedish home page."""

    def make(slug: str, parent: Page | None = None, **fields: Any) -> Any:
        # Read again: the tree knows more than an instance that was loaded earlier.
        parent = Page.objects.get(pk=parent.pk) if parent else Page.objects.get(slug="hem")
        page = ContentPageFactory(parent=parent, slug=slug, title=slug.title(), **fields)
        return type(page).objects.get(pk=page.pk)

    return make


@pytest.fixture
def administrator(site: Site) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


@pytest.fixture
def network(settings: Settings, site: Site) -> Iterator[type[Network]]:
    """Configure a network that has been purged of everything, and yield its class."""
    settings.WAGTAILFRONTENDCACHE = {"test": {"BACKEND": "tests.webhooks.network.Network"}}
    purge()
    Network.heard = []
    yield Network
    Network.before = staticmethod(lambda: None)
    # A change of a home page is rolled back with the test, but not what Wagtail cached of it.
    Site.clear_site_root_paths_cache()
