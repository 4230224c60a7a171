"""Administrators keep the professional titles of all reviewers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LocaleColumn, UserColumn
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import ReviewerTitle


class ReviewerTitleViewSet(ModelViewSet):
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
