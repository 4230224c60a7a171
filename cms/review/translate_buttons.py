"""The buttons *Translate* in lists and headers, only for who may begin a translation there.

wagtail-localize shows them to everybody who may begin translations into any language.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from wagtail.models import Page

from cms.upstream.localize_views import page_translation_buttons
from cms.upstream.receivers import replace_hook

from .languages import may_translate

HOOKS = ("register_page_header_buttons", "register_page_listing_more_buttons")


def page_buttons(
    page: Any, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Any]:
    """wagtail-localize's buttons for a page, without one that would be refused."""
    for button in page_translation_buttons()(page, user, view_name, next_url):
        if not _begins(button, page) or may_translate(user, page):
            yield button


def drop_from_snippet(buttons: list[Any], snippet: Any, user: Any) -> None:
    """Take the button away from a snippet in a list where it would be refused."""
    if any(_begins(button, snippet) for button in buttons) and not may_translate(user, snippet):
        buttons[:] = [button for button in buttons if not _begins(button, snippet)]


def replace_page_buttons() -> None:
    """Put our buttons for pages in the place of wagtail-localize's."""
    for name in HOOKS:
        replace_hook(name, page_translation_buttons(), page_buttons)


def submit_url(instance: Any) -> str:
    """Where a translation of a page or snippet is begun; an alias leads to its source."""
    if isinstance(instance, Page):
        key = instance.alias_of_id or instance.pk
        return reverse("wagtail_localize:submit_page_translation", args=[key])
    meta = instance._meta
    return reverse(
        "wagtail_localize:submit_snippet_translation",
        args=[meta.app_label, meta.model_name, quote(instance.pk)],
    )


def _begins(button: Any, instance: Any) -> bool:
    return bool(getattr(button, "url", None) == submit_url(instance))
