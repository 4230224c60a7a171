"""Register what the editors of all content have in common in the Wagtail admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_editor_js")
def mark_forms_that_are_opened_again() -> str:
    """Load the script that tells a form shown from the browser's memory from the one before."""
    return format_html('<script src="{}"></script>', static("content/opened_form.js"))
