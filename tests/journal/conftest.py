"""Fixtures that read the journal."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from wagtail.models import Page, Site

from cms.journal.models import ContentChange
from cms.journal.version import current_version
from tests.factories import ContentPageFactory
from tests.journal.branches import section
from tests.reading import Api

MakePage = Callable[..., Any]


class Journal:
    """The rows of the journal since the start of a test."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.start = current_version()

    def rows(self) -> list[tuple[str, str, str]]:
        """Return action, kind and path of each row since the start."""
        rows = ContentChange.objects.filter(version__gt=self.start)
        return [(row.action, row.kind, row.path) for row in rows]

    def feed(self, **query: Any) -> list[Any]:
        """Return the public changes since the start."""
        return self.api.get("changes/", **{"since": self.start, **query})["items"]

    def restart(self) -> None:
        self.start = current_version()


def dropped(journal: Journal) -> list[tuple[str, str | None]]:
    """Return action and path of each public change since the start."""
    return [(item["action"], item["path"]) for item in journal.feed()]


@pytest.fixture
def home(site: Any) -> Page:
    return Page.objects.get(slug="hem")


@pytest.fixture
def make_page(home: Page) -> Callable[..., Any]:
    """Return a function that creates a live page, by default below the Swedish home page."""

    def make(slug: str, parent: Page | None = None, **fields: Any) -> Any:
        # Read again: the tree knows more than an instance that was loaded earlier.
        parent = Page.objects.get(pk=parent.pk if parent else home.pk)
        page = ContentPageFactory(parent=parent, slug=slug, title=slug.title(), **fields)
        return type(page).objects.get(pk=page.pk)

    return make


@pytest.fixture
def journal(api: Api, site: Any) -> Iterator[Journal]:
    yield Journal(api)
    # A change of a home page is rolled back with the test, but not what Wagtail cached of it.
    Site.clear_site_root_paths_cache()


@pytest.fixture
def parent(site: Site) -> Page:
    return section("foralder")


@pytest.fixture
def page(parent: Page) -> Page:
    page = ContentPageFactory(parent=parent, slug="hemlig")
    return Page.objects.get(pk=page.pk)
