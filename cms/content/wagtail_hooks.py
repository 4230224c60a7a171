"""Register what the editors of all content have in common in the Wagtail admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_editor_js")
def mark_forms_that_are_opened_again() -> str:
    """Load the script that tells a form shown from the browser's memory from the one before."""
    return format_html('<script src="{}"></script>', static("content/opened_form.js"))


@hooks.register("insert_global_admin_css")
def style_of_the_editor() -> str:
    """Load the styles of what is ours in the editors and lists of content."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/editor.css"))
