"""Says which nodes of public content a change touches; see `cms.public.nodes`.

Nodes are strings. None in place of a list means that any answer may differ.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.content.clinical_review import REVIEW_FIELDS
from cms.content.staleness import STALENESS_FIELDS
from cms.public.nodes import (
    children_node,
    content_node,
    end_node,
    file_node,
    list_node,
    menu_node,
    name_node,
    redirect_node,
    snippet_node,
    summary_node,
)

Nodes = list[str] | None

# With more pages below a page that comes, goes or moves, naming them all would cost more than
# making every answer anew.
MAX_BELOW: Final = 500
# What is written of a page without a publication, and is not in its summary.
NOT_IN_SUMMARY: Final = frozenset({*STALENESS_FIELDS, *REVIEW_FIELDS})


def nodes_of_content(page: Page, fields: Collection[str] | None) -> Nodes:
    """Return what a write touches that leaves the page's name and place as they were.

    Takes the fields that are written, None for all.
    """
    if fields is not None and NOT_IN_SUMMARY.issuperset(fields):
        return [content_node(page.pk)]
    return [content_node(page.pk), summary_node(page.pk), *_nodes_of_lists([page])]


def nodes_of_name(page: Page, parents: Iterable[int], *, in_menu: bool) -> list[str]:
    """Return what a new title touches, or a page that comes, goes or moves without those below it.

    Takes the ids of the parents that the page has and had, and whether it is or was in the menu.
    """
    return [
        content_node(page.pk),
        summary_node(page.pk),
        name_node(page.translation_key, page.locale_id),
        list_node(Page, page.locale_id),
        *map(children_node, parents),
        *_nodes_of_lists([page]),
        *([menu_node(page.locale_id)] if in_menu else []),
    ]


def nodes_of_branch(
    page: Page, parents: Iterable[int], *, in_menu: bool, is_deleted: bool = False
) -> Nodes:
    """Return what a page touches that comes, goes or moves with all below it, in one query.

    Parameters as for `nodes_of_name`; `is_deleted` says that the branch ends.
    """
    pages = Page.objects.filter(path__startswith=page.path).exclude(pk=page.pk).order_by()
    fields = ("translation_key", "locale", "show_in_menus", "content_type")
    below = list(pages.only(*fields)[: MAX_BELOW + 1])
    if len(below) > MAX_BELOW:
        return None
    nodes = set(nodes_of_name(page, parents, in_menu=in_menu))
    for each in below:
        nodes |= {name_node(each.translation_key, each.locale_id), list_node(Page, each.locale_id)}
        if each.show_in_menus:
            nodes.add(menu_node(each.locale_id))
    nodes |= _nodes_of_lists(below)
    if is_deleted:
        nodes |= {end_node(Page, each.pk) for each in [page, *below]}
    return sorted(nodes)


def _nodes_of_lists(pages: Collection[Page]) -> set[str]:
    """Return what other types of pages list by, of the types of some pages."""
    by_type: dict[Any, list[Page]] = {}
    for page in pages:
        by_type.setdefault(page.specific_class, []).append(page)
    found: set[str] = set()
    for model, group in by_type.items():
        if getattr(model, "listed_on", ()):
            found |= model.nodes_of_lists(group)
    return found


def nodes_of_snippet(snippet: Any, before: Any | None, *, is_deleted: bool) -> list[str]:
    """Return what a change of a snippet touches; `before` is the snippet as it was stored."""
    lists = snippet.nodes_of_lists() | (before.nodes_of_lists() if before else set())
    end = [end_node(type(snippet), snippet.pk)] if is_deleted else []
    return [
        snippet_node(snippet, snippet.locale_id),
        list_node(type(snippet), snippet.locale_id),
        *sorted(lists),
        *end,
    ]


def nodes_of_file(file: Any) -> Nodes:
    return [file_node(type(file), file.pk)]


def nodes_of_redirects(redirects: Iterable[Redirect]) -> Nodes:
    return sorted({redirect_node(redirect.old_path) for redirect in redirects})


def nodes_of_redirects_to(page: Page) -> Nodes:
    """Return the nodes of the redirects that Wagtail has made to a page and to those below it."""
    made = Redirect.objects.filter(
        redirect_page__path__startswith=page.path, automatically_created=True
    )
    paths = list(made.order_by().values_list("old_path", flat=True)[: MAX_BELOW + 1])
    return None if len(paths) > MAX_BELOW else [redirect_node(path) for path in paths]
