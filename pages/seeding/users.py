"""Create the demo users of the Wagtail admin, and approve demo content as their reviewer.

Their passwords are well known: for development only.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from cms.content.clinical_review import ClinicalContent, latest_draft
from cms.content.review_service import review_service

PASSWORD = "samtal-demo"  # noqa: S105  # printed by `make run`; production has no demo users
REVIEWER = "reviewer"
# The title on pages says in every language that the reviewer does not exist.
REVIEWER_TITLES = {"sv": "påhittad psykolog", "en": "made-up psychologist"}


@dataclass(frozen=True)
class DemoUser:
    """A user of the demo site; an administrator where no groups are named."""

    username: str
    name: str
    language: str
    groups: tuple[str, ...] = ()


DEMO_USERS = (
    DemoUser("admin", "Ada Admin", "sv"),
    DemoUser("editor", "Eva Redaktör", "sv", ("Editors", "Publishers")),
    DemoUser("translator", "Tom Translator", "en", ("Translators sv→en",)),
    DemoUser("translator-sv", "Tove Översättare", "sv", ("Translators en→sv",)),
    DemoUser(REVIEWER, "Rut Granskare", "sv", ("Clinical reviewers",)),
)


def create_demo_users() -> list[str]:
    """Create the demo users that do not exist yet and return the names of the new ones."""
    return [user.username for user in DEMO_USERS if _create(user)]


def _create(demo: DemoUser) -> bool:
    users = get_user_model()._default_manager
    if users.filter(username=demo.username).exists():
        return False
    first_name, last_name = demo.name.split(" ", 1)
    user = users.create_user(
        demo.username,
        f"{demo.username}@samtal.example",
        PASSWORD,
        first_name=first_name,
        last_name=last_name,
        is_staff=not demo.groups,
        is_superuser=not demo.groups,
    )
    user.groups.set(Group.objects.filter(name__in=demo.groups))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": demo.language})
    if demo.username == REVIEWER:
        _create_titles(user)
    return True


def _create_titles(user: Any) -> None:
    for locale in Locale.objects.filter(language_code__in=REVIEWER_TITLES):
        title = REVIEWER_TITLES[locale.language_code]
        review_service().set_title(user, locale, title, is_made_up=True)


def approve(instance: Any) -> None:
    """Approve a demo object and its translations where they need a review and have none.

    Does nothing without demo users: the content is then published without a named reviewer.
    """
    reviewer = get_user_model()._default_manager.filter(username=REVIEWER).first()
    if not settings.DEMO_USERS or reviewer is None or not isinstance(instance, ClinicalContent):
        return
    for language_version in instance.get_translations(inclusive=True).select_related("locale"):
        content = latest_draft(language_version)
        if not review_service().is_approved(content):
            title = REVIEWER_TITLES[content.locale.language_code]
            review_service().approve(content, reviewer=reviewer, title=title)
