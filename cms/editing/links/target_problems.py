"""Find the problems of link targets, by the visibility rules of the public pages."""

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, ExpressionWrapper, Q, Subquery
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from cms.content.models import BaseSnippet
from cms.core.models import ImageFault
from cms.public.visibility import PublicScope, is_live

from ..models import ContentLink
from .problems import LinkProblem


class LinkedObject(NamedTuple):
    """A page or snippet that is linked to, or a translation of one.

    `is_private` is true for a published page that a view restriction hides.
    """

    pk: int
    locale_id: int
    is_public: bool
    is_private: bool


# Locale id of the content with a link, and id of the linked object.
LocaleAndTarget = tuple[int, int]


def conditions_by_problem() -> dict[LinkProblem, Q]:
    """Return for each problem found a condition on its rows of `ContentLink`.

    The number of queries does not depend on the amount of content.
    """
    scopes = [PublicScope(site) for site in Site.objects.all()]
    grouped: dict[tuple[LinkProblem, int, int], list[int]] = defaultdict(list)
    for type_id, model, pairs in _pairs_by_type():
        for locale_id, target_id, problem in _problems_of_targets(model, type_id, pairs, scopes):
            grouped[problem, type_id, locale_id].append(target_id)
    groups: dict[LinkProblem, Q] = {}
    for (problem, type_id, locale_id), target_ids in grouped.items():
        condition = Q(target_type=type_id, locale=locale_id, target_id__in=target_ids)
        groups[problem] = groups.get(problem, Q()) | condition
    return groups


def _pairs_by_type() -> Iterator[tuple[int, Any, list[LocaleAndTarget]]]:
    rows = ContentLink.objects.values_list("target_type", "locale", "target_id").distinct()
    pairs: dict[int, list[LocaleAndTarget]] = defaultdict(list)
    for type_id, locale_id, target_id in rows.order_by():
        pairs[type_id].append((locale_id, target_id))
    for type_id, found in pairs.items():
        yield type_id, ContentType.objects.get_for_id(type_id).model_class(), found


def _problems_of_targets(
    model: Any, type_id: int, pairs: list[LocaleAndTarget], scopes: list[PublicScope]
) -> Iterator[tuple[int, int, LinkProblem]]:
    wanted = ContentLink.objects.filter(target_type=type_id).values("target_id")
    if issubclass(model, Page):
        families = _families(_page_members(wanted, scopes))
    elif issubclass(model, BaseSnippet):
        families = _families(_snippet_members(model, wanted))
    else:
        private = scopes[0].private_collections if scopes else []
        files = dict(model.objects.filter(pk__in=wanted).values_list("pk", "collection"))
        faulty: Any = ()
        if issubclass(model, get_image_model()):
            faulty = set(ImageFault.objects.values_list("pk", flat=True))
        for locale_id, target_id in pairs:
            if target_id not in files:
                yield locale_id, target_id, LinkProblem.GONE
            elif files[target_id] in private:
                yield locale_id, target_id, LinkProblem.PRIVATE
            elif target_id in faulty:
                yield locale_id, target_id, LinkProblem.UNSHOWABLE
        return
    for locale_id, target_id in pairs:
        problem = _problem_of(families.get(target_id), target_id, locale_id)
        if problem:
            yield locale_id, target_id, problem


def _problem_of(
    family: list[LinkedObject] | None, target_id: int, locale_id: int
) -> LinkProblem | None:
    """Return the problem of a link from content in a locale to one of a family of translations."""
    if family is None:
        return LinkProblem.GONE
    chosen = next(member for member in family if member.pk == target_id)
    own = next((member for member in family if member.locale_id == locale_id), None)
    if own and own.is_public:
        return None if own is chosen else LinkProblem.OTHER_LANGUAGE
    if chosen.is_public:
        return LinkProblem.UNTRANSLATED
    return LinkProblem.PRIVATE if (own or chosen).is_private else LinkProblem.UNPUBLISHED


def _page_members(wanted: Any, scopes: list[PublicScope]) -> Iterator[tuple[Any, LinkedObject]]:
    nothing = Q(pk__in=[])
    public = reduce(or_, (scope.public_q for scope in scopes), nothing)
    published = reduce(or_, (scope.published_q for scope in scopes), nothing)
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    pages = Page.objects.filter(translation_key__in=Subquery(keys)).annotate(
        is_public=ExpressionWrapper(public, output_field=BooleanField()),
        is_published=ExpressionWrapper(published, output_field=BooleanField()),
    )
    for page in pages.order_by().only("translation_key", "locale_id"):
        is_private = page.is_published and not page.is_public
        yield (
            page.translation_key,
            LinkedObject(page.pk, page.locale_id, page.is_public, is_private),
        )


def _snippet_members(model: Any, wanted: Any) -> Iterator[tuple[Any, LinkedObject]]:
    keys = model.objects.filter(pk__in=wanted).values("translation_key")
    snippets = model.objects.filter(translation_key__in=Subquery(keys)).order_by()
    for snippet in snippets.only("translation_key", "locale_id", "live", "expire_at"):
        yield (
            snippet.translation_key,
            LinkedObject(snippet.pk, snippet.locale_id, is_live(snippet), is_private=False),
        )


def _families(members: Iterator[tuple[Any, LinkedObject]]) -> dict[int, list[LinkedObject]]:
    """Return each object's translations, including itself, by its id."""
    by_key: dict[Any, list[LinkedObject]] = defaultdict(list)
    for key, member in members:
        by_key[key].append(member)
    return {member.pk: family for family in by_key.values() for member in family}
