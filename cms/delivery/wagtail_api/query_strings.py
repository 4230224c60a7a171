"""Query strings that Wagtail's endpoints would answer with a fault of the server."""

from django.http import QueryDict

from cms.core.search.highlighting import query_words

from ..problems import BadRequest

# Nested `fields=a(b(c…` are read by recursion, which a longer value would exhaust.
LONGEST = 1000
# Beyond it, SQLite has no integers.
LARGEST = 2**63 - 1


def checked_query(query: QueryDict) -> QueryDict:
    """A query string that is safe to hand to Wagtail.

    Takes the query of a request; gives it with the bare words of `search`, since the search
    engines read some signs as commands. Raises BadRequest that names the parameter.
    """
    for name, values in query.lists():
        for text in (name, *values):
            _check_text(name, text)
    checked = query.copy()
    search = query.get("search")
    if search is not None:
        checked["search"] = query_words(search)
        if not checked["search"]:
            raise BadRequest("search: holds no word.")
    return checked


def _check_text(name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise BadRequest(f"{name[:LONGEST]}: is longer than {LONGEST} characters.")
    if not text.isprintable() or "\ufffd" in text:
        raise BadRequest(f"{name}: contains characters that no value has.")
    if _is_whole_number(text) and abs(int(text)) > LARGEST:
        raise BadRequest(f"{name}: is a larger number than any here.")


def _is_whole_number(text: str) -> bool:
    try:
        int(text)
    except ValueError:
        return False
    return True
