"""The objects of the model, and the trees of pages, one in each language."""

from collections.abc import Iterator

from tests.world.objects import SLUG, START, Object, Version
from tests.world.words import Words


class Tree(Words):
    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[str, Object] = {}

    def of_kind(self, *kinds: str) -> list[Object]:
        return [each for each in self.objects.values() if each.kind in kinds]

    def version(self, name: str, language: str) -> Version | None:
        found = self.objects.get(name)
        return found.versions.get(language) if found else None

    def versions(self) -> Iterator[Version]:
        for each in self.objects.values():
            yield from each.versions.values()

    def aliases(self, version: Version) -> list[Version]:
        key = (version.name, version.language)
        return [other for other in self.versions() if other.follows == key]

    def below(self, name: str) -> list[str]:
        """Return the names of the pages below one, in any language."""
        found = {version.name for version in self.versions() if version.parent == name}
        return [*found, *(other for child in found for other in self.below(child))]

    def branch(self, name: str, language: str) -> list[Version]:
        """Return the page and all below it in a language, those above before those below."""
        top = self.version(name, language)
        children = [
            child
            for child in self.versions()
            if child.parent == name and child.language == language
        ]
        below = [each for child in children for each in self.branch(child.name, language)]
        return ([top] if top else []) + below

    def stand_in(self, version: Version) -> Version | None:
        """Return the alias that keeps the place of a page in the other language for others."""
        for alias in self.aliases(version):
            branch = self.branch(alias.name, alias.language)
            if alias.is_foreign and not all(each.is_foreign for each in branch):
                return alias
        return None

    def path(self, version: Version) -> str:
        above = self.version(version.parent, version.language) if version.parent else None
        kind = self.objects[version.name].kind
        start = self.path(above) if above else START.get((kind, version.language), "")
        start = start or {"sv": "/", "en": "/en/"}[version.language]
        return f"{start}{version.row[SLUG]}/"
