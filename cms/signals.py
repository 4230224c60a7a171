"""Connect all signals of Django and Wagtail that this project listens to.

Those of content take the steps that `cms.saving` lists; the others set up connections, the
database and the demo site, and send mail. No other module connects signals, except for the
receivers of upstream in `cms.upstream.receivers`, which are called from here.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from asgiref.local import Local
from django.apps import apps
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_init,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)
from wagtail import hooks
from wagtail.models import Collection, Page
from wagtail.signals import (
    copy_for_translation_done,
    page_slug_changed,
    post_page_move,
    pre_page_move,
)

from cms.content.staleness import MayBeStale, content_saved
from cms.core.after_commit import after_commit
from cms.core.changes import Change, is_housekeeping, stored
from cms.core.collation import register_collations
from cms.core.edit_requests import published_by
from cms.core.i18n import create_missing_locales
from cms.journal.steps import files
from cms.review.setting_up import after_migrate
from cms.search.demo import add_demo_words
from cms.translation.comments.rights import may_discuss
from cms.translation.engine import foreign_texts
from cms.translation.glossary.demo import add_demo_terms
from cms.translation.matrix.after_publishing import tell_what_was_carried_over
from cms.upstream.collection_moves import wrap_collection_moves
from cms.upstream.receivers import (
    connect_redirects_first,
    index_pages_when_whole,
    leave_draft_titles,
    mail_comments_to,
    wrap_workflow_mail,
)
from cms.upstream.row_checks import check_log_entries_together
from pages.seeding import demo_seeded

from .saving import COLLECTIONS, COPIED, PAGES, SLUG_CHANGED, Step, Steps, steps_by_model

# The attributes that tie a change to its instance between the signals before and after it, by
# whether it is housekeeping: a receiver may save a lock while a page is saved. A save that failed
# leaves its change behind, and the next one puts its own in that place.
_PENDING: Final = {False: "_pending_change", True: "_pending_housekeeping"}
# The move and the deletions that are under way in this thread.
_underway: Final = Local()
# Deletions that failed are forgotten when so many others have begun.
_DELETIONS: Final = 8
_steps: Final[dict[type[Model], Steps]] = {}


def connect() -> None:
    """Connect everything, when all apps are ready."""
    connection_created.connect(register_collations)
    post_migrate.connect(create_missing_locales, sender=apps.get_app_config("core"))
    post_migrate.connect(after_migrate, sender=apps.get_app_config("review"))
    demo_seeded.connect(add_demo_terms)
    demo_seeded.connect(add_demo_words)
    # Wagtail sends mail about workflows while the transaction is open, also where that is rolled
    # back.
    wrap_workflow_mail(_after_commit)
    mail_comments_to(may_discuss)
    published_by.connect(tell_what_was_carried_over)
    index_pages_when_whole()
    leave_draft_titles()
    check_log_entries_together()
    _connect_content()


def _connect_content() -> None:
    for model, steps in steps_by_model().items():
        _steps[model] = steps
        pre_save.connect(_before_save, sender=model)
        post_save.connect(_after_save, sender=model)
        # Each page's own type is deleted beside the row of `Page`, which stands for both.
        has_deletion = steps.before_delete or steps.after_delete
        if has_deletion and (model is Page or not issubclass(model, Page)):
            pre_delete.connect(_before_delete, sender=model)
            post_delete.connect(_after_delete, sender=model)
        if steps.after_groups:
            groups: Any = model._meta.get_field("groups")
            m2m_changed.connect(_after_groups, sender=groups.remote_field.through)
        if steps.when_whole:
            post_init.connect(foreign_texts.remember_loaded, sender=model)
    content_saved.connect(_when_whole)
    pre_page_move.connect(_before_move)
    # Our steps look for the redirects that Wagtail's receivers have made.
    connect_redirects_first()
    post_page_move.connect(_after_move)
    wrap_collection_moves(_collection_move)
    page_slug_changed.connect(_after_slug_change)
    copy_for_translation_done.connect(_after_copy)
    hooks.register("after_bulk_action", files.record_new_collection)


def _after_commit(notifier: Any) -> Callable[..., None]:
    def receive(instance: Any, user: Any = None, **kwargs: Any) -> None:
        after_commit(lambda: notifier(instance=instance, user=user))

    return receive


def _take(steps: Sequence[Step], change: Change) -> None:
    for step in steps:
        step(change)


def _before_save(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    if raw:
        return
    steps = _steps[sender]
    change = Change(after=instance, fields=update_fields, is_new=instance._state.adding)
    if steps.reads_stored and not change.is_housekeeping:
        change.before = stored(instance)
        # An instance whose first save was rolled back is new again, and does not know it.
        change.is_new = change.before is None
    change.part_of = _move_that_saves(change)
    instance.__dict__.pop(_PENDING[change.is_housekeeping], None)
    _take(steps.before_save, change)
    instance.__dict__[_PENDING[change.is_housekeeping]] = change


def _after_save(
    sender: Any,
    instance: Any,
    created: bool = False,
    raw: bool = False,
    update_fields: Any = None,
    **kwargs: Any,
) -> None:
    change = instance.__dict__.pop(_PENDING[is_housekeeping(update_fields)], None)
    if raw or change is None:
        return
    change.is_new = created
    steps = _steps[sender]
    _take(steps.after_save, change)
    if isinstance(instance, MayBeStale):
        instance.__dict__[_PENDING[change.is_housekeeping]] = change
    else:
        # Such as a page that is saved by the class `Page`, which has no child objects.
        _take(steps.when_whole, change)


def _when_whole(sender: Any, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    change = instance.__dict__.pop(_PENDING[is_housekeeping(update_fields)], None)
    if change is not None:
        _take(_steps[sender].when_whole, change)


def _before_delete(sender: Any, instance: Any, origin: Any, **kwargs: Any) -> None:
    # The instance in memory may have been read before somebody else changed the object. Of pages
    # the steps ask the database themselves, all that go together at once.
    reads_stored = _steps[sender].reads_stored and sender is not Page
    before = (stored(instance) if reads_stored else None) or instance
    change = Change(after=instance, before=before, origin=origin)
    if sender is Page:
        change.part_of = _deletion_of(instance, origin)
    _take(_steps[sender].before_delete, change)
    instance.__dict__[_PENDING[False]] = change


def _after_delete(sender: Any, instance: Any, **kwargs: Any) -> None:
    change = instance.__dict__.pop(_PENDING[False], None)
    if change is not None:
        _take(_steps[sender].after_delete, change)


def _after_groups(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    # The instance is a group where the relation is changed from that side.
    if action.startswith("post_") and type(instance) in _steps:
        _take(_steps[type(instance)].after_groups, Change(after=instance))


def _before_move(instance: Page, **kwargs: Any) -> None:
    change = Change(after=instance, before=stored(instance))
    _take(PAGES.before_move, change)
    _underway.move = change


def _after_move(instance: Page, **kwargs: Any) -> None:
    change: Change | None = getattr(_underway, "saved_move", None)
    if change is None or change.after.pk != instance.pk:
        return
    del _underway.saved_move
    # Wagtail announces a move with one instance and saves another.
    change.after = instance
    _take(PAGES.after_move, change)


@contextmanager
def _collection_move(collection: Collection) -> Iterator[None]:
    change = Change(after=collection, before=stored(collection))
    _take(COLLECTIONS.before_move, change)
    yield
    _take(COLLECTIONS.after_move, change)


def _after_slug_change(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    _take(SLUG_CHANGED, Change(after=instance, before=instance_before))


def _after_copy(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    _take(COPIED, Change(after=target_obj, before=source_obj))


def _move_that_saves(change: Change) -> Change | None:
    """Return the move under way where it is what saves a page.

    Wagtail saves a moved page once, by the class `Page`, when the tree has its new path and the
    row still the old URL. A move that failed before leaves its announcement behind.
    """
    move: Change | None = getattr(_underway, "move", None)
    then: Any = move and move.before
    now: Any = change.before
    if then is None or now is None or type(change.after) is not Page:
        return None
    if then.pk != now.pk or then.path == now.path or then.url_path != now.url_path:
        return None
    del _underway.move
    _underway.saved_move = move
    return move


def _deletion_of(page: Page, origin: Any) -> Change:
    """Return the deletion of all that goes together with a page: all of it has one origin.

    A page that is announced twice is part of another deletion, after one that failed.
    """
    begun: list[tuple[Change, set[int]]] = getattr(_underway, "deletions", [])
    for whole, announced in begun:
        if whole.origin is origin and page.pk not in announced:
            break
    else:
        whole, announced = Change(after=origin, origin=origin), set()
        _underway.deletions = [(whole, announced), *begun][:_DELETIONS]
    announced.add(page.pk)
    return whole
