"""A model of the site. It knows nothing of how the product works.

`World` tells it what people did and what they were told; `reading` asks it what the public may read
now. What it keeps is in `tests.world.objects`.
"""

from tests.world.objects import (
    CLINICAL,
    PAGES,
    SLUG,
    Content,
    Object,
    Publication,
    Version,
    signature,
)
from tests.world.parts import only_parts
from tests.world.tree import Tree


class Model(Tree):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        # Names of concerns that have lost a language: methods may have lost them as well.
        self.cut: set[str] = set()

    def speaks(self, kind: str, language: str) -> bool:
        """Return whether there is an object of a kind in a language."""
        return any(language in each.versions for each in self.of_kind(kind))

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
            version.row, version.expires = dict(content), expires

    def published(
        self,
        version: Version,
        content: Content | None = None,
        by_translation: bool = False,
        of: Content | None = None,
    ) -> None:
        """Make a content live: the draft where none is given.

        Takes what a reviewed draft was translated `of`.
        """
        each = self.objects[version.name]
        version.row = dict(version.draft if content is None else content)
        version.draft = dict(version.row)
        version.is_live, version.keeps_place = True, False
        version.expires = version.draft_expires
        version.waiting.clear()
        version.waits &= of is not None
        if version.language == each.original:
            if each.is_translated:
                self._take(each, version.row)
                self.carry_over(each)
        elif each.is_translated:
            if each.kind in PAGES and by_translation:
                version.is_private |= each.versions[each.original].is_private
            version.said = dict(of or each.taken or {})
            version.is_direct = not by_translation and of is None
        for alias in self.aliases(version):
            # An alias has an address of its own.
            alias.row = version.row | {SLUG: alias.row[SLUG]}
            alias.is_live, alias.expires = True, version.expires

    def scheduled(self, version: Version, at: float) -> None:
        version.waiting[:] = [Publication(at, dict(version.draft), version.draft_expires)]

    def translation_begun(self, name: str, parent: str, content: Content) -> Version:
        """Begin the translation of an object; its first draft has the given content."""
        each = self.objects[name]
        self._take(each, each.versions[each.original].row)
        alias = each.versions.get(each.target)
        version = self.created(name, each.kind, each.target, parent, content)
        version.translates = True
        if alias is not None:
            version.parent, version.keeps_place = alias.parent, alias.is_live
        version.is_private = (alias or each.versions[each.original]).is_private
        # It keeps the times that its original had at that moment.
        version.draft_expires = each.versions[each.original].expires
        return version

    def place_kept(self, name: str, language: str, of: str) -> None:
        """Make an alias in a language of a version in another."""
        source = self.objects[name].versions[of]
        version = self.created(
            name, self.objects[name].kind, language, source.parent, dict(source.row)
        )
        self._follow(version, source)

    def aliased(self, name: str, source: Version, parent: str, slug: str) -> None:
        """Make an alias of a version, in its language, below a page."""
        kind, content = self.objects[source.name].kind, source.row | {SLUG: slug}
        version = self.created(name, kind, source.language, parent, content)
        self._follow(version, source)

    def _follow(self, version: Version, source: Version) -> None:
        version.follows = source.follows or (source.name, source.language)
        version.is_live, version.expires = source.is_live, source.expires
        version.draft = {}
        # It is private as its source is, unless its place is already.
        place = version.parent
        version.is_private = source.is_private and not (
            place and self.is_private(place, version.language)
        )

    def freed(self, version: Version, draft: Content) -> None:
        """Make an ordinary page of an alias, with a draft if it gets one."""
        assert version.follows is not None
        source = self.objects[version.follows[0]]
        if version.is_foreign:
            version.keeps_place, version.is_live = version.is_live, False
        elif version.is_live:
            signed = source.approved.get(version.language, [])
            self.objects[version.name].approved[version.language] = [*signed]
        version.follows, version.draft, version.history = None, draft, [draft] if draft else []

    def taken_over(self, name: str) -> None:
        """Let translators work on what the original says now, live or not."""
        each = self.objects[name]
        self._take(each, each.versions[each.original].row)

    def typed(self, name: str, place: str, source: str, text: str) -> None:
        each = self.objects[name]
        each.translated.pop((place, source), None)
        each.translated[place, source] = text
        each.versions[each.target].waits = True

    def unpublished(self, version: Version) -> None:
        version.is_live = False
        version.waiting.clear()
        for alias in self.aliases(version):
            self.unpublished(alias)

    def signed(self, version: Version, shown: Content) -> None:
        approvals = self.objects[version.name].approved
        approvals.setdefault(version.language, []).append(signature(shown))

    def is_signed(self, version: Version) -> bool:
        """Return whether what is live is what a reviewer was shown."""
        name, _language = version.follows or (version.name, version.language)
        approved = self.objects[name].approved.get(version.language, [])
        return signature(version.row) in approved

    def deleted(self, version: Version) -> None:
        """Delete a version and, of a page, what is below it."""
        for other in list(self.versions()):
            if other.parent == version.name and other.language == version.language:
                self.deleted(other)
        for alias in self.aliases(version):
            # Wagtail unpublishes what it deletes, and the aliases with it.
            alias.is_live &= alias.is_foreign
            self.freed(alias, {})
        self.cut.add(version.name)
        each = self.objects[version.name]
        was_private = self.is_private(version.name)
        del each.versions[version.language]
        for left in each.versions.values():
            # A translation stays as private as its original was.
            is_bared = was_private and not self.is_private(version.name)
            left.is_private |= is_bared and version.language == each.original
        # What was typed goes with either side of a translation, which may be begun anew.
        each.taken = None
        each.translated.clear()
        if version.language == each.original:
            for left in each.versions.values():
                # It follows nothing any more, and its next editor writes all of it anew.
                each.original, left.translates, left.is_set_aside = left.language, False, False
                left.draft, left.history, left.said = {}, [], {}
        if not each.versions:
            del self.objects[version.name]

    def schedule_ran(self) -> list[str]:
        """Unpublish what has expired, then publish what is due; return the names of both."""
        names = []
        for version in self.versions():
            if version.is_live and version.expires is not None and version.expires < self.now:
                # What is scheduled stays so: `waiting` is kept.
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
        """Let translators work on a content; where its address changes, the translation's stays."""
        before, each.taken = each.taken or {}, dict(content)
        kept = [text for (place, _source), text in each.translated.items() if place == SLUG]
        key = (SLUG, content.get(SLUG, ""))
        if kept and (key not in each.translated or before.get(SLUG) != key[1]):
            each.translated.pop(key, None)
            each.translated[key] = kept[-1]

    def carry_over(self, each: Object) -> None:
        """Publish a live translation with what is no text, where nothing else waits."""
        version = each.versions.get(each.target)
        if version is None or not version.is_live or version.waits or each.missing():
            return
        is_followed = not (version.is_set_aside or version.is_direct or version.submitted)
        if not is_followed or only_parts(version.said) == only_parts(each.taken or {}):
            return
        content, approved = each.translation(), each.approved.get(version.language, [])
        if each.kind not in CLINICAL or signature(content) in approved:
            self.published(version, content, by_translation=True)

    # --- What the public may read --------------------------------------------------------------

    def is_shown(self, version: Version) -> bool:
        """Return whether a version is live and not expired."""
        return version.is_live and (version.expires is None or version.expires > self.now)

    def is_in_sight(self, version: Version) -> bool:
        """Return whether a version is live below live pages, private or not."""
        return self.is_shown(version) and self.is_published(version)

    def is_private(self, name: str, only: str = "", seen: frozenset[str] = frozenset()) -> bool:
        """Return whether an object, or one above it, is private in any language, or in one.

        An alias is private where its source is.
        """
        versions = [
            version
            for version in self.objects[name].versions.values()
            if only in ("", version.language)
        ]
        others = {version.parent for version in versions if version.parent}
        others |= {version.follows[0] for version in versions if version.follows}
        seen |= {name}
        # What is set on an alias itself counts when it is an ordinary page.
        own = [version for version in versions if not version.follows]
        return any(version.is_private for version in own) or any(
            self.is_private(other, only, seen) for other in others - seen
        )

    def is_public(self, version: Version) -> bool:
        above = self.version(version.parent, version.language) if version.parent else None
        is_below = not version.parent or (above is not None and self.is_published(above))
        is_open = is_below and not self.is_private(version.name)
        return self.is_shown(version) and is_open and not version.is_foreign

    def is_published(self, version: Version) -> bool:
        above = self.version(version.parent, version.language) if version.parent else None
        return (self.is_shown(version) or version.keeps_place) and (
            not version.parent or (above is not None and self.is_published(above))
        )

    def public(self, language: str = "") -> list[Version]:
        found = [version for version in self.versions() if self.is_public(version)]
        return [version for version in found if language in ("", version.language)]
