"""Registry of functions by which each app lists its URLs of a page or a language.

Content delivery networks are purged URL by URL, so all URLs of changed content must be known.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class AffectedContent:
    """The content of a site that looks different.

    `pages` are page ids by path, of pages that are public or were, with None for paths of other
    content. `languages` are those whose lists and menus may differ.
    """

    pages: Mapping[str, int | None]
    languages: frozenset[str]


# Returns the URLs that show the affected content, as paths with their queries.
UrlBuilder = Callable[[AffectedContent], Iterable[str]]

_builders: Final[list[UrlBuilder]] = []


def register_url_builder(builder: UrlBuilder) -> None:
    """Register the URLs of an app; call it in `ready()`."""
    if builder not in _builders:
        _builders.append(builder)


def urls_of(affected: AffectedContent) -> set[str]:
    """Return every URL that shows the affected content: the pages and those of all builders."""
    found = set(affected.pages)
    for build in _builders:
        found.update(build(affected))
    return found
