"""Addresses in the admin."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page


def edit_url(instance: Any) -> str:
    """Where a page or a snippet is edited."""
    return edit_url_of(type(instance), instance.pk)


def edit_url_of(model: Any, pk: int) -> str:
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])
