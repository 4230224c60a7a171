"""Validation rules that pages, snippets and blocks share."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

from cms.core.i18n import PAGE_VIEW, language_in_sentence, view_name
from cms.core.typed_addresses import parts_of
from cms.core.visible_text import is_visible

# Of home pages, right below the root of the tree.
HOME_DEPTH: Final = 2


def alt_text_errors(
    alt_text: str, decorative: bool, *, fields: tuple[str, str]
) -> dict[str, ValidationError]:
    """Return the errors of an image's text alternative, by field name.

    Takes the text, the mark "decorative" and the names of the two fields. Rule: WCAG 2.2, success
    criterion 1.1.1.
    """
    alt_field, decorative_field = fields
    if not decorative and not is_visible(alt_text):
        return {
            alt_field: ValidationError(
                _("Describe what the image shows, or mark it as decorative.")
            )
        }
    if decorative and is_visible(alt_text):
        return {
            decorative_field: ValidationError(
                _("A decorative image has no text alternative: remove the text or the mark."),
            )
        }
    return {}


def target_errors(
    page: object | None,
    url: str,
    *,
    fields: tuple[str, str],
    schemes: tuple[str, ...],
) -> dict[str, ValidationError]:
    """Return the errors of a link to a page of this site or to a URL, by field name.

    Takes the chosen page, the URL, the names of the two fields and the allowed schemes.
    """
    page_field, url_field = fields
    if page and url:
        return {
            url_field: ValidationError(
                _("Choose a page or write an address, not both: remove one of them."),
            )
        }
    if not page and not url:
        return {
            page_field: ValidationError(
                _("Choose the page that the button leads to, or write an address below."),
            )
        }
    if url and parts_of(url).scheme not in schemes:
        return {
            url_field: ValidationError(
                _("The address must begin with one of: %(schemes)s."),
                params={"schemes": ", ".join(_prefix(scheme) for scheme in schemes)},
            )
        }
    return {}


def _prefix(scheme: str) -> str:
    return f"{scheme}:" if scheme in ("mailto", "tel") else f"{scheme}://"


def refuse_taken_address(slug: str, parent: Page) -> None:
    """Refuse a slug whose address is one of the site's own, such as that of the search.

    The page would be published and never be seen. Takes the slug of a page, and its parent. All
    addresses of the site itself begin with a part of their own, below a home page.
    """
    above = parent.get_url_parts() if slug and parent.depth == HOME_DEPTH else None
    if above is None:
        return
    if view_name(f"{above[2]}{slug}/") not in (None, PAGE_VIEW):
        raise ValidationError(
            {"slug": _("The site itself has something at this address. Choose another one.")}
        )


class CopyInLanguageForm(CopyForm):
    """Refuses to copy a page below one in another language, where no visitor would see the copy.

    Wagtail checks the language of the parent when a page is moved, and not when it is copied.
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
        if parent and (slug := cleaned.get("new_slug")):
            try:
                refuse_taken_address(slug, parent)
            except ValidationError as error:
                self.add_error("new_slug", error.messages)
        return cleaned
