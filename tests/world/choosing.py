"""Lists the objects of the model that hypothesis chooses from, in a fixed order."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.world.objects import PAGES, Version
from tests.world.play import Play

# How many objects of each kind there are at most, without aliases.
MOST = {
    "page": 3,
    "test": 2,
    "method": 2,
    "question": 3,
    "concern": 2,
    "furniture": 2,
    "invitation": 2,
}
at = st.integers(0, 11)


class Choosing(RuleBasedStateMachine):
    """A play, and what there is to choose from in it."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.play.__enter__()
        self.model = self.play.world.model

    def teardown(self) -> None:
        self.play.__exit__()

    def do(self, step: str, /, *args: Any, **kwargs: Any) -> None:
        self.play.do(step, *args, **kwargs)

    # --- What there is to choose from ----------------------------------------------------------

    def originals(self, *kinds: str) -> list[Version]:
        return [
            each.versions[each.original]
            for each in self.model.objects.values()
            if each.original in each.versions
            and (not kinds or each.kind in kinds)
            and not each.versions[each.original].follows
        ]

    def pages(self) -> list[Version]:
        return [
            each for each in self.model.versions() if self.model.objects[each.name].kind in PAGES
        ]

    def places(self, language: str) -> list[str]:
        """Return the names of the pages in a language that others may be below."""
        return [
            version.name
            for version in self.model.versions()
            if version.language == language
            and self.model.objects[version.name].kind == "page"
            and not (version.keeps_place or version.is_foreign)
        ]

    def targets(self) -> list[Version]:
        """Return translations whose original still is there."""
        return [
            each.versions[each.target]
            for each in self.model.objects.values()
            if each.is_translated and each.target in each.versions
        ]

    def untranslated(self) -> list[Version]:
        """Return originals that may be translated: the page above is there in the language."""
        return [
            version
            for version in self.originals()
            if not self.model.objects[version.name].is_translated
            and all(
                other.is_foreign or other is version
                for other in self.model.objects[version.name].versions.values()
            )
        ]

    def pick(self, versions: list[Version], number: int) -> Version:
        return versions[number % len(versions)]
