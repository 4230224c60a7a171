"""Views, menus, side panels, hooks and receivers of Wagtail's admin."""

import inspect
from typing import Any

import pytest
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from django.test import Client
from wagtail import hooks
from wagtail.admin import mail, signal_handlers, urls
from wagtail.admin.action_menu import PageActionMenu
from wagtail.admin.ui import side_panels
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.views import workflows
from wagtail.admin.views.generic import CopyViewMixin
from wagtail.admin.views.generic.chooser import CreateViewMixin
from wagtail.admin.views.generic.multiple_upload import AddView as MultipleUploadView
from wagtail.admin.views.generic.multiple_upload import CreateFromUploadView
from wagtail.admin.views.pages.utils import (
    get_breadcrumbs_items_for_page,
    type_to_delete_confirmation,
)
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.coreutils import find_available_slug
from wagtail.signals import page_slug_changed, post_page_move
from wagtail.snippets.action_menu import SnippetActionMenu
from wagtail_localize.models import (
    StringTranslation,
    post_delete_string_translation,
    post_save_string_translation,
)

from cms.upstream import (
    add_forms,
    admin_urls,
    admin_views,
    block_forms,
    editor_parts,
    page_views,
    queries,
    receivers,
    snippets,
)

from .comparing import check_methods, check_signature, check_source

OVERRIDDEN: list[tuple[Any, dict[str, str]]] = [
    (
        page_views.PageCreateView,
        {
            "dispatch": "(self, request, content_type_app_name, content_type_model_name,"
            " parent_page_id)"
        },
    ),
    (page_views.PageCopyView, {"dispatch": "(self, request, page_id, *args, **kwargs)"}),
    (snippets.CreateView, {"dispatch": "(self, request, *args, **kwargs)"}),
    (
        page_views.PageEditView,
        {
            "add_save_confirmation_message": "(self)",
            "form_valid": "(self, form)",
            "perform_workflow_action": "(self)",
            "redirect_away": "(self)",
            "send_commenting_notifications": "(self, changes)",
        },
    ),
    (
        page_views.PageWorkflowActionView,
        {
            "dispatch": "(self, request, *args, **kwargs)",
            "post": "(self, request, *args, **kwargs)",
        },
    ),
    (page_views.PageRevisionView, {"dispatch": "(self, request, *args, **kwargs)"}),
    (page_views.PageCompareView, {"dispatch": "(self, request, *args, **kwargs)"}),
    (
        page_views.PermissionCheckedMixin,
        {
            "user_has_permission": "(self, permission)",
            "user_has_any_permission": "(self, permissions)",
            "user_has_permission_for_instance": "(self, permission, instance)",
        },
    ),
    (
        page_views.IndexView,
        {
            "_get_title_column": "",
            "get_base_queryset": "(self)",
            "get_copy_url": "(self, instance)",
            "get_delete_url": "(self, instance)",
            "get_edit_url": "(self, instance)",
            "order_queryset": "(self, queryset)",
        },
    ),
    (page_views.RecentEditsPanel, {"get_context_data": "(self, parent_context)"}),
    (
        snippets.EditView,
        {
            "form_valid": "(self, form)",
            "get_success_buttons": "(self)",
            "get_success_message": "(self, instance=None)",
        },
    ),
    (snippets.ChooseView, {"apply_object_list_ordering": "(self, objects)"}),
    (
        snippets.CreateInChooserView,
        {
            "can_create": "(self)",
            "get_creation_form_kwargs": "(self)",
            "save_form": "(self, form)",
        },
    ),
    (snippets.SnippetChosenMultipleView, {"get_objects": "(self, pks)"}),
    (block_forms.ListBlockAdapter, {"js_args": "(self, block)"}),
    (block_forms.StructBlockAdapter, {"js_args": "(self, block)"}),
    (page_views.WorkflowObjectsToModeratePanel, {"get_context_data": "(self, parent_context)"}),
    (editor_parts.SubmitForModerationMenuItem, {"get_context_data": "(self, parent_context)"}),
    (editor_parts.SubmitSnippetMenuItem, {"get_context_data": "(self, parent_context)"}),
    (editor_parts.WagtailAdminDraftStateFormMixin, {"clean": "(self)"}),
]


@pytest.mark.parametrize(
    ("base", "methods"), OVERRIDDEN, ids=[base.__qualname__ for base, _methods in OVERRIDDEN]
)
def test_views_have_the_methods_that_ours_override(base: Any, methods: dict[str, str]) -> None:
    check_methods(base, methods, "A view of ours overrides or calls it.")


@pytest.mark.parametrize(
    "adapter", [block_forms.ListBlockAdapter(), block_forms.StructBlockAdapter()]
)
def test_the_last_argument_of_a_block_s_form_is_its_texts(adapter: Any) -> None:
    block = ListBlock(CharBlock()) if "List" in adapter.js_constructor else StructBlock()
    assert adapter.js_args(block)[-1]["label"] == block.label


def test_menus_of_the_footer_take_their_context_as_keywords() -> None:
    for menu in (PageActionMenu, SnippetActionMenu):
        check_signature(menu.__init__, "(self, request, **kwargs)", "The desk shows this menu.")


def test_side_panels_take_what_the_desk_gives() -> None:
    reliance = "cms.translation.desk.page_or_snippet makes it."
    check_signature(side_panels.ChecksSidePanel.__init__, "(self, object, request)", reliance)
    preview = "(self, object, request, *, preview_url)"
    check_signature(side_panels.PreviewSidePanel.__init__, preview, reliance)
    given = {
        "show_schedule_publishing_toggle",
        "live_object",
        "scheduled_object",
        "locale",
        "translations",
        "usage_url",
        "history_url",
    }
    parameters = set(inspect.signature(editor_parts.SnippetStatusSidePanel.__init__).parameters)
    assert given <= parameters, f"The status panel takes no {given - parameters} any more."


