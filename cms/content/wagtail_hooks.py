"""Register what the editors of all content have in common in the Wagtail admin."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.permissions import policy_registry

from cms.core.editing_rights import LISTING

from .models.snippet import snippet_models


@hooks.register("insert_editor_js")
def mark_forms_that_are_opened_again() -> str:
    """Load the script that tells a form shown from the browser's memory from the one before."""
    return format_html('<script src="{}"></script>', static("content/opened_form.js"))


@hooks.register("insert_global_admin_css")
def style_of_the_editor() -> str:
    """Load the styles of what is ours in the editors and lists of content."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/editor.css"))


class SharedContentSearchArea(SearchArea):
    """Leads from the other searches of the admin to a list of shared content."""

    def __init__(self, model: Any, order: int) -> None:
        viewset = model.snippet_viewset
        super().__init__(
            capfirst(model._meta.verbose_name_plural),
            reverse(viewset.get_url_name("list")),
            name=model._meta.model_name,
            icon_name=viewset.icon,
            order=order,
        )
        self.model = model

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may open the list."""
        policy = policy_registry.get_by_type(self.model)
        return bool(policy.user_has_any_permission(request.user, LISTING))


def _register_search_areas() -> None:
    for order, model in enumerate(snippet_models(), start=110):
        hooks.register("register_admin_search_area", partial(SharedContentSearchArea, model, order))


_register_search_areas()
