"""Where the links of rich texts lead, in the words of a translator."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page


class LinkNames:
    """Takes what wagtail-localize keeps of the links of all strings, to look them up at once."""

    def __init__(self, attributes: Iterable[Mapping[str, Mapping[str, str]]]) -> None:
        found = [link for string in attributes for link in string.values()]
        self._titles = {
            "page": _titles(Page, found, "page"),
            "document": _titles(get_document_model(), found, "document"),
        }

    def name_of(self, link: Mapping[str, str]) -> str:
        """The title of the page or document that a link leads to, or its address."""
        if "href" in link:
            return link["href"]
        title = self._titles.get(link.get("linktype", ""), {}).get(link.get("id", ""))
        return title or _("something that is not there any more")


def _titles(model: Any, links: Iterable[Mapping[str, str]], kind: str) -> dict[str, str]:
    ids = {link["id"] for link in links if link.get("linktype") == kind and "id" in link}
    if not ids:
        return {}
    rows = model.objects.filter(pk__in=[pk for pk in ids if pk.isdigit()])
    return {str(pk): title for pk, title in rows.values_list("pk", "title")}
