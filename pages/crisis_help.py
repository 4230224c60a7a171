"""The crisis help of a language: whether visitors have it, and who confirmed it when.

Somebody has called the numbers and read the opening hours: that is what a confirmation says. It is
an entry in the history of the crisis help, and nowhere else. It holds for the numbers and addresses
that it was given for.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.timezone import localdate
from wagtail.log_actions import log, registry
from wagtail.models import Locale, ModelLogEntry

from cms.content.clinical_review import months_later
from cms.public.streams import public_items
from cms.public.visibility import public_snippets

from .models import SiteFurniture

# The action of the log entry.
CONFIRMED: Final = "samtal.confirm_crisis_help"
# Editors are told so long before a confirmation ends.
NOTICE: Final = timedelta(days=30)


@dataclass(frozen=True)
class CrisisHelpState:
    """Holds what is known of the crisis help of one language.

    `furniture` is None where visitors are shown none that names a telephone number; `confirmed_on`
    where nobody has confirmed it as it is.
    """

    locale: Locale
    furniture: SiteFurniture | None
    confirmed_on: date | None

    @property
    def due_on(self) -> date | None:
        """The day from which the confirmation no longer counts."""
        if self.confirmed_on is None:
            return None
        return months_later(self.confirmed_on, settings.CRISIS_HELP_MONTHS)

    def is_confirmed(self, on: date | None = None) -> bool:
        """Return whether there is crisis help whose confirmation counts on a day, today if None."""
        if self.furniture is None or self.due_on is None or self.furniture.expire_at is not None:
            return False
        return (on or localdate()) < self.due_on

    @property
    def is_due(self) -> bool:
        """Whether it must be confirmed now or soon."""
        return not self.is_confirmed(localdate() + NOTICE)


def crisis_help_states(*locales: Locale) -> list[CrisisHelpState]:
    """Return the state of the crisis help of each language, in two queries."""
    keys = [locale.pk for locale in locales]
    live = public_snippets(SiteFurniture).filter(locale__in=keys)
    found = {each.locale_id: each for each in live if each.has_crisis_help}
    ways = {str(each.pk): ways_to_help(each) for each in found.values()}
    confirmed: dict[str, date] = {}
    # Entries come with the newest first, so that the first one of each object counts.
    for entry in _confirmations(ways):
        if entry.data.get("ways") == ways[entry.object_id]:
            confirmed.setdefault(entry.object_id, localdate(entry.timestamp))
    return [
        CrisisHelpState(
            locale,
            found.get(locale.pk),
            confirmed.get(str(found[locale.pk].pk)) if locale.pk in found else None,
        )
        for locale in locales
    ]


def confirm(furniture: SiteFurniture, user: Any) -> None:
    """Write into the history that a user (None for a program) has confirmed a crisis help."""
    ways = ways_to_help(furniture)
    log(instance=furniture, action=CONFIRMED, user=user, data={"ways": ways})


def ways_to_help(furniture: SiteFurniture) -> str:
    """Return a digest of the live numbers and addresses of a crisis help."""
    ways = public_items(
        furniture.crisis_contacts,
        lambda child: [child.value[name] for name in ("phone", "text_number", "chat_url", "url")],
    )
    return hashlib.sha256(json.dumps(ways).encode()).hexdigest()[:16]


def _confirmations(keys: Any) -> Any:
    if not keys:
        return ModelLogEntry.objects.none()
    entries = registry.get_log_model_for_model(SiteFurniture).objects
    return entries.filter(
        content_type__app_label=SiteFurniture._meta.app_label,
        content_type__model=SiteFurniture._meta.model_name,
        object_id__in=[*keys],
        action=CONFIRMED,
    ).order_by("-timestamp", "-pk")
