from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "cms.review"
    label = "review"
    verbose_name = _("Clinical review")

    def ready(self) -> None:
        from django.contrib.auth.models import Group, Permission
        from wagtail.models import Page, Task, Workflow
        from wagtail.permissions import register_permission_policy

        from cms.content.models import snippet_models
        from cms.content.review_service import install_review_service
        from cms.upstream.shown_names import note_rendering, show_names

        from .policies import LanguagePermissionPolicy, PagesToTranslatePolicy
        from .roles.names import shown_name, shown_permission
        from .service import StoredReviews

        install_review_service(StoredReviews())
        register_permission_policy(Page, PagesToTranslatePolicy(Page))
        for model in snippet_models():
            register_permission_policy(model, LanguagePermissionPolicy(model))
        for named in (Group, Workflow, Task):
            show_names(named, shown_name)
        show_names(Permission, shown_permission)
        note_rendering()
