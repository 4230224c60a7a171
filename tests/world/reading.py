"""Read every public address, and find canaries where they must not be and miss none that must."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.test import Client
from django.utils import translation

from cms.caching import known_objects
from cms.journal.version import current_version
from cms.public import site_facts
from tests.world.addresses import Address, Addresses
from tests.world.canaries import (
    Visible,
    differences,
    excerpts,
    unmarked_in_html,
    unmarked_in_json,
)
from tests.world.model import Model
from tests.world.objects import Version
from tests.world.parts import CONCERNS, IMAGE, MINUTES, NUMBER, find, links_in, menu_in, names_in
from tests.world.words import CANARY

# In how many steps each answer is compared with one made anew, whatever the steps were; in how many
# each address is read that shows what another shows, and that had nothing to show, where the steps
# are about something else.
EVERY = 20
SECONDARY = 4
EMPTY = 10


@dataclass
class Read:
    """An answer as it was read last."""

    status: int
    content: bytes
    version: int
    is_kept: bool = False
    verified: int = -1
    # How often it was made anew at its version; a second time means that nothing keeps it.
    made: int = 1


@dataclass
class Figures:
    steps: int = 0
    read: int = 0
    anew: int = 0
    compared: int = 0


class Violation(AssertionError):
    """An answer that says what it must not, or does not say what it must."""


class Reader:
    """A visitor who reads everything after each step."""

    def __init__(
        self,
        model: Model,
        pks: dict[tuple[str, str], int],
        images: dict[str, str],
        figures: Figures,
    ) -> None:
        """Takes what is known of the world, and where its images are, by number."""
        self.model = model
        self.images = images
        self.client = Client()
        self.other_client = Client()
        self.figures = figures
        self.known: dict[str, Read] = {}
        self.addresses = Addresses(model, pks)
        self._asked = self._steps = 0
        request_started.connect(self._count, dispatch_uid="world")

    def close(self) -> None:
        request_started.disconnect(dispatch_uid="world")

    def _count(self, **kwargs: Any) -> None:
        self._asked += 1

    # --- Reading -------------------------------------------------------------------------------

    def read_all(self, touched: set[str]) -> None:
        """Read all addresses, and compare what a step can have touched with answers made anew."""
        self.figures.steps += 1
        self._steps += 1
        # Of this world, so that a script reads the same.
        step = self._steps
        version = current_version()
        visible = Visible(self.model)
        to_compare: list[tuple[Address, Read]] = []
        for number, address in enumerate(self.addresses.all()):
            before = self.known.get(address.url)
            is_turn = (step + number) % EVERY == 0
            if (
                before is not None
                and not is_turn
                and not self._may_differ(address, before, version, step + number, touched)
            ):
                continue
            read = self._read(address, version)
            read.verified = before.verified if before and read.is_kept else version
            if before and not read.is_kept and before.version == version:
                read.made = before.made + 1
            self.known[address.url] = read
            self._check(address, read, visible)
            is_old = read.is_kept and read.verified != version
            is_turn &= read.is_kept or read.status == HTTPStatus.OK
            if is_turn or (is_old and (address.about in touched or not address.about)):
                to_compare.append((address, read))
                read.verified = version
        self._compare(to_compare)

    def _may_differ(
        self, address: Address, before: Read, version: int, number: int, touched: set[str]
    ) -> bool:
        """Return whether to read an address in this step, beside its turn."""
        is_found = before.status == HTTPStatus.OK
        if address.is_public is not None and is_found != address.is_public:
            return True
        if address.about in touched:
            return True
        if before.version == version and not before.is_kept and before.made > 1:
            return False
        if not is_found:
            return number % EMPTY == 0
        return not address.is_secondary or number % SECONDARY == 0

    def _read(self, address: Address, version: int) -> Read:
        self._asked = 0
        translation.activate("sv")
        response = self.client.get(address.url)
        self.figures.read += 1
        self.figures.anew += bool(self._asked)
        return Read(response.status_code, response.content, version, not self._asked)

    def _compare(self, answers: list[tuple[Address, Read]]) -> None:
        """Check that answers equal those that are made now, which share nothing but site facts."""
        settings.RESPONSE_CACHE = False
        site_facts.reset()
        try:
            for address, read in answers:
                # The form for a password is never kept.
                if b"csrfmiddlewaretoken" not in read.content:
                    known_objects.reset()
                    self._compare_one(address, read)
        finally:
            settings.RESPONSE_CACHE = True
            site_facts.reset()
            known_objects.reset()

    def _compare_one(self, address: Address, read: Read) -> None:
        fresh = self.other_client.get(address.url)
        self.figures.compared += 1
        if (fresh.status_code, fresh.content) != (read.status, read.content):
            raise Violation(
                f"The kept answer of {address.url} ({read.status}) is not what is made anew "
                f"({fresh.status_code}):\n{differences(read.content, fresh.content)}"
            )

    # --- Checking ------------------------------------------------------------------------------

    def _check(self, address: Address, read: Read, visible: Visible) -> None:
        assert read.status < 500, f"{address.url} answers {read.status}"
        text = read.content.decode()
        if address.is_public is not None:
            expected = {200} if address.is_public else {301, 302, 403, 404}
            if not address.is_public and address.url.endswith("/") and b"password" in read.content:
                expected.add(200)
            if read.status not in expected:
                raise Violation(f"{address.url} answers {read.status}, not {expected}")
        found = {match[0]: match[1] for match in CANARY.finditer(text)}
        if address.of is not None and read.status == HTTPStatus.OK:
            self._check_parts(address.of, address.url, text)
        if address.lists and read.status == HTTPStatus.OK:
            self._check_lists(address, json.loads(text))
        spoken = "" if "fallback=" in address.url else address.language
        if strange_numbers := {*NUMBER.findall(text)} - visible.numbers[spoken]:
            raise Violation(f"{address.url} says {strange_numbers}: a link that is not public.")
        missing = address.must - found.keys()
        if missing:
            raise Violation(f"{address.url} ({read.status}) lacks {self.tell(missing)}")
        if wrong := address.never & found.keys():
            raise Violation(f"{address.url} ({read.status}) has {self.tell(wrong)}")
        asked = {match[0] for match in CANARY.finditer(address.url)}
        strange = {
            word: language
            for word, language in found.items()
            if word not in asked and word not in visible.texts[address.language]
        }
        if address.about == "changes":
            strange = {word: lang for word, lang in strange.items() if word in visible.all_texts}
        if strange.keys() - visible.anywhere:
            self._refuse(address, strange.keys() - visible.anywhere, text)
        foreign = strange.keys() - visible.slugs
        if foreign and not address.language:
            foreign -= visible.texts[""]
        if foreign and (unmarked := self._unmarked(address, text) & foreign):
            self._refuse(address, unmarked, text)

    def _check_parts(self, version: Version, url: str, text: str) -> None:
        """Check what is no text in an answer of the Delivery API."""
        data = json.loads(text)["content"]
        image = (find(data, "image") or {}).get("src", "")
        minutes = (find(data, "sessions") or {}).get("minutes", "")
        found = (links_in(*find(data, "introduction").values()), image, str(minutes))
        expected = (
            self.addresses.links_of(version),
            self.images.get(version.row.get(IMAGE, ""), ""),
            version.row.get(MINUTES, ""),
        )
        cut = {*names_in(version.row.get(CONCERNS, ""))} & self.model.cut
        concerns = [each["name"].split()[1] for each in find(data, "concerns") or ()]
        right = self.addresses.concerns_of(version)
        if concerns != right and not (cut and {*concerns} <= {*right}):
            raise Violation(f"{url} ({version.name}) is for {concerns}, not {right}")
        if found != expected:
            raise Violation(
                f"{url} ({version.name} {version.language}) has {found}, not {expected}"
            )

    def _check_lists(self, address: Address, data: Any) -> None:
        """Check what is no text in a list of shared content, and in what is around all pages."""
        found: Any
        expected: Any
        if address.lists == "frame":
            crisis, contact = data["crisis"] or {}, data["contact"] or {}
            names = [each["name"].split()[1] for each in crisis.get("contacts", ())]
            links = links_in(crisis["text"]["html"]) if crisis else []
            footer = [each["path"] for each in data["footer_links"]]
            found = names, contact.get("phone") or "", links, footer, {*menu_in(data["menu"])}
            expected = (
                *self.addresses.frame_of(address.language),
                self.addresses.menu_of(address.language),
            )
        else:
            name = {"question": "answer", "invitation": "text"}[address.lists]
            found = {each["id"]: links_in(each[name]["html"]) for each in data["items"]}
            expected = self.addresses.links_in_list(address)
        if found != expected:
            raise Violation(f"{address.url} has {found}, not {expected}")

    def _refuse(self, address: Address, words: set[str], text: str) -> None:
        raise Violation(f"{address.url} says {self.tell(words)}: {excerpts(text, words)}")

    def _unmarked(self, address: Address, text: str) -> set[str]:
        """Return the canaries that are not marked as words of another language."""
        if text.startswith(("{", "[")):
            return set(unmarked_in_json(json.loads(text), address.language))
        return unmarked_in_html(text, address.language)

    def tell(self, words: Any) -> str:
        """Name the place of canaries, for who looks at a failure."""
        told = []
        for word in sorted(words):
            for each in self.model.objects.values():
                for version in each.versions.values():
                    for what, content in (("row", version.row), ("draft", version.draft)):
                        told += [
                            f"{word} ({version.name} {version.language} {place}, {what}, "
                            f"live: {version.is_live})"
                            for place, other in content.items()
                            if other == word
                        ]
        return "; ".join(told) or ", ".join(sorted(words))
