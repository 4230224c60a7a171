"""Which pages may look different because of a change, for many changes at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from cms.content.models import snippet_models

from .families import Families
from .incoming_references import PAGE, Node, Source, sources_of
from .models import ContentChange, Kind, Reach

# Who refers to the object; and who refers to them, where they show the object in their turn: a
# page in whose summary an image is, an answer that links to a page.
STEPS: Final = 2
FILES_AND_SNIPPETS: Final = (Kind.SNIPPET, Kind.IMAGE, Kind.DOCUMENT)

# Objects that look different, with the only language in which references to them count.
Targets = dict[Node, str | None]


@dataclass(frozen=True)
class Placement:
    """Where snippets are shown that nobody chose them for, by their models' labels.

    `frame` are those on every page of their language, `listed` those that pages of a type list.
    """

    frame: frozenset[str]
    listed: Mapping[str, str]

    @classmethod
    @cache
    def declared(cls) -> "Placement":
        """What the snippet models say of themselves."""
        models = snippet_models()
        frame = frozenset(model._meta.label_lower for model in models if model.in_frame)
        listed = {model._meta.label_lower: model.listed_on for model in models if model.listed_on}
        return cls(frame, listed)


@dataclass
class Spread:
    """Where one change may show, in public or not.

    `pages` are page ids, each with the only language in which it is meant. `parents` are tree
    paths of pages that list their children, `lists` types of pages that list snippets of a
    language. `frames` are languages whose every page may differ, None for all languages.
    """

    change: ContentChange
    pages: set[tuple[int, str | None]] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    subtree: str | None = None
    lists: set[tuple[str, str]] = field(default_factory=set)
    frames: set[str | None] = field(default_factory=set)


class Spreading:
    """Follows changes to the pages that they show on."""

    def __init__(self, placement: Placement, languages: Mapping[int, str]) -> None:
        self.placement = placement
        self.languages = languages
        self.families = Families()

    def follow(self, changes: Sequence[ContentChange]) -> list[Spread]:
        """Where each change may show, in a number of queries that does not grow with them."""
        spreads = [Spread(change) for change in changes]
        kept = [[Source(*source) for source in change.references] for change in changes]
        self._find(spreads, kept)
        targets = [self._begin(spread) for spread in spreads]
        self._meet(spreads, kept, targets, direct=True)
        for step in range(STEPS):
            met = self._referring_to(targets)
            targets = [Targets() for _spread in spreads]
            self._meet(spreads, met, targets, direct=step == 0)
        return spreads

    def _find(self, spreads: list[Spread], kept: list[list[Source]]) -> None:
        subjects = [subject for spread in spreads if (subject := subject_of(spread.change))]
        sources = [source.node for group in kept for source in group if source.shows_more]
        self.families.find([*subjects, *sources])
        for spread in spreads:
            if spread.change.reach in (Reach.SUBTREE, Reach.LOCALE):
                page = self.families.objects.get(Node(PAGE, spread.change.object_id))
                spread.subtree = page and page.path
        self.families.find([], {spread.subtree for spread in spreads if spread.subtree})

    def _begin(self, spread: Spread) -> Targets:
        change, targets = spread.change, Targets()
        subject = subject_of(change)
        if subject is None or change.reach == Reach.SITE:
            return targets
        if change.kind == Kind.PAGE:
            for node in self._with_pages_below(subject, spread.subtree):
                family = self.families.of(node)
                spread.pages |= {(member.pk, None) for member in family}
                self._changed(spread, node, targets)
        else:
            self._changed(spread, subject, targets)
        self._place(spread, subject.label, change.locale)
        if subject.label in self.placement.frame:
            spread.frames.add(change.locale)
        return targets

    def _with_pages_below(self, subject: Node, subtree: str | None) -> list[Node]:
        if subtree is None:
            return [subject]
        return [
            node
            for node, page in self.families.objects.items()
            if node.label == PAGE and page.path.startswith(subtree)
        ]

    def _referring_to(self, targets: list[Targets]) -> list[set[Source]]:
        found = sources_of({node for group in targets for node in group})
        met = [
            {
                source if language is None else source._replace(language=language)
                for target, language in group.items()
                for source in found.get(target, ())
            }
            for group in targets
        ]
        self.families.find(
            source.node for sources in met for source in sources if source.shows_more
        )
        return met

    def _meet(
        self,
        spreads: Iterable[Spread],
        met: Iterable[Iterable[Source]],
        targets: Iterable[Targets],
        *,
        direct: bool,
    ) -> None:
        """Note who refers to what changed, and add to the targets who looks different by it."""
        for spread, sources, group in zip(spreads, met, targets, strict=True):
            for source in sources:
                if source.label == PAGE:
                    spread.pages.add((source.pk, source.language))
                if direct and source.label in self.placement.frame and _shows_in_frame(spread):
                    spread.frames.add(None)
                language = self._language(source.node)
                if source.shows_more and source.language in (None, language):
                    self._changed(spread, source.node, group)
                    self._place(spread, source.label, language)

    def _changed(self, spread: Spread, node: Node, targets: Targets) -> None:
        for member in self.families.of(node):
            targets.setdefault(member, self._language(node))
        targets[node] = None
        if node.label == PAGE and (page := self.families.objects.get(node)):
            spread.parents.add(page.path[: -page.steplen])

    def _place(self, spread: Spread, label: str, language: str | None) -> None:
        if language and (lister := self.placement.listed.get(label)):
            spread.lists.add((lister, language))

    def _language(self, node: Node) -> str | None:
        instance = self.families.objects.get(node)
        return self.languages.get(instance.locale_id) if instance else None


def subject_of(change: ContentChange) -> Node | None:
    """The object of a change, where pages can refer to it."""
    if change.kind == Kind.PAGE:
        return Node(PAGE, change.object_id)
    if change.kind in FILES_AND_SNIPPETS:
        return Node(change.type.lower(), change.object_id)
    return None


def _shows_in_frame(spread: Spread) -> bool:
    """Whether a frame that refers to what changed differs: of a page it shows name and address."""
    return spread.change.kind != Kind.PAGE or spread.change.reach != Reach.OBJECT
