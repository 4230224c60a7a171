"""Finds the pages that may look different because of a change, for many changes at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final
from uuid import UUID

from wagtail.models import Site

from cms.content.models import page_models, snippet_models
from cms.public.visibility import is_live

from .incoming_references import PAGE, Node, Referrer, referrers_of
from .models import ContentChange, Kind, Reach
from .translation_groups import TranslationGroups

# References are followed from the changed object to those that refer to it, and once more from
# those that show it: a page that has an image in its summary, an answer that links to a page.
STEPS: Final = 2
FILES_AND_SNIPPETS: Final = (Kind.SNIPPET, Kind.IMAGE, Kind.DOCUMENT)

# Objects that look different, each with the only language in which references to it count, None
# for all languages.
Targets = dict[Node, str | None]


@dataclass(frozen=True)
class Placement:
    """Types that pages show without a reference to them: snippets by label, pages by public type.

    `frame` are the snippet types on every page of their language. `listed` maps the types
    that page types list to the labels of those page types.
    """

    frame: frozenset[str]
    listed: Mapping[str, Sequence[str]]

    @classmethod
    @cache
    def declared(cls) -> "Placement":
        """Return what the models declare by `in_frame` and `listed_on`."""
        models = snippet_models()
        frame = frozenset(model._meta.label_lower for model in models if model.in_frame)
        listed = {model._meta.label_lower: model.listed_on for model in models if model.listed_on}
        pages = {model.public_type: model.listed_on for model in page_models() if model.listed_on}
        return cls(frame, listed | pages)


@dataclass
class AffectedPages:
    """The pages that may show one change, public or not.

    `pages` are page ids, each with the only language in which it is affected, None for all.
    `parents` are tree paths of pages that list their children, `subtree` is the tree path of a
    page that is affected with all below it. `lists` are (page type, language) pairs of pages that
    list what changed. `frames` are languages whose every page may differ, None for all languages.
    """

    change: ContentChange
    pages: set[tuple[int, str | None]] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)
    subtree: str | None = None
    lists: set[tuple[str, str]] = field(default_factory=set)
    frames: set[str | None] = field(default_factory=set)


class DependencyResolver:
    """Follows references from changed objects to the pages that show them."""

    def __init__(self, placement: Placement, languages: Mapping[int, str]) -> None:
        self.placement = placement
        self.languages = languages
        self.groups = TranslationGroups()

    def resolve(self, changes: Sequence[ContentChange]) -> list[AffectedPages]:
        """Return the pages that each change affects, in a constant number of queries."""
        affected = [AffectedPages(change) for change in changes]
        stored_sources = [[Referrer(*source) for source in change.references] for change in changes]
        self._load(affected, stored_sources)
        targets = [self._add_changed(each) for each in affected]
        self._add_referrers(affected, stored_sources, targets, direct=True)
        for step in range(STEPS):
            sources = self._referring_to(targets)
            targets = [Targets() for _each in affected]
            self._add_referrers(affected, sources, targets, direct=step == 0)
        return affected

    def _load(self, affected: list[AffectedPages], stored_sources: list[list[Referrer]]) -> None:
        nodes = [node for each in affected if (node := changed_node(each.change))]
        sources = [source.node for group in stored_sources for source in group if source.shows_more]
        self.groups.find([*nodes, *sources])
        for each in affected:
            if each.change.reach in (Reach.SUBTREE, Reach.LOCALE):
                page = self.groups.objects.get(Node(PAGE, each.change.object_id))
                each.subtree = page and page.path
        self.groups.find([], {each.subtree for each in affected if each.subtree})

    def _add_changed(self, each: AffectedPages) -> Targets:
        """Add the changed object itself, and return what looks different by it."""
        change, targets = each.change, Targets()
        changed = changed_node(change)
        if changed is None or change.reach == Reach.SITE:
            return targets
        if change.kind == Kind.PAGE:
            for node in self._with_pages_below(changed, each.subtree):
                each.pages |= {(member.pk, None) for member in self.groups.of(node)}
                self._add_target(each, node, targets)
        else:
            self._add_target(each, changed, targets)
        # A page that is deleted is known by the row alone.
        kind = change.type if change.kind == Kind.PAGE else changed.label
        self._add_lists(each, kind, change.locale)
        if changed.label in self.placement.frame:
            each.frames.add(change.locale)
        return targets

    def _with_pages_below(self, changed: Node, subtree: str | None) -> list[Node]:
        if subtree is None:
            return [changed]
        return [
            node
            for node, page in self.groups.objects.items()
            if node.label == PAGE and page.path.startswith(subtree)
        ]

    def _referring_to(self, targets: list[Targets]) -> list[set[Referrer]]:
        found = referrers_of({node for group in targets for node in group})
        referring = [
            {
                source if language is None else source._replace(language=language)
                for target, language in group.items()
                for source in found.get(target, ())
            }
            for group in targets
        ]
        self.groups.find(
            source.node for sources in referring for source in sources if source.shows_more
        )
        return referring

    def _add_referrers(
        self,
        affected: Iterable[AffectedPages],
        referring: Iterable[Iterable[Referrer]],
        targets: Iterable[Targets],
        *,
        direct: bool,
    ) -> None:
        """Add the pages that refer to a target, and the objects that look different by that.

        `direct` says that the references are to the changed object itself.
        """
        for each, sources, group in zip(affected, referring, targets, strict=True):
            for source in sources:
                if source.label == PAGE:
                    each.pages.add((source.pk, source.language))
                if direct and source.label in self.placement.frame and _shows_in_frame(each):
                    each.frames.add(None)
                language = self._language(source.node)
                if not self._may_show(source.node):
                    continue
                if source.shows_more and source.language in (None, language):
                    self._add_target(each, source.node, group)
                    self._add_lists(each, source.label, language)

    def _add_target(self, each: AffectedPages, node: Node, targets: Targets) -> None:
        for member in self.groups.of(node):
            targets.setdefault(member, self._language(node))
        targets[node] = None
        if node.label == PAGE and (page := self.groups.objects.get(node)):
            each.parents.add(page.path[: -page.steplen])
            kind = getattr(page.specific_class, "public_type", "")
            self._add_lists(each, kind, self._language(node))
            if page.translation_key in self._home_keys:
                each.pages |= {(pk, None) for pk in self._without_image[page.locale_id]}

    @cached_property
    def _home_keys(self) -> frozenset[UUID]:
        return frozenset(Site.objects.values_list("root_page__translation_key", flat=True))

    @cached_property
    def _without_image(self) -> Mapping[int, set[int]]:
        """Ids of the live pages whose link previews show the home page's image, by locale id."""
        found: dict[int, set[int]] = defaultdict(set)
        for model in page_models():
            pages = model._default_manager.filter(image=None, live=True)
            for pk, locale_id in pages.values_list("pk", "locale_id"):
                found[locale_id].add(pk)
        return found

    def _add_lists(self, each: AffectedPages, kind: str, language: str | None) -> None:
        if language:
            each.lists |= {(lister, language) for lister in self.placement.listed.get(kind, ())}

    def _may_show(self, node: Node) -> bool:
        """Return whether the public may see what refers to something.

        A draft shows nothing, and no row is written for it: with it in the answer, what is kept of
        the feed would differ from one made anew.
        """
        instance = self.groups.objects.get(node)
        return instance is None or is_live(instance)

    def _language(self, node: Node) -> str | None:
        instance = self.groups.objects.get(node)
        return self.languages.get(instance.locale_id) if instance else None


def changed_node(change: ContentChange) -> Node | None:
    """Return the changed object, None where pages cannot refer to it."""
    if change.kind == Kind.PAGE:
        return Node(PAGE, change.object_id)
    if change.kind in FILES_AND_SNIPPETS:
        return Node(change.type.lower(), change.object_id)
    return None


def _shows_in_frame(each: AffectedPages) -> bool:
    """Return whether a frame that refers to the changed object differs.

    Of a page a frame shows only the name and the address.
    """
    return each.change.kind != Kind.PAGE or each.change.reach != Reach.OBJECT
