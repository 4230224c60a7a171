"""The state machine: hypothesis chooses who does what, and everything is read after each step."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.world.forms import PLACES
from tests.world.model import CLINICAL, PAGES, Version
from tests.world.play import Play

MOST = {"page": 3, "test": 2, "question": 3, "invitation": 2}
at = st.integers(0, 11)


class SiteMachine(RuleBasedStateMachine):
    """People at work on a small site."""

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
            if each.original in each.versions and (not kinds or each.kind in kinds)
        ]

    def is_place(self, version: Version) -> bool:
        """Return whether pages may be created below a page."""
        return self.model.objects[version.name].kind == "page" and not (
            version.keeps_place or version.is_alias
        )

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
                other.is_alias or other is version
                for other in self.model.objects[version.name].versions.values()
            )
        ]

    # --- Rules ---------------------------------------------------------------------------------

    @rule(
        kind=st.sampled_from(["page", "page", "question", "test", "invitation"]),
        language=st.sampled_from(["sv", "sv", "en"]),
        publish=st.booleans(),
        below=st.booleans(),
        number=at,
    )
    def create(self, kind: str, language: str, publish: bool, below: bool, number: int) -> None:
        if len(self.model.of_kind(kind)) >= MOST[kind]:
            return
        above = [
            version.name
            for version in self.model.versions()
            if version.language == language and self.is_place(version)
        ]
        parent = above[number % len(above)] if below and above and kind == "page" else ""
        publish = publish and kind not in CLINICAL
        self.do("create", kind, language, parent=parent, publish=publish)

    @precondition(lambda self: self.originals())
    @rule(
        number=at,
        field=at,
        action=st.sampled_from(["publish", "publish", "save", "submit"]),
        weight=st.sampled_from(["wording", "meaning"]),
        more=st.sampled_from(["", "", "block", "drop", "turn", "back", "question", "invitation"]),
        by=st.sampled_from(["editor", "editor", "author", "admin"]),
        live_in=st.sampled_from([0, 0, 0, 0, 1, 5]),
        expires_in=st.sampled_from([0, 0, 0, 0, 3, 9]),
    )
    def edit(
        self,
        number: int,
        field: int,
        action: str,
        weight: str,
        more: str,
        by: str,
        live_in: int,
        expires_in: int,
    ) -> None:
        version = self.pick(self.originals(), number)
        kind = self.model.objects[version.name].kind
        places = tuple(version.draft) or PLACES[kind]
        more = self.addition(more, version, number) if kind == "page" or more == "back" else ""
        chosen = (places[field % len(places)],)
        if action == "submit":
            if kind in CLINICAL:
                self.do("submit", version.name, version.language, by=by)
            return
        times = {
            name: hours
            for name, hours in (("live_in", live_in), ("expires_in", expires_in))
            if hours and (kind not in CLINICAL or name == "expires_in")
        }
        if action == "save" or kind not in PAGES:
            # The editors of shared texts have no fields for times.
            times = {}
        self.do(
            "edit", version.name, chosen, by=by, action=action, weight=weight, more=more, **times
        )

    def addition(self, more: str, version: Version, number: int) -> str:
        """Return the name of a question or an invitation in the language of a page."""
        if more not in ("question", "invitation"):
            return more
        names = [
            each.name
            for each in self.model.of_kind(more)
            if each.original == version.language and each.original in each.versions
        ]
        return names[number % len(names)] if names else ""

    @precondition(lambda self: self.originals())
    @rule(
        number=at,
        fields=st.tuples(at, at),
        other=st.sampled_from(["autosave", "author", "admin"]),
        first=st.booleans(),
        action=st.sampled_from(["publish", "save"]),
    )
    def edit_together(
        self, number: int, fields: tuple[int, int], other: str, first: bool, action: str
    ) -> None:
        """Two editors' forms at once, or a form and its autosave."""
        version = self.pick(self.originals(), number)
        if not version.draft:
            return
        kind = self.model.objects[version.name].kind
        chosen = [PLACES[kind][field % len(PLACES[kind])] for field in fields]
        self.do("edit_together", version.name, *chosen, other=other, first=first, action=action)

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

    @precondition(lambda self: any(version.submitted for version in self.model.versions()))
    @rule(
        number=at,
        action=st.sampled_from(["approve", "approve", "reject"]),
        by=st.sampled_from(["reviewer", "reviewer-2"]),
    )
    def decide(self, number: int, action: str, by: str) -> None:
        waiting = [version for version in self.model.versions() if version.submitted]
        version = self.pick(waiting, number)
        self.do("decide", version.name, version.language, action, by)

    @precondition(lambda self: any(version.is_live for version in self.model.versions()))
    @rule(number=at, translations=st.sampled_from(["keep", "same"]))
    def unpublish(self, number: int, translations: str) -> None:
        live = [version for version in self.model.versions() if version.is_live]
        version = self.pick(live, number)
        self.do("unpublish", version.name, version.language, translations=translations)

    @precondition(lambda self: self.model.of_kind(*PAGES))
    @rule(number=at, to=st.sampled_from(["login", "password", "none", "none"]))
    def restrict(self, number: int, to: str) -> None:
        pages = [
            version
            for version in self.model.versions()
            if self.model.objects[version.name].kind in PAGES
            and version.is_private == (to == "none")
        ]
        if pages:
            version = self.pick(pages, number)
            self.do("restrict", version.name, version.language, to)

    @precondition(lambda self: self.targets())
    @rule(
        number=at,
        field=at,
        how=st.sampled_from(["writer", "original", "both", "file", "file meanwhile"]),
        count=st.sampled_from([1, 99]),
    )
    def write_meanwhile(self, number: int, field: int, how: str, count: int) -> None:
        version = self.pick(self.targets(), number)
        each = self.model.objects[version.name]
        if version.is_set_aside:
            return
        if how.startswith("file"):
            self.do("import_file", each.name, meanwhile="meanwhile" in how, count=count)
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

    @precondition(lambda self: len(self.model.objects) > 3)
    @rule(number=at, translations=st.sampled_from(["keep", "same"]))
    def delete(self, number: int, translations: str) -> None:
        version = self.pick([*self.model.versions()], number)
        self.do("delete", version.name, version.language, translations=translations)

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

    @rule(hours=st.sampled_from([1, 2, 6]), runs=st.booleans())
    def wait(self, hours: int, runs: bool) -> None:
        if self.model.objects:
            self.do("wait", hours)
            if runs:
                self.do("publish_scheduled")

    def pick(self, versions: list[Version], number: int) -> Version:
        return versions[number % len(versions)]
