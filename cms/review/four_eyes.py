"""Four eyes: whoever wrote or submitted a text does not approve it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from wagtail.models import Revision
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TranslationLog,
)

from cms.core.content_digest import digest_of_data

from .models.approval import Approval

CACHE = "_own_texts"


def may_approve(content: Any, user: Any) -> bool:
    """Whether a reviewer may approve the newest draft of an object, which is in review.

    The answer is remembered with the user, as it is asked for several times in one request.
    """
    if settings.REVIEW_BY_AUTHOR:
        return True
    known: dict[Any, bool] = getattr(user, CACHE, {})
    setattr(user, CACHE, known)
    revision = Revision.objects.for_instance(content).order_by("-created_at", "-pk").first()
    key = revision and (revision.pk, revision.created_at)
    if key not in known:
        known[key] = not is_own(content, user)
    return known[key]


def is_own(content: Any, user: Any) -> bool:
    """Whether a user wrote or submitted the newest draft of an object."""
    return user.pk in _writers_and_submitter(content)


def others_who_may_approve(content: Any, task: Any) -> list[Any]:
    """Return the reviewers who neither wrote nor submitted the newest draft, by name."""
    users = get_user_model()._default_manager.filter(groups__in=task.groups.all(), is_active=True)
    others = users.exclude(pk__in=_writers_and_submitter(content)).distinct()
    return list(others.order_by("last_name", "first_name", "pk"))


def _writers_and_submitter(content: Any) -> set[int]:
    state = content.current_workflow_state
    submitter = {state.requested_by_id} if state and state.requested_by_id else set()
    return writers_of(content) | submitter


def writers_of(content: Any) -> set[int]:
    """Return the keys of the users who wrote what the newest draft says.

    They are those of the revisions that changed the words since others were approved, up to the
    first which says the same as the newest, and those who typed its translations meanwhile. The
    user of a revision that the translation editor saved has saved what others typed.
    """
    revisions = list(_revisions_since_other_words(content))
    if not revisions:
        return set()
    from_texts = set(
        TranslationLog.objects.filter(revision__in=[each[0] for each in revisions]).values_list(
            "revision", flat=True
        )
    )
    newest, before = revisions[0][1], revisions[-1][1] if revisions[-1][2] else None
    writers: set[int | None] = set()
    for revision, digest, is_approved in reversed(revisions):
        if is_approved:
            continue
        if digest != before and revision.pk not in from_texts:
            writers.add(revision.user_id)
        if digest == newest:
            break
        before = digest
    since = revisions[-1][0].created_at if revisions[-1][2] else None
    return {key for key in [*writers, *_typists(content, since)] if key is not None}


def _revisions_since_other_words(content: Any) -> Iterable[tuple[Revision, str, bool]]:
    """Yield (revision, digest, whether its words are others that are approved), newest first.

    Ends with the first whose words are approved and differ from the newest.
    """
    approved = set(Approval.of_any_words(content).values_list("digest", flat=True))
    newest = ""
    revisions = Revision.objects.for_instance(content).select_related("content_type")
    for revision in revisions.order_by("-created_at", "-pk").iterator(chunk_size=20):
        model: Any = revision.content_type.model_class()
        digest = digest_of_data(model, revision.content)
        newest = newest or digest
        is_approved = digest != newest and digest in approved
        yield revision, digest, is_approved
        if is_approved:
            return


def _typists(content: Any, since: Any) -> Iterable[int | None]:
    """Yield the keys of those who typed what a translation says, since a moment or ever."""
    for segments, typed, match in (
        (StringSegment, StringTranslation, {"string": OuterRef("translation_of")}),
        (OverridableSegment, SegmentOverride, {}),
    ):
        in_use = segments.objects.filter(
            source__object_id=content.translation_key,
            source__translations__target_locale=content.locale_id,
            context=OuterRef("context"),
            **match,
        )
        rows = typed.objects.filter(Exists(in_use), locale=content.locale_id)
        if since is not None:
            rows = rows.filter(updated_at__gt=since)
        yield from rows.values_list("last_translated_by", flat=True).distinct()
