"""When roles and workflows are made: with the database, and with each new language.

What is missing is made; what is there is left as administrators have arranged it.
"""

from typing import Any

from wagtail.models import Locale

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


def after_locale_save(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        set_up_fixed_roles()
        set_up_languages()


def after_home_page_save(
    instance: HomePage, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw:
        permit_on_home_page(instance)


def set_up_languages() -> None:
    set_up_translators()
    set_up_workflows()
