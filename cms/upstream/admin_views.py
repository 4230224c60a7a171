"""Small helpers of Wagtail's admin views: titles, return addresses, dialogs, static files.

From `wagtail.admin.utils`, `wagtail.admin.modal_workflow`, `wagtail.admin.staticfiles`,
`wagtail.admin.views.pages.utils`, `wagtail.coreutils` and `wagtail.utils.urlpatterns`,
Wagtail 8.0. None of these modules is documented beyond `get_admin_base_url`. Taking them keeps
our views in step with Wagtail's: the same titles, the same check of `next`.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.utils import (
    get_latest_str,
    get_user_display_name,
    get_valid_next_url_from_request,
)
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.coreutils import find_available_slug, get_content_languages
from wagtail.utils.urlpatterns import decorate_urlpatterns


def latest_title(instance: Any) -> str:
    """Return the title of a page's or snippet's latest draft."""
    return str(get_latest_str(instance))


def user_name(user: Any) -> str:
    """Return a user's full name, or else the user name."""
    return str(get_user_display_name(user))


def valid_next_url(request: HttpRequest) -> str:
    """Return the form's or query's `next` where it leads to this host, otherwise an empty text."""
    return str(get_valid_next_url_from_request(request))


def end_dialog(request: HttpRequest, url: str) -> HttpResponse:
    """Answer one of Wagtail's modal windows so that its script goes to an address."""
    step = {"step": "success", "redirect": url}
    response: HttpResponse = render_modal_workflow(request, "", None, {}, json_data=step)
    return response


def ask_in_dialog(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer one of Wagtail's modal windows for a step of a workflow with another form."""
    step = {"step": "action"}
    response: HttpResponse = render_modal_workflow(request, template, None, context, json_data=step)
    return response


def static_url(path: str) -> str:
    """Return the URL of a static file, with Wagtail's version in it."""
    return str(versioned_static(path))


def is_deletion_confirmed(request: HttpRequest) -> bool:
    """Tell whether the form names the site where Wagtail asks for that before a large deletion."""
    return bool(type_to_delete_confirmation(request))


def free_slug(parent: Any, slug: str, page_id: int | None) -> str:
    """Return the slug, or one with a number, that no other page below a parent has."""
    return str(find_available_slug(parent, slug, ignore_page_id=page_id))


def content_languages() -> dict[str, str]:
    """Return the names of WAGTAIL_CONTENT_LANGUAGES by code."""
    return dict(get_content_languages())


def decorate_urls(patterns: list[Any], decorator: Callable[..., Any]) -> list[Any]:
    """Put a decorator around every view of some URL patterns, those of includes too."""
    decorated: list[Any] = decorate_urlpatterns(patterns, decorator)
    return decorated
