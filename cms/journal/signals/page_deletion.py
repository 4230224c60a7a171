"""Rows for pages that are deleted, each with all below it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from cms.public.page_paths import page_path
from cms.public.visibility import hiding_q

from ..incoming_references import PAGE, Node, Source, sources_of, stored
from ..models import Action, Reach
from ..public_urls import PublicPageIds, PublicUrl, last_public_urls, public_page_ids
from .page_rows import identity, record_page
from .privacy import record_side_effects


@dataclass(frozen=True)
class Deletion:
    """What must be asked before pages are gone: rows by the id of each topmost page."""

    rows: dict[int, tuple[list[PublicUrl], dict[str, Any]]]
    waiting: set[int]
    public_before: PublicPageIds | None


def before_delete(instance: Page, origin: Any, **kwargs: Any) -> None:
    # The origin is the same object for every page that goes in one deletion.
    if not hasattr(origin, "deletion"):
        origin.deletion = _deletion(origin, instance)


def after_delete(instance: Page, origin: Any, **kwargs: Any) -> None:
    deletion: Deletion = origin.deletion
    if instance.pk in deletion.rows:
        left, fields = deletion.rows[instance.pk]
        record_page(left, **fields)
    deletion.waiting.discard(instance.pk)
    if deletion.public_before is not None and not deletion.waiting:
        record_side_effects(deletion.public_before)


def _deletion(origin: Any, instance: Page) -> Deletion:
    if isinstance(origin, QuerySet) and issubclass(origin.model, Page):
        doomed = list(origin.order_by("path"))
    else:
        doomed = [Page.objects.get(pk=instance.pk)]
    branches: list[list[Page]] = []
    for page in doomed:
        if branches and page.path.startswith(branches[-1][0].path):
            branches[-1].append(page)
        else:
            branches.append([page])
    private = PageViewRestriction.objects.exists()
    return Deletion(
        rows={
            branch[0].pk: (_last_urls(branch[0]), _fields(branch))
            for branch in branches
            if branch[0].live
        },
        waiting={page.pk for page in doomed},
        public_before=public_page_ids() if private else None,
    )


def _last_urls(top: Page) -> list[PublicUrl]:
    # The tree has counted the page out of its parent already, and a parent without children
    # hides nothing from `PublicScope`.
    hidden = top.get_ancestors().filter(hiding_q()).exists()
    return [] if hidden else last_public_urls(top)


def _fields(branch: list[Page]) -> dict[str, Any]:
    top = branch[0]
    if top.is_site_root():
        reach = Reach.SITE
    elif any(page.live and page.show_in_menus for page in branch):
        reach = Reach.LOCALE
    else:
        reach = Reach.SUBTREE
    return {
        **identity(top),
        "action": Action.DELETED,
        "path": page_path(top),
        "reach": reach,
        "references": stored(_sources(branch)),
    }


def _sources(branch: list[Page]) -> set[Source]:
    """The branch's parent, its pages' translations, and whoever refers to any of them."""
    top, gone = branch[0], {page.pk for page in branch}
    keys = {page.translation_key for page in branch}
    family = Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True)
    sources = {Source(PAGE, pk) for pk in [*family, top.get_parent().pk]}
    for target, referring in sources_of([Node(PAGE, pk) for pk in family]).items():
        language = None if target.pk in gone else top.locale.language_code
        sources |= {source._replace(language=language) for source in referring}
    return {source for source in sources if source.label != PAGE or source.pk not in gone}
