"""List the pages that show a snippet, for editors who are about to change it."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from cms.content.models import BaseSnippet
from cms.core.editing_rights import editable
from cms.journal.incoming_references import PAGE, node_of, referrers_of

SHOWN_BY_NAME = 10


@dataclass(frozen=True)
class PageUse:
    """A page that shows a snippet, and whether the user may edit the page."""

    page: Page
    is_editable: bool


@dataclass(frozen=True)
class SnippetUsage:
    """The pages that show a snippet: every page of its language, or `count` pages.

    `places` holds the first of them.
    """

    everywhere: bool
    count: int
    places: list[PageUse]

    @property
    def others(self) -> int:
        """Number of counted pages that are not in `places`."""
        return self.count - len(self.places)


def snippet_usage_of(snippet: BaseSnippet, user: Any) -> SnippetUsage:
    """Return the pages that show a snippet, live or not, in tree order.

    A page shows the snippet in its own language, whichever translation was chosen. Choices in
    drafts count after publication. The number of queries does not depend on that of pages.
    """
    if snippet.in_frame:
        return SnippetUsage(everywhere=True, count=0, places=[])
    pages = _pages_that_show(snippet)
    named = list(
        pages.select_related("locale")
        .prefetch_workflow_states()
        .annotate_approved_schedule()
        .order_by("path")[:SHOWN_BY_NAME]
    )
    allowed = set(
        editable(user, Page).filter(pk__in=[page.pk for page in named]).values_list("pk", flat=True)
    )
    return SnippetUsage(
        everywhere=False,
        count=pages.count(),
        places=[PageUse(page, page.pk in allowed) for page in named],
    )


def _pages_that_show(snippet: BaseSnippet) -> Any:
    family = snippet.get_translations(inclusive=True)
    sources = referrers_of([node_of(member) for member in family])
    chosen = {source.pk for found in sources.values() for source in found if source.label == PAGE}
    shows = Q(pk__in=chosen)
    for label in snippet.listed_on:
        lister = apps.get_model(label)
        lists = Q(content_type=ContentType.objects.get_for_model(lister))
        shows |= lists & snippet.listed_on_q(lister)
    return Page.objects.filter(shows, locale=snippet.locale_id)
