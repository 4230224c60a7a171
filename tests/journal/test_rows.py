"""Tests every field of the rows that each kind of change writes."""

from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, Site

from cms.journal.models import ContentChange
from tests.factories import ConcernFactory
from tests.journal.branches import OTHER_HOST, restrict
from tests.journal.conftest import Journal, MakePage


class Row(NamedTuple):
    action: str
    path: str = ""
    site_id: int | None = None
    withdrawn: bool = False
    reach: str = "object"


def rows(journal: Journal, kind: str, type_: str, key: int, locale: str = "") -> list[Row]:
    """Return the rows since the start, all of which must be of the named object."""
    found = list(ContentChange.objects.filter(version__gt=journal.start))
    named = {(row.kind, row.type, row.object_id, row.locale) for row in found}
    assert named == {(kind, type_, key, locale)}
    return [Row(row.action, row.path, row.site_id, row.withdrawn, row.reach) for row in found]


def publish(page: Page, **changes: Any) -> None:
    page = Page.objects.get(pk=page.pk).specific
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_page(make_page: MakePage, journal: Journal, site: Site) -> None:
    page = make_page("sida")
    publish(page, heading="Ny")
    publish(page, title="Nytt namn")
    publish(page, slug="annan")
    Page.objects.get(pk=page.pk).unpublish()
    publish(page)
    Page.objects.get(pk=page.pk).delete()
    assert rows(journal, "page", "content", page.pk, "sv") == [
        Row("published", "/sida/", reach="subtree"),
        Row("published", "/sida/"),
        Row("published", "/sida/", reach="subtree"),
        Row("moved", "/sida/", site.pk, True, "subtree"),
        Row("unpublished", "/annan/", site.pk, True, "subtree"),
        Row("published", "/annan/", reach="subtree"),
        Row("deleted", "/annan/", site.pk, True, "subtree"),
    ]


def test_a_page_of_the_menu(make_page: MakePage, journal: Journal, site: Site) -> None:
    page = make_page("sida", show_in_menus=True)
    publish(page, title="Nytt namn")
    publish(page, heading="Ny")
    publish(page, show_in_menus=False)
    publish(page, show_in_menus=True)
    Page.objects.get(pk=page.pk).delete()
    assert rows(journal, "page", "content", page.pk, "sv") == [
        Row("published", "/sida/", reach="locale"),
        Row("published", "/sida/", reach="locale"),
        Row("published", "/sida/"),
        Row("published", "/sida/", reach="locale"),
        Row("published", "/sida/", reach="locale"),
        Row("deleted", "/sida/", site.pk, True, "locale"),
    ]


def test_a_page_above_one_of_the_menu(make_page: MakePage, journal: Journal, site: Site) -> None:
    page = make_page("sida")
    make_page("under", page, show_in_menus=True)
    journal.restart()
    publish(page, slug="annan")
    Page.objects.get(pk=page.pk).delete()
    assert rows(journal, "page", "content", page.pk, "sv") == [
        Row("moved", "/sida/", site.pk, True, "locale"),
        Row("deleted", "/annan/", site.pk, True, "locale"),
    ]


def test_a_home_page(journal: Journal, site: Site, en: Locale) -> None:
    home = Page.objects.get(depth=2, locale=en)
    publish(home, title="Another name")
    Page.objects.get(pk=home.pk).unpublish()
    publish(home)
    assert rows(journal, "page", "home", home.pk, "en") == [
        Row("published", "/en/", reach="locale"),
        Row("unpublished", "/en/", site.pk, True, "site"),
        Row("published", "/en/", reach="site"),
    ]


def test_the_privacy_of_a_page(make_page: MakePage, journal: Journal, site: Site) -> None:
    page = make_page("sida")
    journal.restart()
    restriction = restrict(page, "groups")
    restriction.groups.clear()
    restriction.delete()
    assert rows(journal, "page", "content", page.pk, "sv") == [
        Row("restricted", "/sida/", site.pk, True, "site"),
        Row("restricted", "/sida/", reach="site"),
        Row("restricted", "/sida/", reach="site"),
        Row("unrestricted", "/sida/", reach="site"),
    ]


def test_a_snippet(journal: Journal, site: Site) -> None:
    concern = ConcernFactory()
    key = concern.pk
    concern.unpublish()
    concern.save_revision().publish()
    concern.refresh_from_db()
    concern.delete()
    assert rows(journal, "snippet", "pages.Concern", key, "sv") == [
        Row("published"),
        Row("unpublished", withdrawn=True),
        Row("published"),
        Row("deleted", withdrawn=True),
    ]


@pytest.fixture
def private(site: Site) -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Privat")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


@pytest.mark.parametrize(
    ("kind", "type_"), [("image", "wagtailimages.Image"), ("document", "wagtaildocs.Document")]
)
def test_a_file(private: Collection, journal: Journal, kind: str, type_: str) -> None:
    model = get_image_model() if kind == "image" else get_document_model()
    content = get_test_image_file() if kind == "image" else ContentFile(b"x", name="fil.txt")
    file = model.objects.create(title="Fil", file=content)
    key, public = file.pk, file.collection
    for collection in (private, public):
        file.collection = collection
        file.save()
    file.delete()
    assert rows(journal, kind, type_, key) == [
        Row("changed"),
        Row("restricted", withdrawn=True),
        Row("changed"),
        Row("deleted", withdrawn=True),
    ]


def test_a_collection(site: Site, journal: Journal) -> None:
    collection = Collection.get_first_root_node().add_child(name="Blandat")
    collection.name = "Annat namn"
    collection.save()
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="groups"
    )
    restriction.groups.add(Group.objects.first())
    restriction.delete()
    assert rows(journal, "collection", "wagtailcore.Collection", collection.pk) == [
        Row("changed", reach="site"),
        Row("restricted", withdrawn=True, reach="site"),
        Row("restricted", reach="site"),
        Row("unrestricted", reach="site"),
    ]


def test_a_redirect(journal: Journal, site: Site) -> None:
    redirect = Redirect.objects.create(old_path="/a", redirect_link="https://x.example/", site=site)
    key = redirect.pk
    redirect.old_path = "/b"
    redirect.save()
    redirect.save()
    redirect.delete()
    assert rows(journal, "redirect", "wagtailredirects.Redirect", key) == [
        Row("changed", "/a", site.pk),
        Row("deleted", "/a", site.pk, True),
        Row("changed", "/b", site.pk),
        Row("changed", "/b", site.pk),
        Row("deleted", "/b", site.pk, True),
    ]


def test_a_site(journal: Journal, home: Page) -> None:
    site = Site.objects.create(hostname=OTHER_HOST, root_page=home)
    key = site.pk
    site.delete()
    assert rows(journal, "site", "wagtailcore.Site", key) == [
        Row("changed", reach="site"),
        Row("deleted", reach="site"),
    ]


def test_a_locale(journal: Journal, site: Site) -> None:
    finnish = Locale.objects.create(language_code="fi")
    key = finnish.pk
    finnish.delete()
    assert rows(journal, "locale", "wagtailcore.Locale", key, "fi") == [
        Row("changed", reach="site"),
        Row("deleted", reach="site"),
    ]
