"""The kinds of change to public content, each as a function that makes one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, PageViewRestriction

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

OLD = "/gammal-adress/"
Change = Callable[[], None]


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
    # Web pages do not show the concerns of the methods that they list, as the API does.
    choose_page_of_concern: 2,
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
