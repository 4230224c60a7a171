"""Loads objects with their translations, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page, TranslatableMixin

from cms.public.visibility import subtree_q

from .incoming_references import PAGE, Node


class TranslationGroups:
    """The pages and snippets that were loaded, each with its translations."""

    def __init__(self) -> None:
        self.objects: dict[Node, Any] = {}
        self._members: dict[tuple[str, Any], set[Node]] = defaultdict(set)

    def of(self, node: Node) -> set[Node]:
        """Return an object and its translations; the object alone where it was not found."""
        key = getattr(self.objects.get(node), "translation_key", None)
        return self._members[node.label, key] if key else {node}

    def find(self, nodes: Iterable[Node], subtrees: Iterable[str] = ()) -> None:
        """Load objects and their translations.

        Takes the objects, and tree paths of pages to load with all pages below them.
        """
        wanted: dict[str, set[int]] = defaultdict(set)
        for node in nodes:
            if node not in self.objects:
                wanted[node.label].add(node.pk)
        paths = list(subtrees)
        for label in wanted.keys() | ({PAGE} if paths else set()):
            model = Page if label == PAGE else apps.get_model(label)
            if issubclass(model, TranslatableMixin):
                chosen = Q(pk__in=wanted[label]) | (subtree_q(paths) if label == PAGE else Q())
                self._find(label, model, chosen)

    def _find(self, label: str, model: Any, chosen: Q) -> None:
        manager = model._base_manager
        keys = manager.filter(chosen).values("translation_key")
        for instance in manager.filter(translation_key__in=keys):
            node = Node(label, instance.pk)
            self.objects[node] = instance
            self._members[label, instance.translation_key].add(node)
