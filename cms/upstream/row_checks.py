"""Checks what a page or a log entry refers to, and that a page is unique, by few queries.

From `wagtail.models.audit_log` (Wagtail 8.0) and the validation of `django.db.models.Model`, which
have no setting for this: Django checks each foreign key and each unique constraint by a query of
its own, and Wagtail validates a page when it saves a revision, again when it publishes it, and
each entry of the log.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Count, ForeignKey, Q, Value
from wagtail.models.audit_log import BaseLogEntry

# A model with the name of a field that foreign keys refer to, and the value of one of these.
Reference = tuple[type[Any], str, Any]


class ChecksTogether:
    """Mixin for models, before their base.

    `known_references` are foreign keys that were checked when the instance was built.
    """

    known_references: frozenset[Reference] = frozenset()

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Validate as Django does, without a query for each foreign key that refers to a row."""
        sound = _sound_keys(self, exclude or (), self.known_references)
        super().clean_fields({*(exclude or ()), *sound})  # type: ignore[misc]  # of Django's Model

    def _perform_unique_checks(self, unique_checks: Any) -> Any:
        """Ask once whether another row has any of the values; only if so, ask for each of them."""
        if self._state.adding or _is_shared(self, unique_checks):  # type: ignore[attr-defined]
            return super()._perform_unique_checks(unique_checks)  # type: ignore[misc]
        return {}


def check_log_entries_together() -> None:
    """Validate log entries without a query for each object that the log is told of."""
    upstream = BaseLogEntry.clean_fields

    def clean_fields(self: Any, exclude: Collection[str] | None = None) -> None:
        upstream(self, {*(exclude or ()), *_sound_keys(self, exclude or ())})

    BaseLogEntry.clean_fields = clean_fields


def all_exist(references: Iterable[Reference]) -> bool:
    """Return whether rows with all values exist, in one query for all models."""
    wanted: dict[tuple[type[Any], str], set[Any]] = defaultdict(set)
    for model, name, value in references:
        wanted[model, name].add(value)
    counts = [
        model._default_manager.filter(**{f"{name}__in": values})
        .order_by()
        .annotate(group=Value(1))
        .values("group")
        .annotate(found=Count("pk"))
        .values_list("found")
        for (model, name), values in wanted.items()
    ]
    if not counts:
        return True
    found = sum(count for (count,) in counts[0].union(*counts[1:], all=True))
    return bool(found == sum(map(len, wanted.values())))


def _sound_keys(
    instance: Any, exclude: Collection[str], known: frozenset[Reference] = frozenset()
) -> list[str]:
    """Return the names of the foreign keys that refer to rows.

    Those whose row is loaded, or whose key is known, take no query, and all others one. Where one
    of them dangles, the others are left to Django as well, which says which one it is.
    """
    sound = []
    unknown: dict[str, Reference] = {}
    loaded = known | {reference for _name, reference in _loaded(instance)}
    for field in instance._meta.fields:
        if field.name in exclude or not _is_plain_key(field):
            continue
        value = getattr(instance, field.attname)
        if value is None:
            continue
        reference = (field.remote_field.model, field.remote_field.field_name, value)
        if reference in loaded:
            sound.append(field.name)
        else:
            unknown[field.name] = reference
    return [*sound, *unknown] if unknown and all_exist(unknown.values()) else sound


def _is_plain_key(field: Any) -> bool:
    """Whether a foreign key is valid where it refers to any row."""
    return (
        isinstance(field, ForeignKey)
        and not field.remote_field.parent_link
        and not field.get_limit_choices_to()
        and not field.choices
        and not field.validators
    )


def _loaded(instance: Any) -> Iterator[tuple[str, Reference]]:
    for field in instance._meta.fields:
        if isinstance(field, ForeignKey) and field.is_cached(instance):
            related: Any = field.get_cached_value(instance)
            if related is not None and not related._state.adding:
                name: Any = field.remote_field.field_name
                value = getattr(related, field.target_field.attname)
                yield field.name, (field.remote_field.model, name, value)


def _is_shared(instance: Any, unique_checks: Iterable[tuple[type[Any], Iterable[str]]]) -> bool:
    """Whether another row has the values of a stored instance in any of the unique checks."""
    conditions: dict[type[Any], Q] = defaultdict(Q)
    for model, names in unique_checks:
        fields = [instance._meta.get_field(name) for name in names]
        values = {field.attname: getattr(instance, field.attname) for field in fields}
        is_own_key = any(field.primary_key for field in fields)
        if not is_own_key and None not in values.values():
            conditions[model] |= Q(**values)
    return any(
        model._default_manager.filter(condition)
        .exclude(pk=instance._get_pk_val(model._meta))
        .exists()
        for model, condition in conditions.items()
    )
