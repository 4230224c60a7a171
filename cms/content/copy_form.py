"""The form with which the admin copies a page."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm

from cms.core.i18n import language_in_sentence


class CopyInLanguageForm(CopyForm):
    """Refuses a place in another language, where no visitor would see the copy.

    Wagtail asks for the language of the place when a page is moved, and not when it is copied.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page")
        if parent and parent.depth > 1 and parent.locale_id != self.page.locale_id:
            message = _(
                "This page is in %(language)s and the place is not. Choose another place, or open "
                "the page and choose to translate it."
            ) % {"language": language_in_sentence(self.page.locale.language_code)}
            self.add_error("new_parent_page", message)
        return cleaned
