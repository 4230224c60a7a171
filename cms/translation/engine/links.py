"""Where the links of translated texts lead.

wagtail-localize takes the attributes of a link out of its text and numbers the tags: `a1` is the
first link of a string, whatever it leads to. Another version of the string may number the same
links otherwise, so that a text goes from one string to another by where its links lead.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bs4 import BeautifulSoup
from django.db.models import Q
from wagtail_localize.models import StringSegment, TranslationSource

from ..models import SourceLinks

# The attributes of the links of a string, such as `href` or `linktype` and `id`, by tag.
Links = Mapping[str, Mapping[str, str]]


def links_of(segment: StringSegment) -> Links:
    """Return the links of a segment."""
    return json.loads(segment.attrs) or {}


def keep_links(segments: Iterable[StringSegment]) -> None:
    """Remember where the links of strings led that their source no longer has."""
    # A string can be at a place twice, with the same links.
    found = {(each.context_id, each.string_id): links_of(each) for each in segments}
    SourceLinks.objects.bulk_create(
        [
            SourceLinks(context_id=context, string_id=string, links=links)
            for (context, string), links in found.items()
            if links
        ],
        update_conflicts=True,
        unique_fields=["context", "string"],
        update_fields=["links"],
    )


def kept_links(keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], Links]:
    """Return where the links of strings lead, or led, by the ids of context and string."""
    if not keys:
        return {}
    wanted = Q()
    for context, string in keys:
        wanted |= Q(context=context, string=string)
    found: dict[tuple[int, int], Links] = {
        (each.context_id, each.string_id): each.links for each in SourceLinks.objects.filter(wanted)
    }
    for segment in StringSegment.objects.filter(wanted):
        found[segment.context_id, segment.string_id] = links_of(segment)
    return found


def removed_links(source: TranslationSource) -> list[tuple[str, str, Links]]:
    """Return the strings that a source has had, with their content paths and links."""
    kept = SourceLinks.objects.filter(context__object=source.object_id)
    return list(kept.values_list("context__path", "string__data", "links"))


def has_link(text: str) -> bool:
    return "<a" in text


def refitted(text: str, before: Links, now: Links) -> str:
    """Number the links of a text as another string numbers those that lead to the same places.

    Links that lead nowhere in the other string lose their tags and keep their words. Takes the
    links of the string that the text translates, and those of the other.
    """
    if not has_link(text):
        return text
    free: dict[Any, list[str]] = defaultdict(list)
    for tag, link in now.items():
        free[target_of(link)].append(tag)
    numbers: dict[str, str] = {}
    for tag, link in before.items():
        if same := free.get(target_of(link)):
            # Of several links to one place the last stands for those that the other has not.
            numbers[tag] = same.pop(0) if len(same) > 1 else same[0]
    soup = BeautifulSoup(text, "html.parser")
    for element in soup.find_all("a"):
        if number := numbers.get(str(element.get("id"))):
            element["id"] = number
        else:
            element.unwrap()
    return str(soup)


def without_unknown_links(text: str, segment: StringSegment) -> str:
    """Unwrap the links of a text that a segment has no addresses for."""
    if "id=" not in text:
        return text
    soup = BeautifulSoup(text, "html.parser")
    strange = [tag for tag in soup.find_all(id=True) if tag["id"] not in links_of(segment)]
    for tag in strange:
        tag.unwrap()
    return str(soup) if strange else text


def target_of(link: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return where a link leads, to compare it with others."""
    return tuple(sorted((name, str(value)) for name, value in link.items()))
