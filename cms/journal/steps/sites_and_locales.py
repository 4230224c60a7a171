"""Write rows for sites and locales: any page may differ afterwards."""

from wagtail.models import Locale, Site

from cms.core.changes import Change

from ..models import Action, Kind, Reach
from ..recording import record


def record_site(change: Change) -> None:
    _record_site(change.after, Action.CHANGED)


def record_deleted_site(change: Change) -> None:
    _record_site(change.after, Action.DELETED)


def record_locale(change: Change) -> None:
    _record_locale(change.after, Action.CHANGED)


def record_deleted_locale(change: Change) -> None:
    _record_locale(change.after, Action.DELETED)


def _record_site(site: Site, action: Action) -> None:
    record(
        kind=Kind.SITE,
        type=site._meta.label,
        object_id=site.pk,
        action=action,
        reach=Reach.SITE,
        nodes=None,
    )


def _record_locale(locale: Locale, action: Action) -> None:
    record(
        kind=Kind.LOCALE,
        type=locale._meta.label,
        object_id=locale.pk,
        locale=locale.language_code,
        action=action,
        reach=Reach.SITE,
        nodes=None,
    )
