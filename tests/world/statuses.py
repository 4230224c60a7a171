"""The status of each language that the report on translations must show."""

from tests.world.model import Model
from tests.world.objects import SLUG, Object
from tests.world.parts import only_texts


def status_of(model: Model, name: str, language: str) -> str:
    """Return the status of an object in a language, in the words of the report in English."""
    each = model.objects[name]
    version, original = each.versions.get(language), each.versions.get(each.original)
    if version is None or version.follows:
        return "Not started"
    if not each.is_translated or original is None:
        return "Edited directly"
    is_shown = model.is_shown(version)
    if model.is_in_sight(version) and not model.is_in_sight(original):
        return "Live, source unpublished"
    said, taken = (
        {place: text for place, text in content.items() if place != SLUG}
        for content in (version.said, each.taken or {})
    )
    is_current = said == taken
    if version.is_set_aside or (version.is_direct and is_shown):
        return "Live but behind" if is_shown and not is_current else "Edited directly"
    is_complete = not each.missing()
    if not is_shown:
        return "Ready to publish" if is_complete else "In translation"
    if not is_complete:
        return "Live but behind"
    return "Live and current" if is_current and not waiting(each) else "Ready to publish"


def waiting(each: Object) -> set[str]:
    """Return the texts of the desk that readers of a live translation do not have."""
    version = each.versions[each.target]
    if not version.is_live:
        return set()
    live = {(version.said.get(place, ""), text) for place, text in version.row.items()}
    sources = {source for source, _text in live}
    return {
        text
        for place, source in only_texts(each.taken or {}).items()
        if (text := each.translated.get((place, source))) is not None
        and (source, text) not in live
        # An address that is kept as it was is another's translation.
        and (source in sources or text != version.row.get(place))
    }
