"""Rules of what translators do."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.world.choosing import Choosing, at
from tests.world.forms import PLACES
from tests.world.objects import CLINICAL


class TranslationRules(Choosing):
    @precondition(lambda self: self.untranslated())
    @rule(number=at)
    def begin(self, number: int) -> None:
        self.do("begin", self.pick(self.untranslated(), number).name)

    @precondition(lambda self: self.targets())
    @rule(
        number=at,
        count=st.sampled_from([1, 2, 99, 99, 99]),
        button=st.sampled_from(["", "publish", "publish", "submit"]),
        again=st.booleans(),
        as_editor=st.booleans(),
    )
    def write(self, number: int, count: int, button: str, again: bool, as_editor: bool) -> None:
        version = self.pick(self.targets(), number)
        if version.is_set_aside:
            return
        is_clinical = self.model.objects[version.name].kind in CLINICAL
        by = "editor" if as_editor or button == "publish" else ""
        if button == "submit" and is_clinical:
            self.do("submit", version.name, version.language)
        else:
            button = "" if button == "submit" else button
            self.do("write", version.name, count, by=by, button=button, again=again)

    @precondition(lambda self: self.targets())
    @rule(
        number=at,
        field=at,
        how=st.sampled_from(["writer", "original", "both", "po", "xlf", "po meanwhile"]),
        count=st.sampled_from([1, 99]),
    )
    def write_meanwhile(self, number: int, field: int, how: str, count: int) -> None:
        version = self.pick(self.targets(), number)
        each = self.model.objects[version.name]
        if version.is_set_aside:
            return
        if how[:2] in ("po", "xl"):
            meanwhile = "meanwhile" in how
            self.do(
                "import_file", each.name, meanwhile=meanwhile, count=count, kind=how[:3].strip()
            )
            return
        places = PLACES[each.kind]
        changes = (places[field % len(places)],) if how != "writer" else ()
        if each.kind in CLINICAL:
            changes = ()
        first = "translator" if each.target == "en" else "translator-sv"
        first = "" if how == "original" else first
        self.do("write_late", each.name, first=first, change=changes)

    @precondition(lambda self: self.targets())
    @rule(number=at, action=st.sampled_from(["publish", "save", "resume"]))
    def edit_directly(self, number: int, action: str) -> None:
        """Set a translation aside, write it directly, or take it up again."""
        version = self.pick(self.targets(), number)
        if self.model.objects[version.name].kind in CLINICAL:
            return
        if not version.is_set_aside:
            self.do("edit_directly", version.name)
        elif action == "resume":
            self.do("edit_directly", version.name, on=False)
        else:
            self.do("rewrite", version.name, action=action)

    @precondition(lambda self: self.targets())
    @rule(number=at, publish=st.booleans())
    def bring_up_to_date(self, number: int, publish: bool) -> None:
        version = self.pick(self.targets(), number)
        if not version.is_set_aside:
            self.do("bring_up_to_date", version.name, publish=publish)

    @precondition(lambda self: self.targets())
    @rule(number=at, count=st.sampled_from([1, 2]))
    def write_directly(self, number: int, count: int) -> None:
        """Write at wagtail-localize's own addresses."""
        version = self.pick(self.targets(), number)
        if not version.is_set_aside:
            self.do("write_directly", version.name, count)
