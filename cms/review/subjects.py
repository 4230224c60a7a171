"""Keep the table of what needs review in step with the pages and snippets themselves."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from cms.content.clinical_review import ClinicalContent
from cms.content.staleness import only_tells_staleness
from cms.core.changes import Change
from cms.upstream.admin_views import latest_title

from .gate import Approvals, clinical_content
from .models import Approval, ReviewSubject
from .shared import changed_names


def reviewed_models() -> list[type[Any]]:
    """Return the types whose content needs clinical review."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, ClinicalContent) and model.needs_clinical_review
    ]


def update_subject(change: Change) -> None:
    """Write the row of the object that is saved, with what the save can change of it."""
    content: Any = None if only_tells_staleness(change) else clinical_content(change)
    if content is None or (change.is_housekeeping and _update_title(content)):
        return
    if change.fields is not None or content is not change.after:
        write_subject(content)
        return
    # What is written whole is what is stored, and the gate has read its approvals.
    approvals = change.recall(Approvals)
    write_subject(content, content, approvals.found if approvals is not None else None)


def delete_subject(change: Change) -> None:
    model = getattr(change.after, "specific_class", None) or type(change.after)
    if getattr(model, "needs_clinical_review", False):
        _delete(model, change.after.pk)


def write_subject(
    content: Any, stored: Any | None = None, approvals: list[Approval] | None = None
) -> None:
    """Write an object's row. An alias has none: its source is what is reviewed.

    Takes the stored object, and all approvals of its content, where they are known already.
    """
    if getattr(content, "alias_of_id", None):
        _delete(type(content), content.pk)
        return
    # A draft, which was saved in part, says nothing of the review of what is live.
    stored = stored or type(content)._base_manager.get(pk=content.pk)
    values = {
        "base_content_type": content.get_base_content_type(),
        "locale_id": content.locale_id,
        "title": _title(content),
        "live": stored.live,
        "reviewed_on": stored.reviewed_on if stored.live else None,
        "reviewer_name": stored.reviewer_name if stored.live else "",
        "next_review_on": stored.next_review_on if stored.live else None,
        "changed": _changed_since_review(stored, approvals),
    }
    key = _key(type(content), content.pk)
    if not ReviewSubject._default_manager.filter(**key).update(**values):
        ReviewSubject._default_manager.update_or_create(**key, defaults=values)


def write_missing_subjects() -> None:
    """Give what was there before this table its rows."""
    for model in reviewed_models():
        content_type = ContentType.objects.get_for_model(model)
        known = ReviewSubject._default_manager.filter(content_type=content_type)
        for content in model._default_manager.exclude(pk__in=known.values("object_id")):
            write_subject(content)


def _update_title(content: Any) -> bool:
    """Write the title of the newest draft in an object's row; return whether it has a row."""
    rows = ReviewSubject._default_manager.filter(**_key(type(content), content.pk))
    return bool(rows.update(title=_title(content)))


def _title(content: Any) -> str:
    return str(latest_title(content))[:255]


def _changed_since_review(content: Any, approvals: list[Approval] | None) -> str:
    """Return the names of shared content that changed since a live object was approved."""
    if not content.live or content.reviewed_on is not None:
        return ""
    if approvals is None:
        approvals = Approval.objects.all_covering(content)
    if not approvals or approvals[0].shared is None:
        return ""
    return ", ".join(changed_names(content, approvals[0].shared))


def _delete(model: type[Model], key: int) -> None:
    ReviewSubject._default_manager.filter(**_key(model, key)).delete()


def _key(model: type[Model], key: int) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(model), "object_id": key}
