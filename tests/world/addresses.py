"""The public addresses of the site, and what the model says that each must show."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.reading import API
from tests.world.forms import QUESTIONS
from tests.world.model import Model
from tests.world.objects import LANGUAGES, PAGES, SLUG, START, Version, words_of
from tests.world.parts import LINKS, only_texts


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
        yield Address(f"{API}changes/?since=0&limit=100", about="changes")

    def _is_page(self, version: Version) -> bool:
        return self.model.objects[version.name].kind in PAGES

    def _of_version(self, version: Version) -> Iterator[Address]:
        model, language = self.model, version.language
        key = self.pks[version.name, language]
        is_public = model.is_public(version)
        must = frozenset(self.texts_of(version)) if is_public else frozenset()
        about = version.name
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
        other = next(each for each in LANGUAGES if each != language)
        described = frozenset(
            each.row["title"] for each in public if model.objects[each.name].kind == "method"
        )
        yield Address(home, language)
        yield Address(methods, language, described)
        yield Address(questions, language, asked)
        by_path = f"{API}pages/by-path/?path={questions}"
        yield Address(by_path, language, asked, is_secondary=True)
        yield Address(f"{API}pages/?locale={language}&limit=100", language, titles)
        yield Address(f"{API}faqs/?locale={language}&limit=100", language, asked)
        for kind, must in (("pages", titles), ("faqs", asked)):
            url = f"{API}{kind}/?locale={language}&fallback={other}&limit=100"
            yield Address(url, language, must, is_secondary=True)
        yield Address(f"{API}faqs/topics/?locale={language}", language, is_secondary=True)
        yield Address(f"{API}self-test-ctas/?locale={language}", language, called)
        yield Address(f"{API}navigation/?locale={language}", language)

    def texts_of(self, version: Version) -> set[str]:
        """Return the texts that a page must show; blocks without anything to show are left out."""
        return {
            word
            for place, word in only_texts(version.row).items()
            if place != SLUG and not place.startswith(f"body.{QUESTIONS}")
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
