"""Lists the snippets that an object uses, with the state of their own translation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail_localize.models import RelatedObjectSegment, Translation

from cms.review.languages import may_begin
from cms.review.translate_buttons import submit_url

from ..engine.places import Place, Places


@dataclass(frozen=True)
class RelatedCard:
    """A chosen object. `url` edits or begins its translation, empty without the permission."""

    place: Place
    order: int
    kind: str
    title: str
    is_open: bool
    state: str
    url: str
    url_label: str


def related_cards(translation: Translation, places: Places, user: Any) -> list[RelatedCard]:
    """Make a card for each chosen object, in two queries for each of their types and two more."""
    segments = list(
        RelatedObjectSegment.objects.filter(source=translation.source_id)
        .select_related("object", "context")
        .order_by("order")
    )
    sources = _instances(segments, translation.source.locale_id)
    targets = _instances(segments, translation.target_locale_id)
    own = {
        each.source.object_id: each
        for each in Translation.objects.filter(
            source__object_id__in=targets, target_locale=translation.target_locale_id
        ).select_related("source", "state")
    }
    urls = AdminURLFinder(user)
    cards = []
    for segment in segments:
        key = segment.object_id
        source, target = sources.get(key), targets.get(key)
        if source is None:
            continue
        is_open, state = _state_of(target, own.get(key))
        if target is not None:
            url, label = urls.get_edit_url(target) or "", _("Open its translation")
        else:
            may = may_begin(user, [translation.target_locale_id])
            url, label = submit_url(source) if may else "", _("Translate it")
        cards.append(
            RelatedCard(
                place=places.place_of(segment.context.path),
                order=segment.order,
                kind=capfirst(source._meta.verbose_name),
                title=str(source),
                is_open=is_open,
                state=state,
                url=url,
                url_label=label,
            )
        )
    return cards


def _instances(segments: Iterable[RelatedObjectSegment], locale: int) -> dict[Any, Any]:
    """Return the objects of some segments in one language, by translation key."""
    keys = defaultdict(set)
    for segment in segments:
        keys[segment.object.content_type_id].add(segment.object_id)
    found = {}
    for content_type, wanted in keys.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        rows = model._default_manager.filter(translation_key__in=wanted, locale=locale)
        found.update({row.translation_key: row for row in rows})
    return found


def _state_of(target: Any | None, translation: Translation | None) -> tuple[bool, str]:
    """Return whether an object needs work, and a sentence about its state."""
    if target is None:
        return True, _("It is not yet translated.")
    state = getattr(translation, "state", None)
    if state is not None and state.segments_done < state.segments_total:
        return True, _("It is in translation: %(done)d of %(total)d texts.") % {
            "done": state.segments_done,
            "total": state.segments_total,
        }
    if not getattr(target, "live", True):
        return True, _("It is translated but not published.")
    return False, _("It is translated and published.")
