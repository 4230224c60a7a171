"""Load all families of the matrix in a constant number of queries, or one in at most four."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.content.models import BaseSnippet
from cms.core.i18n import content_locales
from cms.public.visibility import is_live, paths_that_hide

from ..engine.times import Schedule, scheduled_times
from .families import Family
from .statuses import LanguageVersion, TranslationProgress
from .viewers import Viewer

# Translation key, locale id, model, version.
FoundVersion = tuple[UUID, int, type[Model], LanguageVersion]


def visible_families(viewer: Viewer) -> list[Family]:
    """Return every family that a user may see, unordered."""
    locales = content_locales()
    found: list[FoundVersion] = []
    if viewer.sees_pages:
        found += _page_versions(Page.objects.filter(depth__gt=1))
    for model in viewer.snippet_models:
        found += _snippet_versions(model._default_manager.select_related("locale"))
    families = _assemble(locales, found, Translation.objects.all())
    return [family for family in families if viewer.sees(family)]


def family_of(instance: Any) -> Family | None:
    """Return the family of a page or snippet; None for an alias or an untranslatable object."""
    key = instance.translation_key
    if isinstance(instance, Page):
        found = _page_versions(Page.objects.filter(depth__gt=1, translation_key=key))
    elif isinstance(instance, BaseSnippet):
        versions = type(instance)._default_manager.filter(translation_key=key)
        found = _snippet_versions(versions.select_related("locale"))
    else:
        return None
    translations = Translation.objects.filter(source__object_id=key)
    return next(iter(_assemble(content_locales(), found, translations)), None)


def _page_versions(pages: Any) -> Iterator[FoundVersion]:
    """Yield the versions of pages without aliases, which show the text of another language."""
    now = timezone.now()
    hiding = tuple(paths_that_hide())
    # Read where something is not live: elsewhere no schedule counts.
    scheduled = cache(partial(scheduled_times, Page))
    rows = pages.filter(alias_of__isnull=True).values_list(
        "translation_key",
        "locale_id",
        "content_type_id",
        "pk",
        "live",
        "go_live_at",
        "expire_at",
        "has_unpublished_changes",
        "draft_title",
        "path",
    )
    models: dict[int, type[Model]] = {}
    for key, locale, type_id, pk, live, goes_live, expires, changed, title, path in rows:
        if type_id not in models:
            content_type = ContentType.objects.get_for_id(type_id)
            models[type_id] = content_type.model_class() or Page
        times = None if live else scheduled().get(str(pk))
        schedule = Schedule.of_row(live, goes_live, expires, times)
        live = live and (expires is None or expires > now)
        is_hidden = path[: -Page.steplen].startswith(hiding)
        version = LanguageVersion(pk, live, changed, title, path, schedule, is_hidden)
        yield key, locale, models[type_id], version


def _snippet_versions(snippets: Any) -> Iterator[FoundVersion]:
    scheduled = cache(partial(scheduled_times, snippets.model))
    for one in snippets:
        times = None if one.live else scheduled().get(str(one.pk))
        version = LanguageVersion(
            one.pk,
            is_live(one),
            one.has_unpublished_changes,
            str(one),
            "",
            Schedule.of_row(one.live, one.go_live_at, one.expire_at, times),
        )
        yield one.translation_key, one.locale_id, type(one), version


def _assemble(
    locales: dict[int, Locale], found: Iterable[FoundVersion], translations: Any
) -> Iterator[Family]:
    versions: dict[UUID, dict[int, LanguageVersion]] = defaultdict(dict)
    models: dict[UUID, type[Model]] = {}
    for key, locale_id, model, version in found:
        if locale_id in locales:
            versions[key][locale_id] = version
            models[key] = model
    progress = _progress(translations)
    for key, by_locale in versions.items():
        yield Family(key, models[key], locales, by_locale, progress.get(key, {}))


def _progress(translations: Any) -> dict[UUID, dict[int, TranslationProgress]]:
    """Return progress by translation key and target locale id.

    Prefers an enabled one of several translations into a language.
    """
    rows = translations.order_by("enabled", "pk").values_list(
        "source__object_id",
        "target_locale_id",
        "source__locale_id",
        "enabled",
        "state__segments_total",
        "state__segments_done",
        "state__stale_since",
        "state__stale_weight",
        "state__edited_directly",
        "state__parts",
        "state__waiting_texts",
        "state__decided_times",
    )
    found: dict[UUID, dict[int, TranslationProgress]] = defaultdict(dict)
    for key, target, source, enabled, total, done, since, weight, edited, *others in rows:
        parts, waiting, decided = others
        found[key][target] = TranslationProgress(
            source,
            enabled and not edited,
            total,
            done,
            since,
            weight or "",
            tuple(parts or ()),
            waiting or 0,
            enabled,
            decided,
        )
    return found
