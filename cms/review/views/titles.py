"""Edit the professional titles of reviewers: their own in their account, all by administrators."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LocaleColumn, UserColumn
from wagtail.admin.views.account import BaseSettingsPanel
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Locale

from cms.core.i18n import content_language_codes, language_name

from ..models import ReviewerTitle
from ..queries import tasks_of


class TitlesForm(forms.Form):
    """A field for each content language; an empty one deletes the title."""

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = instance
        held = ReviewerTitle._default_manager.filter(user=instance).select_related("locale")
        titles = {title.locale.language_code: title.title for title in held}
        for code in content_language_codes():
            self.fields[code] = forms.CharField(
                label=language_name(code),
                max_length=200,
                required=False,
                initial=titles.get(code, ""),
                help_text=_(
                    "Readers of the pages in this language see it beside your name on what you "
                    "have approved. Write it with a small first letter: licensed psychologist."
                ),
            )

    def save(self) -> None:
        for locale in Locale.objects.filter(language_code__in=self.cleaned_data):
            key = {"user": self.user, "locale": locale}
            if title := self.cleaned_data[locale.language_code].strip():
                ReviewerTitle._default_manager.update_or_create(**key, defaults={"title": title})
            else:
                ReviewerTitle._default_manager.filter(**key).delete()


class TitlesPanel(BaseSettingsPanel):
    """A reviewer's own titles in the account settings."""

    name = "reviewer_titles"
    title = _("Professional title")
    order = 150
    form_class = TitlesForm

    def is_active(self) -> bool:
        return bool(tasks_of(self.user).exists())


class ReviewerTitleViewSet(ModelViewSet):
    """The titles of all reviewers, for administrators."""

    model = ReviewerTitle
    icon = "user"
    menu_label = _("Reviewers’ titles")
    menu_order = 650
    add_to_settings_menu = True
    form_fields = ["user", "locale", "title", "is_made_up"]
    list_display = [
        "title",
        UserColumn("user", label=_("Reviewer")),
        LocaleColumn(label=_("Language")),
    ]
    list_filter = ["locale"]
    search_fields = ["title", "user__username", "user__first_name", "user__last_name"]
    search_backend_name = None
