"""The ways in which a page can be hidden from the public, by name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from tests.factories import HomePageFactory

Hide = Callable[[Any], None]


def unpublish(page: Any) -> None:
    page.unpublish()


def never_publish(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)


def expire(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def schedule(page: Any) -> None:
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()


def unpublish_parent(page: Any) -> None:
    Page.objects.filter(pk=page.get_parent().pk).update(live=False)


def expire_parent(page: Any) -> None:
    expire(page.get_parent())


def restrict(kind: str) -> Hide:
    def hide(page: Any) -> None:
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=kind, password="x"
        )
        if kind == PageViewRestriction.GROUPS:
            restriction.groups.add(Group.objects.first())

    return hide


def restrict_parent(page: Any) -> None:
    restrict("login")(page.get_parent())


def restrict_translation(page: Any) -> None:
    english = Locale.objects.get(language_code="en")
    restrict("login")(page.copy_for_translation(english, copy_parents=True))


def restrict_translation_of_parent(page: Any) -> None:
    english = Locale.objects.get(language_code="en")
    parent = page.get_parent().specific
    copy = parent.get_translation_or_none(english)
    restrict("password")(copy or parent.copy_for_translation(english, copy_parents=True))


def move_to_other_site(page: Any) -> None:
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="annan", locale=page.locale)
    Site.objects.create(hostname="other.example", root_page=home)
    page.move(home, pos="last-child")


def delete(page: Any) -> None:
    page.delete()


WAYS_TO_HIDE: dict[str, Hide] = {
    "unpublished": unpublish,
    "draft": never_publish,
    "expired": expire,
    "scheduled": schedule,
    "parent unpublished": unpublish_parent,
    "parent expired": expire_parent,
    "password": restrict("password"),
    "login": restrict("login"),
    "groups": restrict("groups"),
    "parent restricted": restrict_parent,
    "translation restricted": restrict_translation,
    "parent's translation restricted": restrict_translation_of_parent,
    "other site": move_to_other_site,
    "deleted": delete,
}
