from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "cms.review"
    label = "review"
    verbose_name = _("Clinical review")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.content.models import snippet_models
        from cms.content.review_service import install_review_service

        from .policies import LanguagePermissionPolicy, PagesToTranslatePolicy
        from .service import StoredReviews

        install_review_service(StoredReviews())
        register_permission_policy(Page, PagesToTranslatePolicy(Page))
        for model in snippet_models():
            register_permission_policy(model, LanguagePermissionPolicy(model))
