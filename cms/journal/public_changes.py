"""Turns rows of the journal into changes that the public of a site may know of."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from cms.public.page_paths import page_path
from cms.public.schemas import PublicSchema
from cms.public.visibility import PublicScope

from .affected_pages import AffectedPages, DependencyResolver, Placement
from .models import Action, ContentChange, Kind, Reach
from .public_view import PublicView


class PublicChange(PublicSchema):
    """A change as the public of a site may know it: an item of the feed, the data of a message."""

    version: int
    time: datetime
    action: Action
    kind: Kind
    type: str = Field(description="The API's name of a page type, or else the model's.")
    id: int
    locale: str | None = Field(
        description="The language of what changed; null where it has none, or where everything "
        "may differ in every language."
    )
    path: str | None = Field(
        description="After unpublished, deleted, restricted and moved: the old path, to be "
        "dropped, for a page with everything below it. Otherwise where the page or redirect is."
    )
    paths: list[str] = Field(
        description="Public pages that may look different because of the change."
    )
    everything: bool = Field(
        description="True where any page may differ, in `locale` or, without one, in every "
        "language; `paths` is empty then."
    )


def public_changes(changes: Sequence[ContentChange], scope: PublicScope) -> list[PublicChange]:
    """Return the changes that the public of a site may know of, in their order.

    A change of an object that the public cannot read now is left out, unless this very change
    took it away. The number of queries does not depend on the number of changes.
    """
    languages = {key: locale.language_code for key, locale in scope.locales.items()}
    resolver = DependencyResolver(Placement.declared(), languages)
    affected = resolver.resolve(changes)
    now = PublicView(scope, affected, resolver.groups)
    return [_public_change(each, now) for each in affected if now.may_report(each.change)]


def _public_change(each: AffectedPages, now: PublicView) -> PublicChange:
    change = each.change
    pages = now.pages_of(each)
    everything = bool(each.frames) or change.reach in (Reach.LOCALE, Reach.SITE)
    locale: str | None = change.locale or None
    if everything:
        languages = each.frames | {now.language_of(page) for page in pages}
        if change.reach == Reach.SITE or languages - {locale}:
            locale = None
    return PublicChange(
        version=change.version,
        time=change.time,
        action=Action(change.action),
        kind=Kind(change.kind),
        type=change.type,
        id=change.object_id,
        locale=locale,
        path=_path(change, now),
        paths=[] if everything else sorted(page_path(page) for page in pages),
        everything=everything,
    )


def _path(change: ContentChange, now: PublicView) -> str | None:
    if change.withdrawn and now.was_on_site(change):
        return change.path or None
    if change.kind == Kind.REDIRECT:
        return str(now.redirects[change.object_id].old_path)
    if change.kind == Kind.PAGE and change.action != Action.MOVED:
        return page_path(now.pages[change.object_id])
    return None
