"""Tests of each kind of change: it touches every answer that differs, and few others."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, PageViewRestriction

from cms.caching import known_objects
from cms.caching.content_version import ContentVersion, Dependencies
from cms.caching.middleware import ANSWER
from faq.models import FaqEntry, FaqTopic
from pages.models import (
    Concern,
    ConcernPage,
    ContentPage,
    SelfTestCallToAction,
    SiteFurniture,
    TherapyMethodConcern,
    TherapyMethodPage,
)
from tests.journal.branches import section
from tests.reading import API

from .conftest import forget

OLD = "/gammal-adress/"
# They show the version of the content, so each change makes them anew, of what is shared.
LISTS = [
    f"{API}pages/?locale={language}&limit=100{more}"
    for language in ("sv", "en")
    for more in ("", "&order=-title", "&type=therapy_method&fallback=sv")
]
FULL = pytest.mark.full
Change = Callable[[], None]


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


def swedish(model: Any, **fields: Any) -> Any:
    found = model.objects.filter(locale__language_code="sv", live=True, **fields)
    return found.order_by("pk").first()


def publish(instance: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(instance, name, value)
    instance.save_revision().publish()


def method() -> Any:
    return swedish(TherapyMethodPage, slug="ipt")


def correct_question() -> None:
    publish(swedish(FaqEntry), question="En fråga som är rättad?")


def withdraw_question() -> None:
    swedish(FaqEntry).unpublish()


def rename_topic() -> None:
    publish(swedish(FaqTopic), name="Ett ämne")


def choose_page_of_concern() -> None:
    publish(Concern.objects.get(slug="somn"), page=Page.objects.get(slug="angest"))


def withdraw_page_of_concern() -> None:
    ConcernPage.objects.get(slug="angest").unpublish()


def add_concern_to_method() -> None:
    method = TherapyMethodPage.objects.get(slug="parterapi")
    concern = Concern.objects.get(slug="angest")
    link = TherapyMethodConcern(concern=concern, locale=method.locale)
    publish(method, concern_links=[*method.concern_links.all(), link])


def rename_concern() -> None:
    publish(swedish(Concern, slug="sorg"), name="Ett annat namn")


def withdraw_concern() -> None:
    swedish(Concern, slug="sorg").unpublish()


def rewrite_invitation() -> None:
    publish(swedish(SelfTestCallToAction), heading="En annan rubrik")


def rewrite_footer() -> None:
    publish(swedish(SiteFurniture), footer_text="<p>En annan fot.</p>")


def correct_page() -> None:
    publish(method(), introduction="<p>Helt ny text.</p>")


def rename_page() -> None:
    publish(method(), title="Ett annat namn")


def rename_page_in_menu() -> None:
    publish(Page.objects.get(slug="kontakt").specific, title="Hör av dig")


def move_page() -> None:
    method().move(Page.objects.get(slug="hem"), pos="last-child")


def reorder_pages() -> None:
    method().move(method().get_prev_sibling() or method().get_next_sibling(), pos="left")


def reorder_sections() -> None:
    """Give a page that others are below the place in the tree that another one has had."""
    section = Page.objects.get(slug="hjalp-med")
    section.move(Page.objects.get(slug="terapimetoder"), pos="left")


def change_address() -> None:
    publish(method(), slug="en-annan-adress")


def change_address_of_section() -> None:
    publish(Page.objects.get(slug="terapimetoder").specific, slug="metoder")


def withdraw_section() -> None:
    Page.objects.get(slug="terapimetoder").specific.unpublish()


def withdraw_page() -> None:
    method().unpublish()


def delete_page() -> None:
    method().delete()


def delete_section() -> None:
    Page.objects.get(slug="terapimetoder").delete()


def publish_new_page() -> None:
    section("helt-ny", title="Helt ny")


def put_into_menu() -> None:
    publish(swedish(ContentPage, show_in_menus=False), show_in_menus=True)


def change_translation() -> None:
    english = method().get_translation(Locale.objects.get(language_code="en"))
    publish(english, title="Another name")


def withdraw_translation() -> None:
    method().get_translation(Locale.objects.get(language_code="en")).unpublish()


def restrict_page() -> None:
    PageViewRestriction.objects.create(page=method(), restriction_type="login")


def shown_image() -> Any:
    return get_image_model().objects.get(pk=method().image_id)


def delete_image() -> None:
    shown_image().delete()


def move_focus() -> None:
    image = shown_image()
    image.focal_point_x = image.focal_point_y = 10
    image.focal_point_width = image.focal_point_height = 5
    image.save()


def hide_image() -> None:
    private = Collection.get_first_root_node().add_child(name="Privat")
    private.view_restrictions.create(restriction_type="login")
    image = shown_image()
    image.collection = private
    image.save()


def delete_document() -> None:
    get_document_model().objects.get().delete()


def redirect_elsewhere() -> None:
    redirect = Redirect.objects.get(old_path=OLD.rstrip("/"))
    redirect.redirect_page = Page.objects.get(slug="kontakt")
    redirect.save()


def publish_at_redirect() -> None:
    section(OLD.strip("/"), title="Här igen")


def rename_home() -> None:
    publish(Page.objects.get(slug="hem").specific, title="Början")


def expire_page() -> None:
    """Let a page expire, and the row come later."""
    page = method()
    publish(page, expire_at=timezone.now() + timedelta(hours=1))
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    Page.objects.get(pk=page.pk).specific.unpublish(set_expired=True)


# How many answers may be made anew for one that differs.
USUAL = 1.5
MORE = {
    # Web pages show less of a page than the API does: no dates, no focal points.
    correct_page: 3,
    # Each page of a concern depends on which concerns lead to it.
    choose_page_of_concern: 3,
    move_focus: 3,
    # Links show the address alone.
    rename_page_in_menu: 3,
    put_into_menu: 3,
    rename_home: 3,
    # What an address without a page leads to.
    publish_new_page: 5,
    publish_at_redirect: 5,
    reorder_pages: 100,
    reorder_sections: 100,
    # All, since any answer may depend on what is private.
    restrict_page: 100,
    hide_image: 100,
}
CHANGES = (
    withdraw_page_of_concern,
    add_concern_to_method,
    correct_question,
    withdraw_question,
    rename_topic,
    rename_concern,
    withdraw_concern,
    rewrite_invitation,
    rewrite_footer,
    rename_page,
    move_page,
    change_address,
    change_address_of_section,
    withdraw_section,
    withdraw_page,
    delete_page,
    delete_section,
    change_translation,
    withdraw_translation,
    delete_image,
    delete_document,
    redirect_elsewhere,
    expire_page,
    *MORE,
)
SOME = (*CHANGES[::18], reorder_sections)


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
