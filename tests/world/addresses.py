"""The public addresses of the site, and what the model says that each must show."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.reading import API
from tests.world.model import Model
from tests.world.objects import LANGUAGES, PAGES, SLUG, START, Version, words_of
from tests.world.parts import CONCERNS, LINKS, MENU, PHONE, names_in, only_texts
from tests.world.shapes import CONTACT, FOOTER, QUESTIONS, Shape


@dataclass(frozen=True)
class Address:
    """A public address, the language that it speaks and the texts that it must show."""

    url: str
    language: str = ""
    must: frozenset[str] = frozenset()
    # Whether the page at the address may be read; None where it always answers.
    is_public: bool | None = None
    about: str = ""
    is_secondary: bool = False
    # Texts that it must not show though they are public.
    never: frozenset[str] = frozenset()
    # What its objects are, where their links are in it; "frame" for menu, crisis help and footer.
    lists: str = ""
    # The version whose parts the answer has as they are in the Delivery API.
    of: Version | None = None


class Addresses:
    """Finds all addresses that there are, or were."""

    def __init__(self, model: Model, pks: dict[tuple[str, str], int]) -> None:
        self.model = model
        self.pks = pks
        self.former_paths: dict[str, str] = {}

    def all(self) -> Iterator[Address]:
        model = self.model
        for version in model.versions():
            yield from self._of_version(version)
        for path, language in list(self.former_paths.items()):
            if not any(
                model.path(each) == path for each in model.versions() if self._is_page(each)
            ):
                yield Address(path, language)
        for language in LANGUAGES:
            yield from self._of_language(language)
        for kind in ("pages", "faqs", "faq-topics", "concerns", "self-test-ctas"):
            yield Address(f"/api/v2/{kind}/?limit=20&fields=*", is_secondary=True)
        yield Address(f"{API}urls/?limit=100", is_secondary=True)
        yield Address(f"{API}changes/?since=0&limit=100", about="changes")

    def _is_page(self, version: Version) -> bool:
        return self.model.objects[version.name].kind in PAGES

    def _of_version(self, version: Version) -> Iterator[Address]:
        model, language = self.model, version.language
        key = self.pks[version.name, language]
        is_public = model.is_public(version)
        must = frozenset(self.texts_of(version)) if is_public else frozenset()
        about = version.name
        if model.objects[version.name].kind == "concern" and is_public:
            yield from self._of_concern(version)
        if not self._is_page(version):
            return
        path = model.path(version)
        self.former_paths[path] = language
        by_path = f"{API}pages/by-path/?path={path}"
        yield Address(path, language, must, is_public, about)
        yield Address(f"{API}pages/{key}/", language, must, is_public, about, of=version)
        for url in (by_path, f"{API}pages/{key}/?rich_text=markdown"):
            yield Address(url, language, must, is_public, about, is_secondary=True, of=version)
        url = f"/api/v2/pages/{key}/"
        yield Address(url, language, must, is_public, about, is_secondary=True)
        title = version.row["title"]
        yield Address(
            f"{API}search/?locale={language}&q={title}",
            language,
            frozenset({title}) if is_public else frozenset(),
            about=about,
            is_secondary=True,
        )

    def _of_concern(self, concern: Version) -> Iterator[Address]:
        """Yield the lists of the methods that are for a concern."""
        model, language, slug = self.model, concern.language, concern.row[SLUG]
        methods = [
            each for each in model.public(language) if model.objects[each.name].kind == "method"
        ]
        shown = {
            each.row["title"]
            for each in methods
            if concern.name in names_in(each.row.get(CONCERNS, ""))
        }
        others = frozenset(each.row["title"] for each in methods) - shown
        must = frozenset(() if concern.name in model.cut else shown)
        for url, never in (
            (f"{API}pages/?locale={language}&concern={slug}&limit=100", others),
            # Where no method is for it, all are there.
            (f"{START['method', language]}?concern={slug}", others if must else frozenset()),
        ):
            yield Address(url, language, must, about=concern.name, is_secondary=True, never=never)

    def concerns_of(self, version: Version) -> list[str]:
        """Return the names of the concerns that a method shows."""
        chosen = names_in(version.row.get(CONCERNS, ""))
        shown = [model for name in chosen if (model := self.model.version(name, version.language))]
        return [each.row["name"] for each in shown if self.model.is_public(each)]

    def _of_language(self, language: str) -> Iterator[Address]:
        model = self.model
        home = {"sv": "/", "en": "/en/"}[language]
        questions = {"sv": "/vanliga-fragor/", "en": "/en/faq/"}[language]
        methods = START["method", language]
        public = model.public(language)
        titles = frozenset(each.row["title"] for each in public if self._is_page(each))
        asked = frozenset(
            word
            for each in public
            if model.objects[each.name].kind == "question"
            for word in words_of(each.row)
        )
        called = frozenset(
            word
            for each in public
            if model.objects[each.name].kind == "invitation"
            for word in words_of(each.row)
        )
        concerns = frozenset(
            word
            for each in public
            if model.objects[each.name].kind == "concern"
            for word in words_of(each.row)
        )
        other = next(each for each in LANGUAGES if each != language)
        whole = f"{API}pages/?locale={language}&include=content&limit=100"
        yield Address(whole, language, titles, is_secondary=True)
        described = frozenset(
            each.row["title"] for each in public if model.objects[each.name].kind == "method"
        )
        framed = frozenset(
            word
            for each in public
            if model.objects[each.name].kind == "furniture"
            for word in words_of(each.row)
        )
        yield Address(home, language, framed)
        yield Address(methods, language, described)
        yield Address(questions, language, asked)
        by_path = f"{API}pages/by-path/?path={questions}"
        yield Address(by_path, language, asked, is_secondary=True)
        yield Address(f"{API}pages/?locale={language}&limit=100", language, titles)
        faqs = f"{API}faqs/?locale={language}&limit=100"
        yield Address(faqs, language, asked, lists="question")
        yield Address(f"{API}concerns/?locale={language}&limit=100", language, concerns)
        for kind, must in (("pages", titles), ("faqs", asked), ("concerns", concerns)):
            url = f"{API}{kind}/?locale={language}&fallback={other}&limit=100"
            yield Address(url, language, must, is_secondary=True)
        yield Address(f"{API}faqs/topics/?locale={language}", language, is_secondary=True)
        url = f"{API}self-test-ctas/?locale={language}"
        yield Address(url, language, called, lists="invitation")
        yield Address(f"{API}navigation/?locale={language}", language, framed, lists="frame")

    def menu_of(self, language: str) -> set[tuple[int, str, str]]:
        """Return the pages in the menu of a language: level, title, title of the page above."""
        found = set()
        for version in self.model.public(language):
            above = self.model.version(version.parent, language) if version.parent else None
            is_top = not above and self.model.objects[version.name].kind != "method"
            is_below_top = above is None or (not above.parent and MENU in above.row)
            if MENU in version.row and (is_top or is_below_top):
                title = above.row["title"] if above else ""
                found.add((1 if is_top else 2, version.row["title"], title))
        return found

    def frame_of(self, language: str) -> tuple[list[str], str, list[str], list[str]]:
        """Return crisis contacts, telephone number, links of the crisis help and of the footer."""
        public = self.model.public(language)
        found = [each for each in public if self.model.objects[each.name].kind == "furniture"]
        if not found:
            return [], "", [], []
        row = found[0].row
        blocks = Shape.of(row).blocks
        contacts = [row[f"crisis_contacts.{key}.name"] for key, _ in blocks if key[0] == CONTACT]
        pages = {key: name for (name, _), key in self.pks.items() if name in self._pages()}
        chosen = [pages[keys[0]] for key, keys in blocks if key[0] == FOOTER and keys[0] in pages]
        shown = [self.model.version(name, language) for name in chosen]
        footer = [self.model.path(each) for each in shown if each and self.model.is_public(each)]
        return contacts, row.get(PHONE, ""), self.links_of(found[0]), footer

    def _pages(self) -> set[str]:
        return {each.name for each in self.model.of_kind(*PAGES)}

    def texts_of(self, version: Version) -> set[str]:
        """Return the texts that a page must show; blocks without anything to show are left out."""
        return {
            word
            for place, word in only_texts(version.row).items()
            if place != SLUG and not place.startswith(f"body.{QUESTIONS}")
        }

    def links_in_list(self, address: Address) -> dict[int, list[str]]:
        """Return the links of each object in a list, by the object's key."""
        return {
            self.pks[each.name, each.language]: self.links_of(each)
            for each in self.model.public(address.language)
            if self.model.objects[each.name].kind == address.lists
        }

    def links_of(self, version: Version) -> list[str]:
        """Return where the links of a version lead its readers, without those that lead nowhere.

        A link to a page leads to it in the reader's own language, or else as it was chosen.
        """
        found = []
        for link in version.row.get(LINKS, "").split():
            kind, _colon, place = link.partition(":")
            if kind != "page":
                found.append(link)
                continue
            name = place.partition(":")[0]
            each = self.model.objects.get(name)
            chosen = [] if each is None else [version.language, each.original]
            shown = [self.model.version(name, language) for language in chosen]
            paths = [self.model.path(each) for each in shown if each and self.model.is_public(each)]
            found += paths[:1]
        return found
