"""Translation in the Wagtail admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from cms.public.visibility import PLACE_KEPT

from .engine.foreign_texts import FOREIGN_TEXTS
from .engine.guard import check_publication
from .exchange import views as exchange
from .following import pages, snippets
from .glossary.views import TermViewSet, glossary_viewset
from .machine import views as machine

# After what other parts of the project may have against it.
LAST = 100

hooks.register("before_unpublish_page", pages.before_unpublish, order=LAST)
hooks.register("before_delete_page", pages.before_delete, order=LAST)
hooks.register("before_move_page", pages.before_move, order=LAST)
hooks.register("before_bulk_action", pages.before_bulk_action, order=LAST)
hooks.register("before_unpublish", snippets.before_unpublish, order=LAST)
hooks.register("before_delete_snippet", snippets.before_delete, order=LAST)


@hooks.register("before_bulk_action", order=LAST)
def refuse_bulk_publication(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Tell why pages cannot be published together, where Wagtail answers with a server error."""
    if action_type != "publish" or not objects or not isinstance(objects[0], Page):
        return None
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [each for page in objects for each in page.get_descendants()]
    for page in pages:
        revision = page.latest_revision
        try:
            if revision is not None and not page.alias_of_id:
                check_publication(revision)
        except ValidationError as error:
            title = page.get_admin_display_title()
            messages.error(request, f"{title}: {' '.join(error.messages)}")
            return redirect(action.next_url)
    return None


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(
        PLACE_KEPT,
        gettext_lazy("Begin a translation"),
        gettext_lazy("A draft from now on: it had the text of another language"),
    )
    actions.register_action(
        FOREIGN_TEXTS,
        gettext_lazy("Copy from another language"),
        gettext_lazy("A draft with the texts of another language, which have to be translated"),
    )


@hooks.register("register_admin_viewset")
def register_glossary() -> TermViewSet:
    return glossary_viewset


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path(
            "translations/<int:translation_id>/export/<slug:kind>/",
            exchange.export,
            name="translation_export",
        ),
        path(
            "translations/<int:translation_id>/import/",
            exchange.import_file,
            name="translation_import",
        ),
        path(
            "translations/<int:translation_id>/machine/",
            machine.translate_rest,
            name="translation_machine",
        ),
    ]


def refuse_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias in another language would show the words of its source."""
    messages.error(request, _("A page cannot be an alias of a page in another language."))
    return redirect("wagtailadmin_pages:edit", page_id)


@hooks.register("construct_page_action_menu")
def offer_no_alias(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]
