"""Strings of Wagtail that its Swedish catalogue lacks or translates misleadingly.

The project's catalogues take precedence over those of apps, so that a string listed here is
translated in locale/. Wagtail's JavaScript reads other catalogues and is not affected.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

# Wagtail's Swedish has "place" and "translation" for "locale".
LANGUAGE: Final = (_("Locale"), _("Locales"), _("locale"))

EDITOR: Final = (
    _("Actions"),
    _("Actions (footer)"),
    _("Autosave is <span>paused</span>"),
    _("Autosave is paused"),
    _("A network error occurred"),
    _("Minimap"),
    _("Saved"),
    _("Placeholder title"),
    _("Refresh"),
    _("Refreshing…"),
    _("Saving will overwrite a newer version."),
    _("Show issue"),
    _("Side panel width"),
    _("Side panels"),
    _("There are validation errors, click save to highlight them."),
    _("The page could not be saved as it is locked."),
    _("The %(model_name)s could not be saved as it is locked"),
    _("To be created by %(user)s"),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the editor in a separate "
        "tab to view the last saved version."
    ),
    _("View latest version"),
)

# Other users in the same editor.
OTHERS: Final = (
    _("%(user_name)s has unsaved changes"),
    _("%(user_name)s saved a new version"),
    _("Alternatively, you can view the latest version in a new tab."),
    _("Currently idle"),
    _("Currently viewing"),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Proceeding will overwrite the changes you made in that window."),
    _("System"),
    _("You saved a new version in another window"),
)

# Messages on publishing snippets, and mails on their workflow.
PUBLICATION: Final = (
    _("%(model_name)s '%(object)s' created and published."),
    _("%(model_name)s '%(object)s' created and scheduled for publishing."),
    _("%(model_name)s '%(object)s' created and submitted for moderation."),
    _("%(model_name)s '%(object)s' has been replaced with version from %(timestamp)s."),
    _("%(model_name)s '%(object)s' has been scheduled for publishing."),
    _("%(model_name)s '%(object)s' has been submitted for moderation."),
    _("%(model_name)s '%(object)s' is live and this version has been scheduled for publishing."),
    _("%(model_name)s '%(object)s' updated and published."),
    _("Anyone with editing permissions can create schedules"),
    _("But only those with publishing permissions can make them effective."),
    _("Cancelled by %(cancelled_by)s"),
    _("Changes requested %(finished_at)s"),
    _("Choose when this %(model_name)s should go live and/or expire"),
    _("Expiry:"),
    _("Go-live:"),
    _("Invalid schedule"),
    _("Once scheduled:"),
    _("The %(model_name)s '%(title)s' is not currently awaiting moderation."),
    _(
        "The %(model_name)s '%(title)s' is not currently awaiting moderation in task "
        "'%(task_name)s'."
    ),
    _('The %(model_name)s "%(title)s" has been approved in workflow "%(workflow)s".'),
    _('The %(model_name)s "%(title)s" has been rejected during "%(task)s".'),
    _(
        'The %(model_name)s "%(title)s" has been rejected during "%(task)s" in workflow '
        '"%(workflow)s".'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for approval in moderation stage '
        '"%(task)s"'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for approval in moderation stage '
        '"%(task)s".'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for approval to moderation stage '
        '"%(task)s".'
    ),
    _("Workflow on %(model_name)s '%(object)s' has been cancelled."),
)

# Findings of Wagtail's content checker.
CHECKER: Final = (
    _("Add a concise description for search engines"),
    _("Avoid skipping levels"),
    _("Button text is empty"),
    _("Empty frame title found"),
    _("Empty heading found"),
    _("Image alt text has inappropriate pattern"),
    _("Incorrect heading hierarchy"),
    _("Input button text is empty"),
    _("Link text is empty"),
    _("Meta description is empty"),
    _("Misusing paragraphs as headings"),
    _("Table header text is empty"),
    _("Use a meaningful title for screen reader users"),
    _("Use meaningful text"),
    _("Use meaningful text for screen reader users"),
    _("Use proper heading tags"),
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
