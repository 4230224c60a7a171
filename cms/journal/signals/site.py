"""Rows for sites and languages: any page may differ afterwards."""

from typing import Any

from wagtail.models import Locale, Site

from ..models import Action, Kind, Reach
from ..recording import record


def after_site_save(instance: Site, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _record_site(instance, Action.CHANGED)


def after_site_delete(instance: Site, **kwargs: Any) -> None:
    _record_site(instance, Action.DELETED)


def after_locale_save(instance: Locale, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _record_locale(instance, Action.CHANGED)


def after_locale_delete(instance: Locale, **kwargs: Any) -> None:
    _record_locale(instance, Action.DELETED)


def _record_site(site: Site, action: Action) -> None:
    record(
        kind=Kind.SITE,
        type=site._meta.label,
        object_id=site.pk,
        action=action,
        reach=Reach.SITE,
    )


def _record_locale(locale: Locale, action: Action) -> None:
    record(
        kind=Kind.LOCALE,
        type=locale._meta.label,
        object_id=locale.pk,
        locale=locale.language_code,
        action=action,
        reach=Reach.SITE,
    )
