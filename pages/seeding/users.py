"""Demo users of the Wagtail admin. They have well-known passwords: development only."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.users.models import UserProfile

PASSWORD = "samtal-demo"  # noqa: S105  # printed by `make run`; production has no demo users


@dataclass(frozen=True)
class DemoUser:
    username: str
    name: str
    language: str
    group: str | None


DEMO_USERS = (
    DemoUser("admin", "Ada Admin", "sv", None),
    DemoUser("editor", "Eva Redaktör", "sv", "Moderators"),
    DemoUser("translator", "Tom Translator", "en", "Editors"),
    DemoUser("reviewer", "Rut Granskare", "sv", "Moderators"),
)


def create_demo_users() -> list[str]:
    """Create the demo users that do not exist yet; gives the names of the new ones."""
    for group in Group.objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.add(*_permissions(publish=group.name == "Moderators"))
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
        is_staff=demo.group is None,
        is_superuser=demo.group is None,
    )
    if demo.group:
        user.groups.add(Group.objects.get(name=demo.group))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": demo.language})
    return True


def _permissions(*, publish: bool) -> list[Permission]:
    """What writing the shared content and translating it take."""
    actions = ["add", "change", "view", *(["publish", "delete"] if publish else [])]
    models = ["concern", "faqentry", "faqtopic", "selftestcalltoaction", "sitefurniture"]
    wanted = [f"{action}_{model}" for action in actions for model in models]
    return list(
        Permission.objects.filter(content_type__app_label__in=["faq", "pages"], codename__in=wanted)
    ) + list(
        Permission.objects.filter(
            content_type__app_label="wagtail_localize", codename="submit_translation"
        )
    )
