from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "cms.review"
    label = "review"
    verbose_name = _("Clinical review")

    def ready(self) -> None:
        from django.contrib.auth.models import Group, Permission
        from wagtail.models import ModelLogEntry, Page, PageLogEntry, Task, Workflow
        from wagtail.permissions import register_permission_policy

        from cms.content.models import snippet_models
        from cms.content.review_service import install_review_service
        from cms.upstream.named_lists import list_by_shown_names
        from cms.upstream.shown_names import note_rendering, show_names, show_names_in_headings

        from .policies import LanguagePermissionPolicy, PagesToTranslatePolicy
        from .roles.history import shown_data, shown_label
        from .roles.listing import find_by_shown_name, sort_by_shown_name
        from .roles.names import shown_name, shown_permission
        from .service import StoredReviews

        install_review_service(StoredReviews())
        register_permission_policy(Page, PagesToTranslatePolicy(Page))
        for model in snippet_models():
            register_permission_policy(model, LanguagePermissionPolicy(model))
        named = (Group, Workflow, Task)
        for each in named:
            show_names(each, lambda _row, name: shown_name(name))
        show_names(Permission, lambda _row, name: shown_permission(name))
        for entries in (PageLogEntry, ModelLogEntry):
            show_names(entries, lambda _row, data: shown_data(data), "data")
        show_names(ModelLogEntry, lambda entry, label: shown_label(entry, label, named), "label")
        show_names_in_headings(named, shown_name)
        list_by_shown_names(find_by_shown_name, sort_by_shown_name)
        note_rendering()