def test_header_and_breadcrumbs_take_what_the_adapters_give() -> None:
    reliance = "cms.upstream.editor_parts calls it."
    check_signature(get_page_header_buttons, "(page, user, next_url, view_name)", reliance)
    parameters = list(inspect.signature(get_breadcrumbs_items_for_page).parameters)
    assert parameters == [
        "page",
        "user",
        "url_name",
        "root_url_name",
        "include_self",
        "querystring_value",
    ]


def test_small_helpers_take_what_the_adapters_give() -> None:
    reliance = "cms.upstream.admin_views calls it."
    check_signature(type_to_delete_confirmation, "(request, context=None)", reliance)
    slugs = "(parent, requested_slug, ignore_page_id=None)"
    check_signature(find_available_slug, slugs, reliance)
    assert admin_views.static_url("x.css").startswith("/static/x.css")


def test_views_of_the_admin_are_guarded_by_these_decorators() -> None:
    check_source(
        urls.display_custom_404, "9297e25900cf", "admin_urls puts it around views of ours."
    )
    source = inspect.getsource(urls)
    decorated = [line for line in source.splitlines() if "= decorate_urlpatterns(" in line]
    assert decorated == [
        "urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)",
        "urlpatterns = decorate_urlpatterns(urlpatterns, display_custom_404)",
        "urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)",
    ], "wagtail.admin.urls guards its views otherwise: adapt admin_urls._for_admin."


def test_add_forms_are_sent_to_these_methods() -> None:
    reliance = "It is called once for each opened form."
    for view in add_forms.ADD_VIEWS:
        check_signature(view.post, "(self, request, *args, **kwargs)", reliance)
    check_signature(CreateViewMixin.save_form, "(self, form)", reliance)
    chooser = workflows.TaskChooserCreateView
    check_signature(chooser.get_create_form_class, "(self)", reliance)
    for upload in (MultipleUploadView, CreateFromUploadView):
        check_methods(upload, {"post": ""}, "It sets what it has made.")
    answers = {"get_edit_object_response_data": "(self)", "get_edit_upload_response_data": "(self)"}
    check_methods(MultipleUploadView, answers, "They tell of `object` and `upload_object`.")
    check_signature(CopyViewMixin.get_initial_form_instance, "(self)", "It is the original.")


def test_queries_are_read_by_these_methods() -> None:
    for view, name, _errors in queries.READERS:
        method = inspect.unwrap(getattr(view, name))
        assert method.__module__.split(".")[0] in ("wagtail", "django"), f"{view} has no {name}."


def test_replacing_a_view_that_is_gone_is_an_error() -> None:
    with pytest.raises(LookupError, match="no_such_view"):
        admin_urls.replace_views("wagtail_localize", {"no_such_view": lambda request: None})


@pytest.mark.django_db
def test_a_replaced_view_asks_for_access_to_the_admin(client: Client) -> None:
    answer = client.get("/admin/localize/submit/page/1/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_hooks_are_kept_in_a_registry_of_functions_and_orders() -> None:
    def original() -> None: ...

    def ours() -> None: ...

    with hooks.register_temporarily("samtal_test", original, order=7):
        try:
            receivers.replace_hook("samtal_test", original, ours)
            assert hooks._hooks["samtal_test"] == [(ours, 7)]
            assert hooks.get_hooks("samtal_test") == [ours]
        finally:
            hooks._hooks["samtal_test"] = [(original, 7)]


def test_replacing_a_hook_that_is_gone_is_an_error() -> None:
    with pytest.raises(LookupError, match="samtal_nothing"):
        receivers.replace_hook("samtal_nothing", print, print)


def test_mail_about_workflows_is_connected_by_these_names() -> None:
    check_source(
        signal_handlers.register_signal_handlers,
        "75a6e292945c",
        "receivers.wrap_workflow_mail takes the place of each receiver by its dispatch_uid.",
    )
    for signal, sender, name, _notifier in receivers._MAIL:
        keys = [key for (key, _sender), *_rest in signal.receivers if key == name]
        assert keys == [name], f"{name} of {sender.__name__} is connected {len(keys)} times."


def test_the_page_editor_mails_comments_by_this_function() -> None:
    reliance = "receivers.mail_comments_to wraps it, and reads the page from its context."
    check_signature(
        mail.send_notification,
        "(recipient_users, notification, extra_context)",
        reliance,
    )
    names = page_views.PageEditView.send_commenting_notifications.__code__.co_names
    assert "send_notification" in names, reliance


@pytest.mark.parametrize("signal", [post_page_move, page_slug_changed])
def test_redirects_are_made_before_ours_look_for_them(signal: Signal) -> None:
    modules = [getattr(each, "__module__", "") for each in signal._live_receivers(sender=None)[0]]
    made = modules.index("wagtail.contrib.redirects.signal_handlers")
    ours = [number for number, name in enumerate(modules) if name.startswith("cms.journal")]
    assert all(made < number for number in ours[-1:]), f"Receivers run in this order: {modules}"


def test_wagtail_localize_writes_no_draft_titles() -> None:
    check_source(
        post_save_string_translation,
        "7be47fb16e1a",
        "receivers.leave_draft_titles disconnects it, and our step does the same for right texts.",
    )
    connected, _asynchronous = post_save._live_receivers(sender=StringTranslation)
    assert post_save_string_translation not in connected
    deleted, _asynchronous = post_delete._live_receivers(sender=StringTranslation)
    assert post_delete_string_translation in deleted
