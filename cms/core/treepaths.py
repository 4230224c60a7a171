"""Tree paths: where the pages above a page stand."""

from wagtail.models import Page


def paths_above(page: Page) -> list[str]:
    """The tree paths of a page's ancestors, the highest first, without the tree's root."""
    step = page.steplen
    return [page.path[:end] for end in range(2 * step, len(page.path or ""), step)]
