from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "cms.review"
    label = "review"
    verbose_name = _("Clinical review")

    def ready(self) -> None:
        from django.apps import apps
        from wagtail.images import get_image_model
        from wagtail.models import Locale, Page, Revision
        from wagtail.permissions import register_permission_policy

        from cms.content.models import BaseSnippet
        from cms.content.review_service import install_review_service
        from pages.models import HomePage

        from . import gate, notices, setting_up, shared, subjects
        from .policies import LanguagePermissionPolicy, PagesToTranslatePolicy
        from .service import StoredReviews

        install_review_service(StoredReviews())
        for model in [*subjects.reviewed_models(), Page]:
            pre_save.connect(gate.before_save, sender=model)
            post_save.connect(subjects.after_save, sender=model)
        for model in subjects.reviewed_models():
            post_delete.connect(subjects.after_delete, sender=model)
        pre_save.connect(gate.before_revision_save, sender=Revision)
        for snippet in apps.get_models():
            if issubclass(snippet, BaseSnippet):
                register_permission_policy(snippet, LanguagePermissionPolicy(snippet))
                post_save.connect(shared.after_save, sender=snippet)
                post_delete.connect(shared.after_delete, sender=snippet)
        pre_save.connect(shared.before_image_save, sender=get_image_model())
        post_save.connect(shared.after_save, sender=get_image_model())
        notices.connect()
        register_permission_policy(Page, PagesToTranslatePolicy(Page))
        post_save.connect(setting_up.after_home_page_save, sender=HomePage)
        post_save.connect(setting_up.after_locale_save, sender=Locale)
        post_migrate.connect(setting_up.after_migrate, sender=self)
