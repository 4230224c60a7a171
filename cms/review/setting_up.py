"""Make roles and workflows: with the database, and with each new language.

What is missing is made; what is there is left as administrators have arranged it.
"""

from typing import Any

from cms.core.changes import Change
from pages.models import HomePage

from .renewing import renew_digests, renew_pictures
from .roles.fixed import set_up_fixed_roles
from .roles.translators import permit_on_home_page, set_up_translators
from .subjects import write_missing_subjects
from .workflows import set_up_workflows


def after_migrate(apps: Any = None, **kwargs: Any) -> None:
    try:
        apps.get_model("review", "ClinicalReviewTask")
    except LookupError:
        # Only a part of the migrations has run.
        return
    set_up_fixed_roles()
    set_up_languages()
    renew_digests()
    renew_pictures()
    write_missing_subjects()


def set_up_new_language(change: Change) -> None:
    """Make the roles and the workflow of a new locale."""
    if change.is_new:
        set_up_fixed_roles()
        set_up_languages()


def permit_on_new_home_page(change: Change) -> None:
    """Let the translators of a language work below its new home page."""
    if change.is_new and isinstance(change.after, HomePage):
        permit_on_home_page(change.after)


def set_up_languages() -> None:
    set_up_translators()
    set_up_workflows()
