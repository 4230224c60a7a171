"""A model of the site: objects, languages, drafts, what is live, approved, private, expired.

It knows nothing of how the product works. `World` tells it what people did and what they were told;
`reading` asks it what the public may read now.

Every text that is written contains a canary, one word that is written nowhere else. A content is
a mapping of places (`title`, `introduction#0`, `body.<id>.heading`) to canaries; `slug` is one too,
and the address. The words of a place are its canary: two contents with the same are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.world.words import Words

Content = dict[str, str]
LANGUAGES = ("sv", "en")
SLUG = "slug"
CLINICAL = frozenset({"test", "invitation"})
PAGES = frozenset({"page", "test"})


def words_of(content: Content) -> set[str]:
    """Return the canaries that readers meet as text; the slug is only in addresses."""
    return {canary for place, canary in content.items() if place != SLUG}


def signature(content: Content) -> frozenset[tuple[str, str]]:
    """Identify what a reviewer signs."""
    return frozenset((place, canary) for place, canary in content.items() if place != SLUG)


@dataclass
class Publication:
    """A content that is to go live at a time."""

    at: float
    content: Content
    expires: float | None = None


@dataclass
class Version:
    """An object in one language.

    `row` is what is live, or what would be translated. `said` holds for each place of a live
    translation the source's canary that its text translates.
    """

    name: str
    language: str
    parent: str
    row: Content
    draft: Content
    is_live: bool = False
    is_private: bool = False
    expires: float | None = None
    draft_expires: float | None = None
    waiting: list[Publication] = field(default_factory=list)
    said: Content = field(default_factory=dict)
    # What was sent to review, as its reviewers are shown it.
    submitted: Content = field(default_factory=dict)
    # An alias of the original is shown nowhere; it hides what is below it where the original is not
    # live. One that was live and has not been published since keeps its place.
    is_alias: bool = False
    keeps_place: bool = False
    # Whether its translation is set aside, and whether what is live was written without it.
    is_set_aside: bool = False
    is_direct: bool = False
    history: list[Content] = field(default_factory=list)
    translates: bool = False


@dataclass
class Object:
    """An object in all its languages.

    `taken` is the content of the original that translators work on; `translated` holds the text
    that somebody typed for a canary of the original at a place.
    """

    name: str
    kind: str
    original: str
    versions: dict[str, Version] = field(default_factory=dict)
    taken: Content | None = None
    translated: dict[tuple[str, str], str] = field(default_factory=dict)
    # What was signed, by language.
    approved: dict[str, list[frozenset[tuple[str, str]]]] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return next(language for language in LANGUAGES if language != self.original)

    @property
    def is_translated(self) -> bool:
        return self.taken is not None

    def missing(self) -> list[tuple[str, str]]:
        """Return the texts of the original that have no translation."""
        return [key for key in (self.taken or {}).items() if key not in self.translated]

    def translation(self) -> Content:
        """Return the content of a translation that is published now."""
        return {place: self.translated[place, text] for place, text in (self.taken or {}).items()}


class Model(Words):
    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[str, Object] = {}
        self.now = 0.0

    def of_kind(self, *kinds: str) -> list[Object]:
        return [each for each in self.objects.values() if each.kind in kinds]

    def version(self, name: str, language: str) -> Version | None:
        found = self.objects.get(name)
        return found.versions.get(language) if found else None

    def versions(self) -> Iterator[Version]:
        for each in self.objects.values():
            yield from each.versions.values()

    # --- What people did -----------------------------------------------------------------------

    def created(
        self, name: str, kind: str, language: str, parent: str, content: Content
    ) -> Version:
        each = self.objects.setdefault(name, Object(name, kind, language))
        each.versions[language] = Version(name, language, parent, dict(content), dict(content))
        return each.versions[language]

    def saved(self, version: Version, content: Content, expires: float | None = None) -> None:
        version.draft, version.draft_expires = dict(content), expires
        version.history.append(dict(content))
        if not version.is_live and (version.is_set_aside or not version.translates):
            # Wagtail's editor writes what is not live into its row as well.
            version.row = dict(content)

    def published(
        self, version: Version, content: Content | None = None, by_translation: bool = False
    ) -> None:
        """Make a content live: the draft where none is given."""
        each = self.objects[version.name]
        version.row = dict(version.draft if content is None else content)
        version.draft = dict(version.row)
        version.is_live, version.keeps_place = True, False
        version.expires = version.draft_expires
        version.waiting.clear()
        if version.language == each.original:
            if each.is_translated:
                self._take(each, version.row)
        elif each.is_translated:
            if each.kind in PAGES and by_translation:
                # wagtail-localize makes a translation as private as its original is.
                version.is_private = each.versions[each.original].is_private
            version.said = dict(each.taken or {})
            version.is_direct = not by_translation
        for other in each.versions.values():
            if other.is_alias:
                other.row = dict(version.row)

    def scheduled(self, version: Version, at: float) -> None:
        version.waiting[:] = [Publication(at, dict(version.draft), version.draft_expires)]

    def below(self, name: str) -> list[str]:
        """Return the names of the pages below one, in any language."""
        found = {version.name for version in self.versions() if version.parent == name}
        return [*found, *(other for child in found for other in self.below(child))]

    def translation_begun(self, name: str, parent: str, content: Content) -> Version:
        """Begin the translation of an object; its first draft has the given content."""
        each = self.objects[name]
        self._take(each, each.versions[each.original].row)
        alias = each.versions.get(each.target)
        version = self.created(name, each.kind, each.target, parent, content)
        version.translates = True
        if alias is not None:
            version.parent, version.keeps_place = alias.parent, each.versions[each.original].is_live
        version.is_private = each.versions[each.original].is_private
        # It keeps the times that its original had at that moment.
        version.draft_expires = each.versions[each.original].expires
        return version

    def place_kept(self, name: str, language: str, of: str) -> None:
        """Make an alias in a language of a version in another."""
        source = self.objects[name].versions[of]
        version = self.created(
            name, self.objects[name].kind, language, source.parent, dict(source.row)
        )
        version.is_alias = True

    def taken_over(self, name: str) -> None:
        """Let translators work on what the original says now, live or not."""
        each = self.objects[name]
        self._take(each, each.versions[each.original].row)

    def typed(self, name: str, place: str, source: str, text: str) -> None:
        self.objects[name].translated[place, source] = text

    def unpublished(self, version: Version) -> None:
        version.is_live = False
        version.waiting.clear()

    def signed(self, version: Version, shown: Content) -> None:
        approvals = self.objects[version.name].approved
        approvals.setdefault(version.language, []).append(signature(shown))

    def is_signed(self, version: Version) -> bool:
        """Return whether what is live is what a reviewer was shown."""
        approved = self.objects[version.name].approved.get(version.language, [])
        return signature(version.row) in approved

    def deleted(self, version: Version) -> None:
        """Delete a version and, of a page, what is below it."""
        for other in list(self.versions()):
            if other.parent == version.name and other.language == version.language:
                self.deleted(other)
        each = self.objects[version.name]
        del each.versions[version.language]
        if version.language == each.original:
            each.taken = None
            each.translated.clear()
            for left in each.versions.values():
                # It follows nothing any more, and its next editor writes all of it anew.
                each.original, left.translates, left.is_set_aside = left.language, False, False
                left.draft, left.history, left.said = {}, [], {}
                left.keeps_place |= left.is_alias and version.is_live
                left.is_alias = False
        if not each.versions:
            del self.objects[version.name]

    def time_passed(self, seconds: float) -> None:
        self.now += seconds

    def schedule_ran(self) -> list[str]:
        """Unpublish what has expired, then publish what is due; return the names of both."""
        names = []
        for version in self.versions():
            if version.is_live and version.expires is not None and version.expires < self.now:
                version.is_live = False
                names.append(version.name)
        due = [
            (waiting.at, version, waiting)
            for version in self.versions()
            for waiting in version.waiting
            if waiting.at < self.now
        ]
        for _at, version, waiting in sorted(due, key=lambda item: item[0]):
            version.draft_expires = waiting.expires
            self.published(version, waiting.content)
            names.append(version.name)
        return names

    def _take(self, each: Object, content: Content) -> None:
        """Let translators work on a content; an address that has changed keeps its translation."""
        before = each.taken or {}
        each.taken = dict(content)
        if SLUG in before and before[SLUG] != content[SLUG]:
            kept = each.translated.get((SLUG, before[SLUG]))
            if kept is not None:
                each.translated.setdefault((SLUG, content[SLUG]), kept)

    # --- What the public may read --------------------------------------------------------------

    def is_shown(self, version: Version) -> bool:
        """Return whether a version is live and not expired."""
        return version.is_live and (version.expires is None or version.expires > self.now)

    def is_private(self, name: str) -> bool:
        """Return whether an object, or one above it, is private in any language."""
        return any(
            version.is_private or (version.parent and self.is_private(version.parent))
            for version in self.objects[name].versions.values()
        )

    def is_public(self, version: Version) -> bool:
        above = self.version(version.parent, version.language) if version.parent else None
        is_below = not version.parent or (above is not None and self.is_published(above))
        is_open = is_below and not self.is_private(version.name)
        return self.is_shown(version) and is_open

    def is_published(self, version: Version) -> bool:
        above = self.version(version.parent, version.language) if version.parent else None
        each = self.objects[version.name]
        shown = each.versions[each.original] if version.is_alias else version
        return (self.is_shown(shown) or version.keeps_place) and (
            not version.parent or (above is not None and self.is_published(above))
        )

    def public(self, language: str = "") -> list[Version]:
        found = [version for version in self.versions() if self.is_public(version)]
        return [version for version in found if language in ("", version.language)]

    def path(self, version: Version) -> str:
        above = self.version(version.parent, version.language) if version.parent else None
        start = self.path(above) if above else {"sv": "/", "en": "/en/"}[version.language]
        return f"{start}{version.row[SLUG]}/"
