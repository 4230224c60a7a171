"""The state machine: hypothesis chooses who does what, and everything is read after each step."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.world.choosing import MOST, at
from tests.world.forms import PLACES
from tests.world.objects import CLINICAL, PAGES
from tests.world.part_rules import PartRules

# What an editor changes beside words.
MORE = ("", "", "block", "list", "drop", "turn", "back", "question", "invitation")


class SiteMachine(PartRules):
    """People at work on a small site."""

    @rule(
        kind=st.sampled_from(
            ["page", "page", "question", "test", "method", "invitation", "concern", "furniture"]
        ),
        language=st.sampled_from(["sv", "sv", "en"]),
        publish=st.booleans(),
        below=st.booleans(),
        number=at,
    )
    def create(self, kind: str, language: str, publish: bool, below: bool, number: int) -> None:
        is_taken = kind == "furniture" and self.model.speaks(kind, language)
        if is_taken or len(self.model.of_kind(kind)) >= MOST[kind]:
            return
        above = self.places(language)
        parent = above[number % len(above)] if below and above and kind == "page" else ""
        publish = publish and kind not in CLINICAL
        self.do("create", kind, language, parent=parent, publish=publish)

    @precondition(lambda self: self.originals())
    @rule(
        number=at,
        field=at,
        action=st.sampled_from(["publish", "publish", "save", "submit"]),
        weight=st.sampled_from(["wording", "meaning"]),
        more=st.sampled_from(MORE),
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

    @precondition(lambda self: any(version.submitted for version in self.model.versions()))
    @rule(number=at)
    def withdraw(self, number: int) -> None:
        waiting = [version for version in self.model.versions() if version.submitted]
        version = self.pick(waiting, number)
        self.do("withdraw", version.name, version.language)

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

    @precondition(lambda self: len(self.model.objects) > 3)
    @rule(number=at, translations=st.sampled_from(["keep", "same"]))
    def delete(self, number: int, translations: str) -> None:
        version = self.pick([*self.model.versions()], number)
        self.do("delete", version.name, version.language, translations=translations)

    @rule(hours=st.sampled_from([1, 2, 6]), runs=st.booleans())
    def wait(self, hours: int, runs: bool) -> None:
        if self.model.objects:
            self.do("wait", hours)
            if runs:
                self.do("publish_scheduled")
