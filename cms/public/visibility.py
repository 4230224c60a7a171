"""Defines what the public may see: pages, snippets and collections."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageLogEntry,
    PageViewRestriction,
    Site,
    get_page_models,
)

from cms.core.i18n import content_locales

from .nodes import name_node
from .noted_content import NotedContent
from .site_facts import facts_of, site_of

# Logged when an alias of a page in another language becomes a draft of its own.
PLACE_KEPT: Final = "samtal.keep_place"


def live_q() -> Q:
    """Match objects that are published and not expired, also before `publish_scheduled` runs."""
    return Q(live=True) & (Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))


def shown_pages_q() -> Q:
    """Match pages that are live and not withheld."""
    condition = live_q()
    for model in get_page_models():
        if hides_stale_translations(model):
            stale = model._base_manager.filter(stale_since__isnull=False)
            condition &= ~Q(pk__in=stale.values("pk"))
    return condition


def keeps_place_q() -> Q:
    """Match drafts that were aliases in another language, and have not been published since.

    They only keep a place in the tree: they are not shown, and hide nothing below them.
    """
    kept = PageLogEntry.objects.filter(page=OuterRef("pk"), action=PLACE_KEPT)
    return Q(Exists(kept), live=False, first_published_at=None)


def no_foreign_alias_q() -> Q:
    """Match pages that are no alias of a page in another language."""
    return Q(alias_of__isnull=True) | Q(alias_of__locale=F("locale"))


def in_own_language_q() -> Q:
    """Match pages that neither are an alias of a page in another language nor keep its place."""
    return no_foreign_alias_q() & ~keeps_place_q()


def hiding_q() -> Q:
    """Match pages that hide everything below them."""
    return ~shown_pages_q() & ~keeps_place_q() & Q(depth__gt=1)


def paths_that_hide() -> QuerySet[Any, str]:
    """Return the tree paths of the pages that hide others below them."""
    return Page.objects.filter(hiding_q(), numchild__gt=0).values_list("path", flat=True)


def hides_stale_translations(model: type[Model]) -> bool:
    """Return whether translations of a type are withheld while they are outdated in meaning."""
    return bool(getattr(model, "hides_stale_translations", False))


def is_withheld(instance: Any) -> bool:
    """Return whether a translation is hidden because its source has changed in meaning."""
    return hides_stale_translations(type(instance)) and instance.stale_since is not None


def is_live(instance: Any) -> bool:
    """Return whether a loaded snippet is public, or a loaded page as far as its ancestors allow."""
    in_time = instance.expire_at is None or instance.expire_at > timezone.now()
    return instance.live and in_time and not is_withheld(instance)


def public_snippets(model: type[Model]) -> QuerySet[Any]:
    """Return the published objects of a snippet model, without those withheld."""
    snippets = model._default_manager.filter(live_q())
    return snippets.filter(stale_since=None) if hides_stale_translations(model) else snippets


def paths_above(page: Page) -> list[str]:
    """Return the tree paths of a page's ancestors, the highest first, without the tree's root."""
    step = page.steplen
    return [page.path[:end] for end in range(2 * step, len(page.path), step)]


def subtree_q(paths: list[str]) -> Q:
    """Match pages at or below any of the given tree paths; no page without paths."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition


def below_q(ids: Sequence[int]) -> Q:
    """Match the pages with the given ids and those below them, where these are by then.

    Unlike tree paths, ids that are kept for a while belong to the same pages after a move.
    """
    above = Page.objects.filter(pk__in=ids, path=Substr(OuterRef("path"), 1, Length("path")))
    return Q(Exists(above)) if ids else Q(pk__in=[])


def paths_that_close(keys: Iterable[UUID], gone: Sequence[int] = ()) -> set[str]:
    """Return the tree paths of the pages that make those with some translation keys private.

    These are all languages of the pages, what they are aliases of, the pages above these, and the
    same of each of them. Leaves out the pages with the ids `gone`.
    """
    paths: set[str] = set()
    known: set[UUID] = set()
    new = {*keys}
    while new:
        known |= new
        pages = Page.objects.filter(translation_key__in=new).exclude(pk__in=gone)
        found = {path for page in pages for path in [page.path, *paths_above(page)]} - paths
        paths |= found
        above = Page.objects.filter(path__in=found)
        pairs = above.values_list("translation_key", "alias_of__translation_key")
        new = {key for pair in pairs for key in pair if key is not None} - known
    return paths


def _with_other_languages(ids: list[int]) -> list[int]:
    """Add to the ids of private pages those of what is private in another place.

    That are other languages and aliases of the pages and of those below them, and what is below
    these.
    """
    closed: list[int] = []
    while ids:
        closed += ids
        keys = Page.objects.filter(below_q(ids)).values("translation_key")
        same = Q(translation_key__in=keys) | Q(alias_of__translation_key__in=keys)
        others = Page.objects.filter(same).exclude(below_q(closed)).order_by("path")
        ids, highest = [], None
        for key, path in others.values_list("pk", "path"):
            if highest is None or not path.startswith(highest):
                ids.append(key)
                highest = path
    return closed


