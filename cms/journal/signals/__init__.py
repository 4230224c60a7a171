"""Which signals make rows in the journal.

A row is written by the signal that ends the change itself, so it shares the change's
transaction: always for pages, since `Page.save()` opens one, and for all that is deleted, since
Django does. What else is saved shares one where its caller opened it, as most views of the admin
do. Where nobody did (a snippet's publish button, the privacy of pages and collections,
`publish_scheduled` for snippets), Django has committed the change by itself when the row follows
in a transaction of its own: a process that dies just then leaves a change without a row.

Not told by any signal, and so without a row: `QuerySet.update()` and `bulk_create()`, a
collection that code moves in its tree, and fixtures that `loaddata` reads.
"""

from collections.abc import Callable

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    get_page_models,
)
from wagtail.signals import page_slug_changed, post_page_move, pre_page_move

from cms.content.models import BaseSnippet
from cms.core.models import ImageFault
from cms.upstream.receivers import connect_redirects_first

from . import files, page_deletion, pages, privacy, redirects, site, snippets

Receiver = Callable[..., None]


def connect() -> None:
    """Let every change of what the public can read write its row."""
    for page_model in get_page_models():
        _on_save(page_model, pages.before_save, pages.after_save)
    # Django also sends these for each page's own type.
    _on_delete(Page, page_deletion.before_delete, page_deletion.after_delete)
    pre_page_move.connect(pages.before_move)
    post_page_move.connect(pages.after_move)
    for model in apps.get_models():
        if issubclass(model, BaseSnippet):
            _on_save(model, snippets.before_save, snippets.after_save)
            _on_delete(model, snippets.before_delete, snippets.after_delete)
    for file_model in (get_image_model(), get_document_model()):
        _on_save(file_model, files.before_save, files.after_save)
        _on_delete(file_model, files.before_delete, files.after_delete)
    post_save.connect(files.after_fault, sender=ImageFault)
    post_delete.connect(files.after_repair, sender=ImageFault)
    _connect_redirects()
    _connect_privacy()
    post_save.connect(site.after_site_save, sender=Site)
    post_delete.connect(site.after_site_delete, sender=Site)
    post_save.connect(site.after_locale_save, sender=Locale)
    post_delete.connect(site.after_locale_delete, sender=Locale)


def _connect_redirects() -> None:
    _on_save(Redirect, redirects.before_save, redirects.after_save)
    _on_delete(Redirect, redirects.before_delete, redirects.after_delete)
    # Ours look for what Wagtail's have made.
    connect_redirects_first()
    post_page_move.connect(redirects.after_move)
    page_slug_changed.connect(redirects.after_slug_change)


def _connect_privacy() -> None:
    _on_save(PageViewRestriction, privacy.remember_pages, privacy.after_page_restriction)
    _on_delete(PageViewRestriction, privacy.remember_pages, privacy.after_page_release)
    m2m_changed.connect(privacy.after_page_groups, sender=PageViewRestriction.groups.through)
    _on_save(
        CollectionViewRestriction,
        privacy.remember_collection,
        privacy.after_collection_restriction,
    )
    post_delete.connect(privacy.after_collection_release, sender=CollectionViewRestriction)
    m2m_changed.connect(
        privacy.after_collection_groups, sender=CollectionViewRestriction.groups.through
    )
    post_save.connect(privacy.after_collection_save, sender=Collection)


def _on_save(model: type[Model], before: Receiver, after: Receiver) -> None:
    pre_save.connect(before, sender=model)
    post_save.connect(after, sender=model)


def _on_delete(model: type[Model], before: Receiver, after: Receiver) -> None:
    pre_delete.connect(before, sender=model)
    post_delete.connect(after, sender=model)
