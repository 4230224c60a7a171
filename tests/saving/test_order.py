"""The order of steps, and of locks."""

from typing import Any

import pytest

from cms import saving
from cms.saving import PAGES, SNIPPETS, Steps

SAVES = {
    "page": (
        PAGES,
        """draft_freed_alias leave_comments_to_original draft_copy check_review
        check_complete check_crisis_help find_translations check_language tell_losses
        keep_slug_apart lock_pages_below lock_siblings remember_public_urls keep_privacy""",
        "record_saved_page update_subject update_links permit_on_new_home_page",
        "log_copied_texts begin_noted_translation update_states forget_decisions",
    ),
    "snippet": (
        SNIPPETS,
        """make_snippet_unique draft_copy check_review find_translations check_language
        tell_losses lock_siblings""",
        "record_snippet update_subject update_pages_that_show update_links",
        "log_copied_texts begin_noted_translation update_states forget_decisions",
    ),
}
DELETIONS = {
    "page": (
        PAGES,
        "remember_doomed_pages free_aliases leave_privacy",
        "record_deleted_page delete_subject delete_links",
    ),
    "snippet": (
        SNIPPETS,
        "remember_doomed_snippet",
        "record_deleted_snippet delete_subject update_pages_that_show delete_links",
    ),
}


def names(steps: Any) -> list[str]:
    return [step.__name__ for step in steps]


@pytest.mark.parametrize("kind", SAVES)
def test_a_save_takes_its_steps_in_this_order(kind: str) -> None:
    steps, before, after, whole = SAVES[kind]
    assert steps.reads_stored
    assert names(steps.before_save) == before.split()
    assert names(steps.after_save) == after.split()
    assert names(steps.when_whole) == whole.split()


@pytest.mark.parametrize("kind", DELETIONS)
def test_a_deletion_takes_its_steps_in_this_order(kind: str) -> None:
    steps, before, after = DELETIONS[kind]
    assert names(steps.before_delete) == before.split()
    assert names(steps.after_delete) == after.split()


def test_locks_come_after_all_that_can_refuse() -> None:
    """A refused save then holds nothing that others wait for."""
    before = [*PAGES.before_save]
    refusing = {"check_review", "check_complete", "check_language", "tell_losses"}
    last_refusal = max(before.index(step) for step in before if step.__name__ in refusing)
    assert names(saving.LOCKS) == ["keep_slug_apart", "lock_pages_below", "lock_siblings"]
    assert before.index(saving.LOCKS[0]) > last_refusal


def test_the_journal_comes_first_after_the_write() -> None:
    """Later steps wait for no row that this transaction has not locked already."""
    assert PAGES.after_save[0].__name__ == "record_saved_page"
    assert SNIPPETS.after_save[0].__name__ == "record_snippet"


def test_every_step_belongs_to_one_app_and_takes_a_change() -> None:
    steps = {
        step
        for kind in vars(saving).values()
        if isinstance(kind, Steps)
        for group in vars(kind).values()
        if isinstance(group, tuple)
        for step in group
    }
    assert steps
    for step in steps:
        assert step.__module__.startswith("cms.")
        assert [*step.__annotations__] == ["change", "return"]
