"""Values that the report on links shows for its rows: titles, languages, edit URLs, advice."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from cms.core.editing_rights import edit_url, editable

from ..models import ContentLink
from .problems import ADVICE, LinkProblem

# A content type's id and an object's.
Key = tuple[int, int]


def add_display_values(links: Iterable[Any], user: Any) -> None:
    """Set display values as attributes of rows from `problem_links`.

    They are `source`, `target` (None if deleted), the titles of both, their edit URLs
    `source_url` and `target_url` where the user may edit them, `place`, `language`,
    `problem_label` and `advice`. The number of queries does not grow with the rows.
    """
    links = list(links)
    sources = {(link.source_type_id, link.source_id) for link in links}
    wanted = sources | {(link.target_type_id, link.target_id) for link in links}
    objects = _load(wanted)
    urls = _edit_urls(objects, user)
    for link in links:
        source, target = (
            (link.source_type_id, link.source_id),
            (link.target_type_id, link.target_id),
        )
        link.source = objects.get(source)
        link.target = objects.get(target)
        link.source_title = _title(link.source)
        link.target_title = _title(link.target) if link.target else _gone(link)
        link.source_url = f"{urls.get(source, '')}#:w:contentpath={link.content_path}"
        link.target_url = urls.get(target)
        link.place = _place(link)
        link.problem_label = LinkProblem(link.problem).label
        link.advice = ADVICE[LinkProblem(link.problem)]
        link.language = str(link.locale)


def _load(keys: Iterable[Key]) -> dict[Key, Any]:
    ids: dict[int, set[int]] = defaultdict(set)
    for type_id, pk in keys:
        ids[type_id].add(pk)
    found: dict[Key, Any] = {}
    for type_id, pks in ids.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        objects = model._default_manager.filter(pk__in=pks)
        if issubclass(model, TranslatableMixin):
            objects = objects.select_related("locale")
        found |= {(type_id, instance.pk): instance for instance in objects}
    return found


def _edit_urls(objects: dict[Key, Any], user: Any) -> dict[Key, str]:
    """Return the edit URLs of objects that the user may edit, by a query for each type."""
    by_type: dict[int, list[Any]] = defaultdict(list)
    for (type_id, _pk), instance in objects.items():
        by_type[type_id].append(instance)
    urls: dict[Key, str] = {}
    for type_id, instances in by_type.items():
        allowed = editable(user, type(instances[0])).filter(pk__in=[one.pk for one in instances])
        keys = set(allowed.order_by().values_list("pk", flat=True))
        urls |= {(type_id, one.pk): edit_url(one) for one in instances if one.pk in keys}
    return urls


def _title(instance: Any) -> str:
    return instance.get_admin_display_title() if isinstance(instance, Page) else capfirst(instance)


def _gone(link: ContentLink) -> str:
    model: Any = ContentType.objects.get_for_id(link.target_type_id).model_class()
    return gettext("%(type)s %(id)d, deleted") % {
        "type": capfirst(model._meta.verbose_name),
        "id": link.target_id,
    }


def _place(link: Any) -> str:
    """Return Wagtail's description of the field or block that a link is in."""
    source_type = ContentType.objects.get_for_model(
        link.source.specific_class if isinstance(link.source, Page) else type(link.source)
    )
    reference = ReferenceIndex(content_type=source_type, model_path=link.model_path)
    try:
        return str(reference.describe_source_field())
    except (FieldDoesNotExist, KeyError):
        # A block or field of older content that the code no longer has.
        return ""
