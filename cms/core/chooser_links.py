"""Links from choosers to what is chosen, for those only who may edit that.

Wagtail's choosers ask for the address without a user and so link for everybody
(`wagtail.admin.widgets.chooser.BaseChooser.get_value_data_from_instance`).
"""

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.widgets import chooser
from wagtail.log_actions import get_active_log_context


def finder_of_the_request() -> AdminURLFinder:
    """A finder that asks for the permissions of whoever is at the admin, if somebody is."""
    return AdminURLFinder(get_active_log_context().user)


def connect() -> None:
    chooser.AdminURLFinder = finder_of_the_request
