"""The shape of an object: what it has beside its texts, and the places of texts that follow."""

import re
from dataclasses import dataclass

from tests.world.objects import Content
from tests.world.parts import BLOCKS, CONCERNS, IMAGE, LINKS, MENU, MINUTES, PHONE

# Prefixes of the ids of blocks, so that a place tells the type of its block.
SECTION, LIST, INVITATION, CONTACT, FOOTER, QUESTIONS = "a", "b", "c", "d", "e", "f"


def block_id(prefix: str, number: int) -> str:
    return f"{prefix}0000000-0000-4000-8000-{number:012d}"


def item_id(block: str) -> str:
    """Return the id of the only item of a list."""
    return block.replace("-4000-", "-4001-")


@dataclass(frozen=True)
class Shape:
    """Describes what an object has beside its texts.

    Blocks in order, with what is chosen in them; in one of its texts, links to `tel:…` or to
    `page:<name>:<key>`; the number of an image, from 1 on; the minutes of a session; concerns as
    `<name>:<key>`; the telephone number of the site; whether it is in menus.
    """

    blocks: tuple[tuple[str, tuple[int, ...]], ...] = ()
    links: tuple[str, ...] = ()
    image: int = 0
    minutes: int = 0
    concerns: tuple[str, ...] = ()
    phone: str = ""
    menu: bool = False

    def parts(self) -> Content:
        found = {
            LINKS: " ".join(self.links),
            IMAGE: str(self.image or ""),
            MINUTES: str(self.minutes or ""),
            CONCERNS: " ".join(self.concerns),
            PHONE: self.phone,
            MENU: "yes" if self.menu else "",
            BLOCKS: " ".join(f"{key}{chosen or ''}" for key, chosen in self.blocks),
        }
        return {place: value for place, value in found.items() if value}

    @classmethod
    def of(cls, content: Content) -> "Shape":
        """Return the shape of a content, whose parts tell all of it."""
        blocks = []
        for block in content.get(BLOCKS, "").split():
            key, _bracket, chosen = block.partition("(")
            blocks.append((key, tuple(int(each) for each in re.findall(r"\d+", chosen))))
        return cls(
            tuple(blocks),
            tuple(content.get(LINKS, "").split()),
            int(content.get(IMAGE, 0)),
            int(content.get(MINUTES, 0)),
            tuple(content.get(CONCERNS, "").split()),
            content.get(PHONE, ""),
            MENU in content,
        )

    def places(self) -> list[str]:
        found = []
        for key, _chosen in self.blocks:
            if key[0] == CONTACT:
                found += [f"crisis_contacts.{key}.{name}" for name in ("name", "description")]
            elif key[0] in (SECTION, QUESTIONS):
                found.append(f"body.{key}.heading")
            if key[0] == SECTION:
                found.append(f"body.{key}.text#0")
            if key[0] == LIST:
                found += [f"body.{key}.text_before#0", f"body.{key}.items.{item_id(key)}"]
        return found
