"""What the public may not see is nowhere: not as a page, an item, a link, a count or a path."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.factories import ContentPageFactory, HomePageFactory
from tests.reading import Api

SECRET = "Hemligt namn"


def unpublish(page: Page) -> None:
    page.unpublish()


def never_publish(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)


def expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def unpublish_parent(page: Page) -> None:
    Page.objects.filter(pk=page.get_parent().pk).update(live=False)


def restrict(kind: str) -> Callable[[Page], None]:
    def apply(page: Page) -> None:
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=kind, password="x"
        )
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.first())

    return apply


def restrict_parent(page: Page) -> None:
    restrict("login")(page.get_parent())


def restrict_translation(page: Page) -> None:
    english = Locale.objects.get(language_code="en")
    copy = page.copy_for_translation(english, copy_parents=True)
    restrict("login")(copy)


def move_to_other_site(page: Page) -> None:
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="annan", locale=page.locale)
    Site.objects.create(hostname="other.example", root_page=home)
    page.move(home, pos="last-child")


def delete(page: Page) -> None:
    page.delete()


WAYS_TO_HIDE = {
    "unpublished": unpublish,
    "draft": never_publish,
    "expired": expire,
    "parent unpublished": unpublish_parent,
    "password": restrict("password"),
    "login": restrict("login"),
    "groups": restrict("groups"),
    "parent restricted": restrict_parent,
    "translation restricted": restrict_translation,
    "other site": move_to_other_site,
    "deleted": delete,
}


@pytest.fixture
def page(site: Site) -> Page:
    """A page that the menu, a link, a chooser and a redirect of other pages lead to."""
    home = Page.objects.get(slug="hem")
    parent = ContentPageFactory(parent=home, slug="foralder", title="Förälder")
    return ContentPageFactory(
        parent=parent, slug="hemlig", title=SECRET, heading=SECRET, show_in_menus=True
    )


@pytest.fixture
def referring(page: Page) -> Page:
    home = Page.objects.get(slug="hem")
    link = f'<p><a linktype="page" id="{page.pk}">den länkade texten</a></p>'
    return ContentPageFactory(
        parent=home,
        slug="pekar",
        introduction=link,
        body=[("contact_cta", {"heading": "R", "text": link, "button_label": "B", "page": page})],
    )


@pytest.mark.parametrize("way", WAYS_TO_HIDE)
def test_a_hidden_page_is_nowhere(
    api: Api, client: Client, page: Page, referring: Page, way: str
) -> None:
    before = api.get("pages/", locale="sv", limit=100)
    assert SECRET in str(before)
    assert "den länkade texten</a>" in str(api.page("/pekar/"))

    WAYS_TO_HIDE[way](page.specific)

    after = api.get("pages/", locale="sv", limit=100)
    assert SECRET not in str(after)
    assert after["count"] == len(after["items"]) < before["count"]
    assert api.problem("pages/by-path/", path="/foralder/hemlig/")["status"] == 404
    assert api.problem(f"pages/{page.pk}/")["status"] == 404
    assert SECRET not in str(api.get("navigation/", locale="sv"))
    answer = api.page("/pekar/")
    assert "den länkade texten" in str(answer)
    assert "den länkade texten</a>" not in str(answer)
    assert answer["content"]["body"] == []
    assert SECRET not in str(client.get("/api/v2/pages/", {"limit": 20, "fields": "*"}).json())
    assert client.get("/foralder/hemlig/").status_code in (302, 404) or (
        "password" in client.get("/foralder/hemlig/").content.decode()
    )
    assert SECRET not in client.get("/pekar/").content.decode()


def test_a_reader_with_access_still_reads(admin_client: Client, page: Page) -> None:
    restrict("login")(page)
    assert SECRET in admin_client.get("/foralder/hemlig/").content.decode()


def test_alternates_leave_hidden_translations_out(api: Api, site: Site) -> None:
    Page.objects.get(slug="about-this-site").specific.unpublish()
    answer = api.page("/om-webbplatsen/")
    assert answer["translations"] == []
    assert [item["hreflang"] for item in answer["seo"]["alternates"]] == ["sv", "x-default"]
