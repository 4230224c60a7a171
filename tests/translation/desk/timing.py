"""The times of a translation, at the desk and in the database."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail_localize.models import Translation

from tests.translation.desk.reading import Desk

# In the time zone of the tests' users, Europe/Stockholm.
MARCH, APRIL = "2037-03-03 08:00", "2037-04-03 08:00"


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def live(translation: Translation) -> Any:
    return translation.get_target_instance()


def times(instance: Any) -> tuple[Any, Any]:
    return instance.go_live_at, instance.expire_at


def said(desk: Desk) -> str:
    return " ".join(desk.soup.find(id="times").get_text(" ").split())


def pass_time(instance: Any, **changes: Any) -> None:
    """Let the times of a scheduled version or of a live object come."""
    past = timezone.now() - timedelta(minutes=1)
    type(instance).objects.filter(pk=instance.pk).update(**dict.fromkeys(changes, past))
    for revision in instance.revisions.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save(update_fields=["content", "approved_go_live_at"])
