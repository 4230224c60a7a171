"""The four-eyes principle: nobody approves a text that they wrote or submitted."""

from collections.abc import Iterable
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, Max, OuterRef
from django.utils.html import strip_tags
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    TranslationLog,
)

from cms.content.clinical_review import latest_draft
from cms.content.content_digest import digest_of_data
from cms.content.models import BaseSnippet

from .models.approval import Approval
from .shared import REVIEWED, shared_words

CACHE = "_own_texts"
# Actions of the history that write words into a revision.
SAVES: Final = ("wagtail.edit", "wagtail.revert")
# Digests of revisions by (primary key, creation time), as one takes milliseconds and the list of
# waiting reviews needs those of many pages. An overwritten revision has a new time.
DIGESTS: Final[dict[tuple[int, Any], str]] = {}
MOST_DIGESTS: Final = 20_000


def may_approve(content: Any, user: Any) -> bool:
    """Return whether a reviewer may approve the latest draft of an object in review.

    Caches the answer on the user, as a request asks several times.
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
    """Return whether a user wrote or submitted the latest draft of an object."""
    return user.pk in _writers_and_submitter(content)


def others_who_may_approve(content: Any, task: Any) -> list[Any]:
    """Return the reviewers who neither wrote nor submitted the latest draft, by name."""
    users = get_user_model()._default_manager.filter(groups__in=task.groups.all(), is_active=True)
    others = users.exclude(pk__in=_writers_and_submitter(content)).distinct()
    return list(others.order_by("last_name", "first_name", "pk"))


def _writers_and_submitter(content: Any) -> set[int]:
    state = content.current_workflow_state
    submitter = {state.requested_by_id} if state and state.requested_by_id else set()
    return writers_of(content) | writers_of_shared(content) | submitter


def writers_of(content: Any) -> set[int]:
    """Return the primary keys of the users who wrote the content of the latest draft.

    These are the users of

    - revisions that changed the content since the last approval of other content, up to the
      first with the content of the latest draft;
    - the first revision of that content, and of each version that was restored since;
    - translated strings and overrides that were written since that approval;
    - saves since then whose revisions were purged, of which nothing says what they changed.

    The user of a revision that the translation editor saved does not count, as it may consist of
    texts by others, unless that version was restored: its texts were replaced, and nothing else
    says who wrote them.
    """
    revisions = list(_revisions_since_other_words(content))
    if not revisions:
        return set()
    keys = [revision.pk for revision, _digest, _is_approved in revisions]
    from_texts = _from_texts(keys)
    newest, before = revisions[0][1], revisions[-1][1] if revisions[-1][2] else None
    writers: set[int | None] = set()
    restored: set[str] = set()
    restorations = _restorations(content, keys)
    if newest in restorations.values():
        restored.add(newest)
    for revision, digest, is_approved in reversed(revisions):
        if is_approved:
            continue
        if digest != before:
            if revision.pk not in from_texts:
                writers.add(revision.user_id)
            if revision.pk in restorations:
                restored.add(restorations[revision.pk])
        if digest == newest:
            break
        before = digest
    writers |= _first_writers(content, {newest}, restored)
    since = revisions[-1][0].created_at if revisions[-1][2] else None
    others = [*_typists(content, since), *_writers_of_purged(content, since)]
    return {key for key in [*writers, *others] if key is not None}


def writers_of_shared(content: Any) -> set[int]:
    """Return the primary keys of the users who wrote shared content that the latest draft shows.

    An approval covers the shared content as well. Content does not count if it was approved with
    this or another object by somebody else, or has a review of its own.
    """
    writers: set[int | None] = set()
    for key, shown in shared_words(latest_draft(content)).items():
        label, pk = key.split(":")
        model: Any = apps.get_model(label)
        if shown == REVIEWED or not issubclass(model, BaseSnippet):
            continue
        rows = Approval.objects.filter(shared__has_key=key, is_independent=True)
        approved = {shared[key] for shared in rows.values_list("shared", flat=True) if shared}
        if shown not in approved:
            writers |= _writers_of_snippet(model._default_manager.get(pk=pk), shown, approved)
    return {key for key in writers if key is not None}


def _writers_of_snippet(snippet: Any, shown: str, approved: set[str]) -> set[int | None]:
    """Return the users who wrote a snippet's content since it was last approved.

    `shown` and `approved` are content digests; revisions after the first with `shown` are ignored.
    """
    before, since = "", None
    changed: list[Revision] = []
    revisions = Revision.objects.for_instance(snippet).order_by("created_at", "pk")
    for revision in revisions.iterator(chunk_size=20):
        words = digest_of_data(type(snippet), revision.content, snippet.words_on_pages)
        if words in approved:
            changed, since = [], revision.created_at
        elif words != before:
            changed.append(revision)
        if words == shown:
            break
        before = words
    from_texts = _from_texts([revision.pk for revision in changed])
    writers = {revision.user_id for revision in changed if revision.pk not in from_texts}
    return {*writers, *_typists(snippet, since), *_writers_of_purged(snippet, since)}


def _writers_of_purged(content: Any, since: Any) -> set[int | None]:
    """Return the users of saves, since a time or ever, whose revisions are not there any more.

    The history keeps these entries. Wagtail's `purge_revisions` would let authors approve.
    """
    saves = log_registry.get_logs_for_instance(content).filter(
        action__in=SAVES, revision_id__isnull=False
    )
    if since is None:
        since = Approval.of_any_content(content).aggregate(last=Max("approved_at"))["last"]
    if since is not None:
        saves = saves.filter(timestamp__gt=since)
    kept = set(Revision.objects.for_instance(content).values_list("pk", flat=True))
    found = saves.values_list("revision_id", "user_id")
    return {user for revision, user in found if revision not in kept}


def _from_texts(revisions: list[int]) -> set[int]:
    """Return the primary keys of those revisions that the translation editor saved."""
    logged = TranslationLog.objects.filter(revision__in=revisions)
    return set(logged.values_list("revision", flat=True))


def _restorations(content: Any, revisions: list[int]) -> dict[int, str]:
    """Return, by restoring revision, the content digest of the version that was restored.

    Leaves out versions with approved content.
    """
    entries = log_registry.get_log_model_for_instance(content)._default_manager.filter(
        action="wagtail.revert", revision__in=revisions
    )
    begun = {entry.revision_id: entry.data.get("revision", {}).get("id") for entry in entries}
    digests = {
        revision.pk: _digest(revision)
        for revision in Revision.objects.for_instance(content).filter(pk__in=begun.values())
    }
    approved = _approved(content)
    return {
        pk: digests[key]
        for pk, key in begun.items()
        if key in digests and digests[key] not in approved
    }


def _first_writers(content: Any, digests: set[str], restored: set[str]) -> set[int | None]:
    """Return the user of the oldest revision of each digest.

    Those of restored versions count also where the translation editor saved the revision.
    """
    revisions = list(
        Revision.objects.for_instance(content)
        .order_by("created_at", "pk")
        .values_list("pk", "created_at", "user_id")
    )
    new = [pk for pk, created_at, _user in revisions if (pk, created_at) not in DIGESTS]
    if len(DIGESTS) > MOST_DIGESTS:
        DIGESTS.clear()
        new = [pk for pk, _created_at, _user in revisions]
    in_full = Revision.objects.filter(pk__in=new).select_related("content_type")
    for revision in in_full.iterator(chunk_size=20):
        DIGESTS[revision.pk, revision.created_at] = _digest(revision)
    firsts: dict[str, tuple[int, int | None]] = {}
    for pk, created_at, user_id in revisions:
        digest = DIGESTS.get((pk, created_at))
        if digest is not None and digest in digests | restored:
            firsts.setdefault(digest, (pk, user_id))
    from_texts = _from_texts([pk for pk, _user in firsts.values()])
    return {
        user_id
        for digest, (pk, user_id) in firsts.items()
        if digest in restored or pk not in from_texts
    }


def _revisions_since_other_words(content: Any) -> Iterable[tuple[Revision, str, bool]]:
    """Yield (revision, digest, whether it is approved other content), newest first.

    Ends with the first revision whose content is approved and differs from the newest.
    """
    approved = _approved(content)
    newest = ""
    revisions = Revision.objects.for_instance(content).select_related("content_type")
    for revision in revisions.order_by("-created_at", "-pk").iterator(chunk_size=20):
        digest = _digest(revision)
        newest = newest or digest
        is_approved = digest != newest and digest in approved
        yield revision, digest, is_approved
        if is_approved:
            return


def _approved(content: Any) -> set[str]:
    return set(Approval.of_any_content(content).values_list("digest", flat=True))


def _digest(revision: Revision) -> str:
    model: Any = revision.content_type.model_class()
    return digest_of_data(model, revision.content)


def _typists(content: Any, since: Any) -> Iterable[int | None]:
    """Yield the primary keys of users who typed the texts of a translation, since a time or ever.

    Confirming an earlier translation makes a new row by the confirming user, so that rows of the
    object's earlier strings with the same text count as well.
    """
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
        every = typed.objects.filter(
            context__object_id=content.translation_key, locale=content.locale_id
        )
        since_then = {} if since is None else {"updated_at__gt": since}
        yield from (
            every.filter(Exists(in_use), **since_then)
            .values_list("last_translated_by", flat=True)
            .distinct()
        )
        if typed is StringTranslation:
            in_words = every.filter(Exists(in_use)).values_list("data", flat=True)
            words = {_words(data) for data in in_words}
            earlier = every.exclude(Exists(in_use)).filter(**since_then)
            for data, user in earlier.values_list("data", "last_translated_by"):
                if _words(data) in words:
                    yield user


def _words(data: str) -> str:
    """Return a text without tags, as link ids differ between strings."""
    return " ".join(strip_tags(data).split())
