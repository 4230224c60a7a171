"""Rules of what is no text: links, images, numbers, concerns, menus, and what is chosen."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.world.choosing import at
from tests.world.forms import LINKED
from tests.world.objects import PAGES, Version
from tests.world.tree_rules import TreeRules

PARTS = {
    "page": ("call", "call", "link", "swap", "image", "menu", "menu", "turn", "drop"),
    "test": ("call", "link", "swap", "image", "menu"),
    "method": ("call", "link", "image", "menu", "minutes", "concern", "concern", "concern"),
    "question": ("call", "link", "swap"),
    "invitation": ("call", "link", "swap"),
    "furniture": ("call", "link", "contact", "phone", "footer", "footer", "turn", "drop"),
}


class PartRules(TreeRules):
    @precondition(lambda self: self.originals(*LINKED))
    @rule(
        number=at,
        field=at,
        action=st.sampled_from(["publish", "publish", "publish", "save"]),
        to=at,
    )
    def edit_parts(self, number: int, field: int, action: str, to: int) -> None:
        """Change what is no text, and nothing else."""
        version = self.pick(self.originals(*LINKED), number)
        if not version.draft:
            return
        parts = PARTS[self.model.objects[version.name].kind]
        more = parts[field % len(parts)]
        if more == "concern":
            more = self.addition(more, version, to)
        elif more in ("link", "footer"):
            pages = self.originals(*PAGES)
            more = f"{more} {self.pick(pages, to).name}" if pages else "call"
        self.do("edit", version.name, (), action=action, more=more)

    def addition(self, more: str, version: Version, number: int) -> str:
        """Return the name of a question or an invitation in the language of a page."""
        if more not in ("question", "invitation", "concern"):
            return more
        names = [
            each.name
            for each in self.model.of_kind(more)
            if each.original == version.language and each.original in each.versions
        ]
        return names[number % len(names)] if names else ""
