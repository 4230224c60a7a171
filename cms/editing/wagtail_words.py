"""Words of Wagtail's that its Swedish catalogue lacks, or has in a way that misleads.

The project's catalogues come before those of apps, so that naming a word here and translating it
in locale/ is all it takes. Wagtail's own scripts read other catalogues and are not reached.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

# Wagtail says "place" and "translation" in Swedish where it means a language.
LANGUAGE: Final = (_("Locale"), _("Locales"), _("locale"))

EDITOR: Final = (
    _("Actions"),
    _("Actions (footer)"),
    _("Autosave is <span>paused</span>"),
    _("Autosave is paused"),
    _("A network error occurred"),
    _("Minimap"),
    _("Saved"),
    _("Show issue"),
    _("Side panel width"),
    _("Side panels"),
    _("To be created by %(user)s"),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the editor in a separate "
        "tab to view the last saved version."
    ),
    _("View latest version"),
)

LISTINGS: Final = (
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    _("Any"),
    _("Anyone"),
    _("App"),
    _("Date updated"),
    _("Edit account avatar"),
    _("Layout"),
    _("Locked by"),
    _("Maximum"),
    _("Minimum"),
    _("system"),
)

CONFIRMATIONS: Final = (
    _("One or more references to this %(model_name)s prevent it from being deleted."),
)