class PublicScope(NotedContent):
    """Decides what the public may see on one site, for one answer.

    A page is public when it and every ancestor are live, it is below the site's home page in its
    own language, and nothing makes it private: a restriction on it or an ancestor, or what makes
    one of their translations private. An alias of a page in another language is never public: its
    text is in the language of its source. Nor is a withheld translation.
    """

    @classmethod
    def for_request(cls, request: HttpRequest) -> "PublicScope":
        """Return the scope of a request's site, one for the whole request.

        Raises Http404 where no site has the request's host.
        """
        scope: PublicScope | None = getattr(request, "_public_scope", None)
        if scope is None:
            facts = facts_of(getattr(request, "content_version", None))
            site = site_of(request, facts)
            if site is None:
                raise Http404("No site answers to this host.")
            known = getattr(request, "known_objects", None)
            scope = cls(site, facts, known)
            request._public_scope = scope  # type: ignore[attr-defined]  # a cache of ours
        return scope

    def with_all_loaded(self) -> "PublicScope":
        """Return a scope for the same answer that knows nothing from earlier ones."""
        scope = PublicScope(self.site, self._facts)
        scope.nodes = self.nodes
        return scope

    @cached_property
    def locales(self) -> dict[int, Locale]:
        """Content locales by id, in the order of `WAGTAIL_CONTENT_LANGUAGES`."""
        return self.fact("locales", content_locales)

    def locale(self, code: str) -> Locale | None:
        return next((loc for loc in self.locales.values() if loc.language_code == code), None)

    @cached_property
    def published_q(self) -> Q:
        """Match pages of this site that are live below live pages, restricted or not."""
        hidden, _restricted = self._closed_pages
        shown = self._site_q() & shown_pages_q() & no_foreign_alias_q()
        return shown & ~below_q(hidden)

    @cached_property
    def public_q(self) -> Q:
        return self.published_q & ~self._restricted_q()

    def pages(self) -> Any:
        """Return a `PageQuerySet` of every page that the public may see, in every language."""
        return Page.objects.filter(self.public_q)

    @property
    def homes(self) -> dict[int, Page]:
        """The site's public home pages by locale id."""
        return self.fact("homes", self._find_homes)

    def is_published(self, page: Page) -> bool:
        return Page.objects.filter(self.published_q, pk=page.pk).exists()

    def root_path(self, language: str) -> str | None:
        """Return the `url_path` of the site's home page in a language, public or not."""
        return next(
            (root.root_path for root in self._roots() if root.language_code == language), None
        )

    def _roots(self) -> Any:
        return [root for root in Site.get_site_root_paths() if root.site_id == self.site.pk]

    def _site_q(self) -> Q:
        languages = {locale.language_code: key for key, locale in self.locales.items()}
        condition = Q(pk__in=[])
        for root in self._roots():
            if locale := languages.get(root.language_code):
                condition |= Q(url_path__startswith=root.root_path, locale=locale)
        return condition

    @property
    def restricted_pages(self) -> list[int]:
        """Ids of the pages that editors have made private, in every language and alias.

        Each covers all pages below it, and these in all their places.
        """
        _hidden, restricted = self._closed_pages
        return restricted

    @cached_property
    def _closed_pages(self) -> tuple[list[int], list[int]]:
        """Ids of hidden pages that have others below them, and of private ones."""
        return self.fact("closed pages", self._find_closed_pages)

    def _restricted_q(self) -> Q:
        restricted = Page.objects.filter(below_q(self.restricted_pages))
        keys = restricted.values("translation_key")
        return Q(translation_key__in=keys) | Q(alias_of__translation_key__in=keys)

    @cached_property
    def private_collections(self) -> list[int]:
        """Ids of collections whose files the public may not fetch."""
        return self.fact("private collections", self._find_private_collections)

    def _find_private_collections(self) -> list[int]:
        own_path = Length("collection__path")
        restrictions = CollectionViewRestriction.objects.filter(
            collection__path=Substr(OuterRef("path"), 1, own_path)
        )
        return list(Collection.objects.filter(Exists(restrictions)).values_list("pk", flat=True))

    def _find_homes(self) -> dict[int, Page]:
        key = self.site.root_page.translation_key
        self.note(*(name_node(key, locale) for locale in self.locales))
        homes = self.pages().filter(translation_key=key)
        return {home.locale_id: home for home in homes}

    def _find_closed_pages(self) -> tuple[list[int], list[int]]:
        hidden = hiding_q() & Q(numchild__gt=0)
        # An alias has the restrictions of its source; Wagtail copies them, and reads no copy.
        own = PageViewRestriction.objects.filter(page__alias_of=None)
        keys = own.values("page__translation_key")
        private = Q(translation_key__in=keys) | Q(alias_of__translation_key__in=keys)
        rows = list(Page.objects.filter(hidden | private).values_list("pk", hidden, private))
        return (
            [key for key, is_hidden, _is_private in rows if is_hidden],
            _with_other_languages([key for key, _is_hidden, is_private in rows if is_private]),
        )
