"""Rules and messages of the content checker in userbar and editor."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from .wording import NEEDLESS_BEGINNINGS, VAGUE_LINK_TEXTS

# Characters. Screen readers read a text alternative as a whole, without a way to pause it.
LONGEST_ALT_TEXT: Final = 150

IN_CONTENT: Final = {"tags": ["best-practice"], "enabled": True}


class SiteCheckerItem(ContentCheckerItem):
    """Wagtail's checks, and this site's of text alternatives and link texts.

    Their code is in `content_checks.js`, which takes each text's language from its `lang`.
    """

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "alt-text-beginning",
        "alt-text-length",
        "link-text-vague",
        "link-text-address",
    ]
    axe_custom_rules = [
        *(rule for rule in ContentCheckerItem.axe_custom_rules if rule["id"] != "alt-text-quality"),
        {
            **IN_CONTENT,
            "id": "alt-text-quality",
            "impact": "serious",
            "selector": "img[alt]",
            "any": ["check-alt-text-words"],
        },
        {
            **IN_CONTENT,
            "id": "alt-text-beginning",
            "impact": "minor",
            "selector": "img[alt]",
            "any": ["check-alt-text-beginning"],
        },
        {
            **IN_CONTENT,
            "id": "alt-text-length",
            "impact": "moderate",
            "selector": "img[alt]",
            "any": ["check-alt-text-length"],
        },
        {
            **IN_CONTENT,
            "id": "link-text-vague",
            "impact": "serious",
            "selector": "main a[href]",
            "any": ["check-link-text-vague"],
        },
        {
            **IN_CONTENT,
            "id": "link-text-address",
            "impact": "moderate",
            "selector": "main a[href]",
            "any": ["check-link-text-address"],
        },
    ]
    axe_custom_checks = [
        *(
            check
            for check in ContentCheckerItem.axe_custom_checks
            if check["id"] != "check-image-alt-text"
        ),
        {"id": "check-alt-text-words"},
        {"id": "check-alt-text-beginning", "options": {"beginnings": NEEDLESS_BEGINNINGS}},
        {"id": "check-alt-text-length", "options": {"longest": LONGEST_ALT_TEXT}},
        {"id": "check-link-text-vague", "options": {"texts": VAGUE_LINK_TEXTS}},
        {"id": "check-link-text-address"},
    ]
    axe_messages = {
        "button-name": {
            "error_name": _("A button without a text"),
            "help_text": _("Write what happens when somebody presses it."),
        },
        "empty-heading": {
            "error_name": _("An empty heading"),
            "help_text": _("Write the heading, or remove it."),
        },
        "empty-table-header": {
            "error_name": _("A table header without a text"),
            "help_text": _("Write what the column or row is about."),
        },
        "frame-title": {
            "error_name": _("An embedded frame without a title"),
            "help_text": _("Give it a title that says what is in it."),
        },
        "heading-order": {
            "error_name": _("A heading skips a level"),
            "help_text": _("Use the level right below the heading above, such as 3 after 2."),
        },
        "input-button-name": {
            "error_name": _("A button without a text"),
            "help_text": _("Write what happens when somebody presses it."),
        },
        "link-name": {
            "error_name": _("A link without a text"),
            "help_text": _("Write where the link leads, or remove it."),
        },
        "p-as-heading": {
            "error_name": _("Bold text in place of a heading"),
            "help_text": _("Make it a heading, so that those who move by headings find it."),
        },
        "empty-meta-description": {
            "error_name": _("No description for search engines"),
            "help_text": _("Write an introduction, or a description on the tab Promote."),
        },
        "alt-text-quality": {
            "error_name": _("A text alternative that is no description"),
            "help_text": _(
                "It looks like a file name. Say in words what the image shows, or mark the image "
                "as decorative."
            ),
        },
        "alt-text-beginning": {
            "error_name": _("A text alternative that begins with “image of”"),
            "help_text": _("Screen readers say that already. Begin with what the image shows."),
        },
        "alt-text-length": {
            "error_name": _("A very long text alternative"),
            "help_text": _("Say it in one sentence; put the rest into the text or the caption."),
        },
        "link-text-vague": {
            "error_name": _("A link text that does not say where it leads"),
            "help_text": _(
                "Those who jump from link to link hear only these words. Name what is behind the "
                "link, such as “More about IPT”."
            ),
        },
        "link-text-address": {
            "error_name": _("A web address as link text"),
            "help_text": _("It is hard to listen to. Write the name of the page or site instead."),
        },
    }

    class Media:
        js = ["editing/content_checks.js"]


def use_site_checker(items: list[Any]) -> None:
    """Replace Wagtail's checker with this site's in the items of a userbar."""
    for number, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[number] = SiteCheckerItem(in_editor=item.in_editor)
