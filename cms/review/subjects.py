"""Keep the table of what needs review in step with the pages and snippets themselves."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from cms.content.clinical_review import ClinicalContent
from cms.core.changes import Change
from cms.upstream.admin_views import latest_title

from .gate import clinical_content
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
    content = clinical_content(change)
    if content is not None:
        write_subject(content)


def delete_subject(change: Change) -> None:
    model = getattr(change.after, "specific_class", None) or type(change.after)
    if getattr(model, "needs_clinical_review", False):
        _delete(model, change.after.pk)


def write_subject(content: Any) -> None:
    """Write an object's row. An alias has none: its source is what is reviewed."""
    if getattr(content, "alias_of_id", None):
        _delete(type(content), content.pk)
        return
    # A draft, which was saved in part, says nothing of the review of what is live.
    stored = type(content)._base_manager.get(pk=content.pk)
    values = {
        "base_content_type": content.get_base_content_type(),
        "locale_id": content.locale_id,
        "title": latest_title(content)[:255],
        "live": stored.live,
        "reviewed_on": stored.reviewed_on if stored.live else None,
        "reviewer_name": stored.reviewer_name if stored.live else "",
        "next_review_on": stored.next_review_on if stored.live else None,
        "changed": _changed_since_review(stored),
    }
    ReviewSubject._default_manager.update_or_create(
        **_key(type(content), content.pk), defaults=values
    )


def write_missing_subjects() -> None:
    """Give what was there before this table its rows."""
    for model in reviewed_models():
        content_type = ContentType.objects.get_for_model(model)
        known = ReviewSubject._default_manager.filter(content_type=content_type)
        for content in model._default_manager.exclude(pk__in=known.values("object_id")):
            write_subject(content)


def _changed_since_review(content: Any) -> str:
    """Return the names of shared content that changed since a live object was approved."""
    if not content.live or content.reviewed_on is not None:
        return ""
    approval = Approval.objects.covering(content)
    if approval is None or approval.shared is None:
        return ""
    return ", ".join(changed_names(content, approval.shared))


def _delete(model: type[Model], key: int) -> None:
    ReviewSubject._default_manager.filter(**_key(model, key)).delete()


def _key(model: type[Model], key: int) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(model), "object_id": key}
