from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "cms.review"
    label = "review"
    verbose_name = _("Clinical review")

    def ready(self) -> None:
        from django.apps import apps
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.content.models import BaseSnippet
        from cms.content.review_service import install_review_service

        from .policies import LanguagePermissionPolicy, PagesToTranslatePolicy
        from .service import StoredReviews

        install_review_service(StoredReviews())
        register_permission_policy(Page, PagesToTranslatePolicy(Page))
        for model in apps.get_models():
            if issubclass(model, BaseSnippet):
                register_permission_policy(model, LanguagePermissionPolicy(model))
