"""Write rows for pages that are deleted, each with all below it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from cms.core.changes import Change
from cms.public.page_paths import page_path
from cms.public.visibility import hiding_q

from ..changed_nodes import Nodes, nodes_of_branch
from ..incoming_references import PAGE, Node, Referrer, referrers_of, serialized
from ..models import Action, Reach
from ..public_urls import (
    PublicPageIds,
    PublicUrl,
    last_public_urls,
    public_page_ids,
    public_urls_below,
)
from ..recording import record_page
from .privacy import record_side_effects


@dataclass(frozen=True)
class DoomedBranch:
    """A page that is deleted with all below it: its public URLs and the fields of its row."""

    top: Page
    urls: list[PublicUrl]
    fields: dict[str, Any]


@dataclass(frozen=True)
class Deletion:
    """Public URLs and referrers of pages, read before their deletion.

    `branches` are by the id of their topmost page. `waiting` are the ids of the pages whose rows
    are not deleted yet. `public_pages` are all that were public, where something is private.
    """

    branches: dict[int, DoomedBranch]
    waiting: set[int]
    public_pages: PublicPageIds | None


def remember_doomed_pages(change: Change) -> None:
    """Ask all that is needed of the pages that go together, when the first of them is announced."""
    whole = change.part_of or change
    if whole.recall(Deletion) is None:
        whole.remember(_deletion(change))


def record_deleted_page(change: Change) -> None:
    """Write the row of a branch when its topmost page is gone, and the others after the last."""
    deletion = (change.part_of or change).recall(Deletion)
    if deletion is None:
        return
    key = change.after.pk
    if key in deletion.branches:
        branch = deletion.branches[key]
        record_page(branch.urls, branch.top, **branch.fields)
    deletion.waiting.discard(key)
    if deletion.public_pages is not None and not deletion.waiting:
        record_side_effects(deletion.public_pages)


def _deletion(change: Change) -> Deletion:
    origin = change.origin
    if isinstance(origin, QuerySet) and issubclass(origin.model, Page):
        doomed = list(origin.order_by("path"))
    else:
        doomed = [Page.objects.get(pk=change.after.pk)]
    branches: list[list[Page]] = []
    for page in doomed:
        if branches and page.path.startswith(branches[-1][0].path):
            branches[-1].append(page)
        else:
            branches.append([page])
    private = PageViewRestriction.objects.exists()
    return Deletion(
        branches={
            branch[0].pk: DoomedBranch(branch[0], _last_urls(branch[0]), _fields(branch))
            for branch in branches
            if _is_shown(branch)
        },
        waiting={page.pk for page in doomed},
        public_pages=public_page_ids() if private else None,
    )


def _last_urls(top: Page) -> list[PublicUrl]:
    # The tree has counted the page out of its parent already, and a parent without children
    # hides nothing from `PublicScope`.
    hidden = top.get_ancestors().filter(hiding_q()).exists()
    return [] if hidden else last_public_urls(top) or public_urls_below(top)


def _is_shown(branch: list[Page]) -> bool:
    """Return whether readers can see that a branch goes.

    One of its pages is live, or translations are shown where one was chosen: the choice goes too.
    """
    below = Page.objects.filter(path__startswith=branch[0].path, live=True)
    return below.exists() or bool(referrers_of([Node(PAGE, page.pk) for page in branch]))


def _fields(branch: list[Page]) -> dict[str, Any]:
    top = branch[0]
    if top.is_site_root():
        reach = Reach.SITE
    elif any(page.live and page.show_in_menus for page in branch):
        reach = Reach.LOCALE
    else:
        reach = Reach.SUBTREE
    return {
        "action": Action.DELETED,
        # Asked now: the addresses of the site's pages depend on its home page, which may go.
        "path": page_path(top),
        "reach": reach,
        "references": serialized(_referrers(branch)),
        "nodes": None if reach == Reach.SITE else _nodes(branch),
    }


def _nodes(branch: list[Page]) -> Nodes:
    parents = {page.get_parent().pk for page in branch}
    in_menu = any(page.show_in_menus for page in branch)
    return nodes_of_branch(branch[0], parents, in_menu=in_menu, is_deleted=True)


def _referrers(branch: list[Page]) -> set[Referrer]:
    """Return the branch's parent, its pages' translations, and whoever refers to any of them."""
    top, gone = branch[0], {page.pk for page in branch}
    keys = {page.translation_key for page in branch}
    family = Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True)
    sources = {Referrer(PAGE, pk) for pk in [*family, top.get_parent().pk]}
    for target, referring in referrers_of([Node(PAGE, pk) for pk in family]).items():
        language = None if target.pk in gone else top.locale.language_code
        sources |= {source._replace(language=language) for source in referring}
    return {source for source in sources if source.label != PAGE or source.pk not in gone}
