"""Names the parts of public content that answers are made of: nodes.

An answer notes the nodes that it read (`PublicScope.note`), and each row of the journal has the
nodes that its change touched (`cms.journal`). A kept answer holds until a change touches one of its
nodes (`cms.caching`).

| node | touched by |
|---|---|
| content of a page | every publication of the page, and what is said of its review and its source |
| summary of a page | every publication of the page |
| name of a page | its title, address or place, whether it is public, and until when |
| children of a page | a name among them |
| pages of a type in a language | every publication, name and place of one |
| what names a snippet or page | each change of one that names or named it; see `nodes_of_lists` |
| menu of a language | names and places of the pages in it |
| snippet | every publication of it, and its end |
| end of a page or snippet | its deletion, where a translation of it is shown in its place |
| list of a type in a language | each change of an object of the type; of pages, a name among them |
| file | the image or document, its collection, and the sizes that an image is shown in |
| redirect | what an address without a page leads to |

Pages and snippets are named by their translation key and language, not by their primary key: so the
absence of a translation is a node too. Privacy, sites, languages, collections and the order of
pages have no node, for any answer may depend on them.
"""

from sys import intern
from typing import Any
from uuid import UUID

from django.db.models import Model
from wagtail.models import Page


def content_node(page_id: int) -> str:
    return intern(f"content:{page_id}")


def summary_node(page_id: int) -> str:
    return intern(f"summary:{page_id}")


def name_node(translation_key: UUID, locale_id: int) -> str:
    return intern(f"name:{translation_key.hex}:{locale_id}")


def children_node(page_id: int) -> str:
    return intern(f"children:{page_id}")


def menu_node(locale_id: int) -> str:
    return intern(f"menu:{locale_id}")


def snippet_node(snippet: Any, locale_id: int) -> str:
    """Return the node of a snippet's translation in a language, which need not exist."""
    label = snippet._meta.label_lower
    return intern(f"snippet:{label}:{snippet.translation_key.hex}:{locale_id}")


def end_node(model: type[Model], pk: int) -> str:
    """Return the node of an object that was chosen, where its translation is shown.

    The choice goes with the object.
    """
    return intern(f"end:{_label(model)}:{pk}")


def list_node(model: type[Model], locale_id: int) -> str:
    """Return the node of all objects of a type in a language; pages of all types are one list."""
    return intern(f"list:{_label(model)}:{locale_id}")


def pages_node(model: type[Page], locale_id: int) -> str:
    """Return the node of all pages of one type in a language, as another type lists them."""
    return intern(f"pages:{model._meta.label_lower}:{locale_id}")


def naming_node(translation_key: UUID, locale_id: int) -> str:
    """Return the node of what names a snippet or page, in whatever language, in one language."""
    return intern(f"naming:{translation_key.hex}:{locale_id}")


def file_node(model: type[Model], pk: int) -> str:
    return intern(f"file:{model._meta.label_lower}:{pk}")


def redirect_node(old_path: str) -> str:
    return f"redirect:{old_path}"


def _label(model: type[Model]) -> str:
    return Page._meta.label_lower if issubclass(model, Page) else model._meta.label_lower
