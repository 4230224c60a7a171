"""Rules of the tree of pages: copies, aliases, moves, another order."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.world.choosing import MOST, at
from tests.world.objects import PAGES
from tests.world.translation_rules import TranslationRules


class TreeRules(TranslationRules):
    @precondition(lambda self: self.originals(*PAGES))
    @rule(number=at)
    def copy(self, number: int) -> None:
        version = self.pick(self.originals(*PAGES), number)
        kind = self.model.objects[version.name].kind
        if version.draft and len(self.model.of_kind(kind)) < MOST[kind]:
            self.do("copy", version.name)

    @precondition(lambda self: self.pages())
    @rule(number=at, to=at, by=st.sampled_from(["editor", "admin"]))
    def make_alias(self, number: int, to: int, by: str) -> None:
        version = self.pick(self.pages(), number)
        kind = self.model.objects[version.name].kind
        if version.is_foreign or len(self.model.of_kind(kind)) >= 1 + MOST[kind]:
            return
        places = self.places(version.language) if kind == "page" else []
        parent = ["", *places][to % (1 + len(places))]
        self.do("make_alias", version.name, version.language, parent=parent, by=by)

    @precondition(lambda self: any(each.follows for each in self.pages()))
    @rule(number=at)
    def convert(self, number: int) -> None:
        aliases = [each for each in self.pages() if each.follows]
        version = self.pick(aliases, number)
        self.do("convert", version.name, version.language)

    @precondition(lambda self: self.model.of_kind("page"))
    @rule(number=at, to=at, translations=st.sampled_from(["keep", "same"]))
    def move(self, number: int, to: int, translations: str) -> None:
        pages = [each for each in self.model.versions() if each.name.startswith("page")]
        version = self.pick(pages, number)
        places = [
            "",
            *(
                each.name
                for each in pages
                if each.language == version.language
                and not each.keeps_place
                and each.name != version.name
                and each.name not in self.model.below(version.name)
            ),
        ]
        parent = places[to % len(places)]
        if parent != version.parent:
            self.do("move", version.name, version.language, parent, translations=translations)

    @precondition(lambda self: self.pages())
    @rule(number=at, position=st.integers(0, 3))
    def reorder(self, number: int, position: int) -> None:
        version = self.pick(self.pages(), number)
        self.do("reorder", version.name, version.language, position)
