"""Write rows: the next version, in the transaction of the change."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from cms.public.page_paths import page_path

from .changed_nodes import Nodes
from .lease import commit_wait
from .models import ContentChange, JournalCounter, Kind
from .public_urls import PublicUrl

COUNTER: Final = 1


def record(*, nodes: Nodes, **fields: Any) -> ContentChange:
    """Write one row of the journal.

    Takes the fields of `ContentChange` except `version` and `time`. The counter's row stays
    locked until the transaction around it ends, so a later version cannot be committed first;
    a transaction that rolls back gives its version back.
    """
    # Without a savepoint: a change whose row cannot be written must fail with it.
    with transaction.atomic(savepoint=False):
        commit_wait.note_change()
        return ContentChange.objects.create(version=_next_version(), nodes=nodes, **fields)


def record_page(left: Sequence[PublicUrl], page: Page, **fields: Any) -> None:
    """Write a row for each URL at which the public could read a page until now, or else one.

    Takes those URLs, the page, and the other fields of a row.
    """
    model = page.specific_class
    fields = {
        "kind": Kind.PAGE,
        "type": getattr(model, "public_type", model._meta.label),
        "object_id": page.pk,
        "locale": page.locale.language_code,
        "path": page_path(page),
        **fields,
    }
    if not left:
        record(**fields)
    for url in left:
        record(**fields | {"path": url.path, "site_id": url.site_id, "withdrawn": True})


def _next_version() -> int:
    counter = JournalCounter.objects.filter(pk=COUNTER)
    if not counter.update(number=F("number") + 1):
        # `manage.py flush` empties this table too.
        JournalCounter.objects.get_or_create(pk=COUNTER)
        counter.update(number=F("number") + 1)
    return counter.values_list("number", flat=True).get()
