"""The objects of the model: their languages, drafts, what is live, approved, private, expired.

Every text that is written contains a canary, one word that is written nowhere else. A content is
a mapping of places (`title`, `introduction#0`, `body.<id>.heading`) to canaries; `slug` is one too,
and the address. The words of a place are its canary: two contents with the same are the same. What
is no text (`=links`, `=image`, `=minutes`, `=blocks`) is in it as well: `tests.world.parts`.
"""

from dataclasses import dataclass, field

from tests.world.parts import MENU, only_parts, only_texts

Content = dict[str, str]
LANGUAGES = ("sv", "en")
SLUG = "slug"
CLINICAL = frozenset({"test", "method", "invitation"})
PAGES = frozenset({"page", "test", "method"})
# Where therapy methods are.
START = {("method", "sv"): "/terapimetoder/", ("method", "en"): "/en/therapy-methods/"}


def words_of(content: Content) -> set[str]:
    """Return the canaries that readers meet as text; the slug is only in addresses."""
    return {canary for place, canary in only_texts(content).items() if place != SLUG}


def signature(content: Content) -> frozenset[tuple[str, str]]:
    """Identify what a reviewer signs."""
    return frozenset(item for item in content.items() if item[0] not in (SLUG, MENU))


@dataclass
class Publication:
    """A content that is to go live at a time."""

    at: float
    content: Content
    expires: float | None = None


@dataclass
class Version:
    """An object in one language.

    `row` is what is live, or what would be translated. `said` holds for each place of a live
    translation the source's canary that its text translates.
    """

    name: str
    language: str
    parent: str
    row: Content
    draft: Content
    is_live: bool = False
    is_private: bool = False
    expires: float | None = None
    draft_expires: float | None = None
    waiting: list[Publication] = field(default_factory=list)
    said: Content = field(default_factory=dict)
    # What was sent to review, as its reviewers are shown it, and what it was translated of.
    submitted: Content = field(default_factory=dict)
    submitted_of: Content = field(default_factory=dict)
    # The name and the language of the version that an alias says the same as.
    follows: tuple[str, str] | None = None
    # Whether it was live as an alias in another language, and has not been published since.
    keeps_place: bool = False
    # Whether its translation is set aside, and whether what is live was written without it.
    is_set_aside: bool = False
    is_direct: bool = False
    # Whether a text, or a draft, of a translation waits to be published.
    waits: bool = False
    history: list[Content] = field(default_factory=list)
    translates: bool = False

    @property
    def is_foreign(self) -> bool:
        """Whether it is an alias in another language, which is shown nowhere."""
        return self.follows is not None and self.follows[1] != self.language


@dataclass
class Object:
    """An object in all its languages.

    `taken` is the content of the original that translators work on; `translated` holds the text
    that somebody typed for a canary of the original at a place.
    """

    name: str
    kind: str
    original: str
    versions: dict[str, Version] = field(default_factory=dict)
    taken: Content | None = None
    translated: dict[tuple[str, str], str] = field(default_factory=dict)
    # What was signed, by language.
    approved: dict[str, list[frozenset[tuple[str, str]]]] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return next(language for language in LANGUAGES if language != self.original)

    @property
    def is_translated(self) -> bool:
        return self.taken is not None

    def missing(self) -> list[tuple[str, str]]:
        """Return the texts of the original that have no translation."""
        texts = only_texts(self.taken or {})
        return [key for key in texts.items() if key not in self.translated]

    def translation(self) -> Content:
        """Return the content of a translation that is published now."""
        taken = self.taken or {}
        texts = {place: self.translated[place, text] for place, text in only_texts(taken).items()}
        return texts | only_parts(taken)
