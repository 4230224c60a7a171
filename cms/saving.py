"""List what happens when content is saved, moved or deleted, step by step and in order.

Whoever writes comes through here: the admin, wagtail-localize, Wagtail's API v2 and v3, commands,
`Page.save()` on the base class, and Django where it deletes what refers to something deleted.
`cms.signals` hears of it from Django and Wagtail. Before the write it makes a `Change` and takes
the steps that come before; after the write it takes the same `Change` through the others. A step
is a function of one app, `step(change) -> None`. What it leaves for a later one is a note on the
change.

The steps share the transaction of the write where there is one: always for pages and snippets,
whose `save()` opens one, and for all that is deleted. The rest shares one where its caller opened
it. Where nobody did (privacy, redirects), a process that dies just after the write leaves a
change without a row in the journal.

No signal tells of `QuerySet.update()`, `bulk_create()` and fixtures.
`tests/saving/test_round_the_door.py` lists where upstream code does such things.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    PageViewRestriction,
    Revision,
    Site,
    get_page_models,
)
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from cms.content import completeness, siblings, told_losses
from cms.content.models import snippet_models
from cms.core import live_revisions
from cms.core.changes import Change
from cms.core.models import ImageFault
from cms.crisis import gate as crisis
from cms.editing.links import recording as links
from cms.journal.models import ContentChange
from cms.journal.steps import files, page_deletion, pages, privacy, redirects, snippets
from cms.journal.steps import sites_and_locales as sites
from cms.public import file_hashes, images
from cms.review import gate, setting_up, shared, subjects
from cms.translation.engine import aliases, foreign_texts, kept_privacy, times
from cms.translation.engine import steps as translation
from cms.webhooks import delivery_thread
from pages.models import SiteFurniture

Step = Callable[[Change], None]


@dataclass(frozen=True)
class Steps:
    """The steps of one kind of object.

    `reads_stored` asks for the stored object before a save; `when_whole` are the steps for when
    its child objects are written too, which `save()` does last.
    """

    reads_stored: bool = False
    before_save: Sequence[Step] = ()
    after_save: Sequence[Step] = ()
    when_whole: Sequence[Step] = ()
    before_move: Sequence[Step] = ()
    after_move: Sequence[Step] = ()
    before_delete: Sequence[Step] = ()
    after_delete: Sequence[Step] = ()
    after_groups: Sequence[Step] = ()


# Rows are locked in this order, whoever saves: the parent where a slug is new there, pages below by
# their path, other languages by their key, then the write locks the object's own row, and the first
# row of the journal locks the counter until the end of the transaction. Whoever holds the counter
# waits for no other row.
LOCKS: Final = (
    siblings.keep_slug_apart,
    pages.lock_pages_below,
    translation.lock_siblings,
)

PAGES: Final = Steps(
    reads_stored=True,
    before_save=(
        # Decide first whether it is a draft: the gate and the guard let drafts pass.
        aliases.draft_freed_alias,
        aliases.leave_comments_to_original,
        foreign_texts.draft_copy,
        gate.check_review,
        completeness.check_complete,
        crisis.check_crisis_help,
        translation.find_translations,
        translation.check_language,
        told_losses.tell_losses,
        *LOCKS,
        pages.remember_public_urls,
        kept_privacy.keep_privacy,
    ),
    after_save=(
        pages.record_saved_page,
        subjects.update_subject,
        links.update_links,
        setting_up.permit_on_new_home_page,
    ),
    when_whole=(
        foreign_texts.log_copied_texts,
        foreign_texts.begin_noted_translation,
        translation.update_states,
        times.forget_decisions,
    ),
    before_move=(pages.remember_public_urls_before_move,),
    # Wagtail saves a moved page by the class `Page`, so that the steps above are taken between.
    after_move=(redirects.record_automatic_redirect,),
    before_delete=(
        page_deletion.remember_doomed_pages,
        aliases.free_aliases,
        kept_privacy.leave_privacy,
    ),
    after_delete=(
        page_deletion.record_deleted_page,
        subjects.delete_subject,
        links.delete_links,
    ),
)

SNIPPETS: Final = Steps(
    reads_stored=True,
    before_save=(
        translation.make_snippet_unique,
        foreign_texts.draft_copy,
        gate.check_review,
        translation.find_translations,
        translation.check_language,
        told_losses.tell_losses,
        translation.lock_siblings,
    ),
    after_save=(
        snippets.record_snippet,
        subjects.update_subject,
        shared.update_pages_that_show,
        links.update_links,
    ),
    when_whole=(
        foreign_texts.log_copied_texts,
        foreign_texts.begin_noted_translation,
        translation.update_states,
        times.forget_decisions,
    ),
    before_delete=(snippets.remember_doomed_snippet,),
    after_delete=(
        snippets.record_deleted_snippet,
        subjects.delete_subject,
        shared.update_pages_that_show,
        links.delete_links,
    ),
)

# Crisis help stays while pages about health are live in its language.
CRISIS_HELP: Final = replace(
    SNIPPETS,
    before_save=(crisis.check_help_stays, *SNIPPETS.before_save),
    before_delete=(crisis.check_help_is_not_deleted, *SNIPPETS.before_delete),
)

# Drafts of pages and snippets.
REVISIONS: Final = Steps(
    before_save=(
        gate.check_draft,
        completeness.check_scheduled,
        crisis.check_schedule,
        told_losses.tell_losses_of_schedule,
    ),
    before_delete=(live_revisions.keep_live_revision,),
    after_save=(links.update_draft_links, times.forget_decisions_about_cancelled),
)

IMAGES: Final = Steps(
    reads_stored=True,
    before_save=(file_hashes.renew_hash,),
    after_save=(
        file_hashes.store_renewed_hash,
        files.record_file,
        images.make_renditions_soon,
        shared.update_pages_that_show,
    ),
    before_delete=(files.remember_doomed_file,),
    after_delete=(files.record_deleted_file,),
)

DOCUMENTS: Final = Steps(
    reads_stored=True,
    before_save=(file_hashes.renew_hash,),
    after_save=(file_hashes.store_renewed_hash, files.record_file),
    before_delete=(files.remember_doomed_file,),
    after_delete=(files.record_deleted_file,),
)

# A size that is made needs no row: answers have looked for it, and made it themselves.
SIZES_OF_IMAGES: Final = Steps(after_delete=(files.record_deleted_size,))

IMAGE_FAULTS: Final = Steps(
    after_save=(files.record_new_fault,), after_delete=(files.record_repair,)
)

REDIRECTS: Final = Steps(
    reads_stored=True,
    before_save=(redirects.remember_old_address,),
    after_save=(redirects.record_redirect,),
    before_delete=(redirects.remember_doomed_redirect,),
    after_delete=(redirects.record_deleted_redirect,),
)

PAGE_PRIVACY: Final = Steps(
    before_save=(privacy.remember_public_pages,),
    after_save=(privacy.record_page_restriction,),
    before_delete=(privacy.remember_public_pages,),
    after_delete=(privacy.record_page_release,),
    after_groups=(privacy.record_page_groups,),
)

COLLECTION_PRIVACY: Final = Steps(
    before_save=(privacy.remember_public_collection_of,),
    after_save=(privacy.record_collection_restriction,),
    after_delete=(privacy.record_collection_release,),
    after_groups=(privacy.record_collection_groups,),
)

COLLECTIONS: Final = Steps(
    after_save=(privacy.record_collection,),
    before_move=(privacy.remember_public_collection,),
    after_move=(privacy.record_moved_collection,),
)

SITES: Final = Steps(after_save=(sites.record_site,), after_delete=(sites.record_deleted_site,))

LOCALES: Final = Steps(
    after_save=(sites.record_locale, setting_up.set_up_new_language),
    after_delete=(sites.record_deleted_locale,),
)

# The tables of wagtail-localize.
TRANSLATIONS: Final = Steps(
    after_save=(translation.update_own_state,),
    before_delete=(foreign_texts.note_untranslated_texts,),
    after_delete=(translation.forget_state,),
)
TRANSLATED_TEXTS: Final = Steps(
    after_save=(translation.update_progress, translation.update_draft_title),
    after_delete=(translation.update_progress,),
)
TRANSLATION_LOGS: Final = Steps(after_save=(translation.update_state_of_revision,))

JOURNAL_ROWS: Final = Steps(after_save=(delivery_thread.deliver_after_commit,))

# When Wagtail has copied an object into another language, and saved a revision of a page.
COPIED: Final[Sequence[Step]] = (
    times.forget_copied_times,
    foreign_texts.begin_translation_of_copy,
)
# Each page's slug that Wagtail has changed, after the commit.
SLUG_CHANGED: Final[Sequence[Step]] = (redirects.record_automatic_redirect,)


def steps_by_model() -> dict[type[Model], Steps]:
    """Return the steps of each model whose objects are content, or decide who may see content."""
    return {
        **dict.fromkeys(get_page_models(), PAGES),
        **dict.fromkeys(snippet_models(), SNIPPETS),
        SiteFurniture: CRISIS_HELP,
        Revision: REVISIONS,
        get_image_model(): IMAGES,
        get_document_model(): DOCUMENTS,
        get_image_model().get_rendition_model(): SIZES_OF_IMAGES,
        ImageFault: IMAGE_FAULTS,
        Redirect: REDIRECTS,
        PageViewRestriction: PAGE_PRIVACY,
        CollectionViewRestriction: COLLECTION_PRIVACY,
        Collection: COLLECTIONS,
        Site: SITES,
        Locale: LOCALES,
        Translation: TRANSLATIONS,
        StringTranslation: TRANSLATED_TEXTS,
        TranslationLog: TRANSLATION_LOGS,
        ContentChange: JOURNAL_ROWS,
    }
