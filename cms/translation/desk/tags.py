"""The tags of a source's rich text that a translation takes over, and where its links lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from ..engine.links import links_of
from ..engine.notation import tags_of
from ..engine.segments import SegmentRow


@dataclass(frozen=True)
class SourceTag:
    """A tag of the source; `leads_to` names the target of a link and is empty for other tags."""

    opening: str
    closing: str
    leads_to: str


class LinkTitles:
    """Titles of the pages and documents that the links of some rows lead to, in two queries."""

    def __init__(self, rows: Iterable[SegmentRow]) -> None:
        found = [link for row in rows for link in links_of(row.segment).values()]
        self._titles = {
            "page": _titles(Page, found, "page"),
            "document": _titles(get_document_model(), found, "document"),
        }

    def title_of(self, link: Mapping[str, str]) -> str:
        """Return the title of the page or document that a link leads to, or its address."""
        if "href" in link:
            return link["href"]
        title = self._titles.get(link.get("linktype", ""), {}).get(link.get("id", ""))
        return title or _("something that is not there any more")


def source_tags(row: SegmentRow, titles: LinkTitles) -> list[SourceTag]:
    links = links_of(row.segment)
    tags = []
    for opening in tags_of(row.source_text):
        name = opening.strip("<>").split()[0]
        link = next((key for key in links if f'id="{key}"' in opening), None)
        leads_to = titles.title_of(links[link]) if link else ""
        tags.append(SourceTag(opening, f"</{name}>", leads_to))
    return tags


def _titles(model: Any, links: Iterable[Mapping[str, str]], kind: str) -> dict[str, str]:
    ids = {link["id"] for link in links if link.get("linktype") == kind and "id" in link}
    if not ids:
        return {}
    rows = model.objects.filter(pk__in=[pk for pk in ids if pk.isdigit()])
    return {str(pk): title for pk, title in rows.values_list("pk", "title")}
