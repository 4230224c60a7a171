"""Collects the redirects of a site that the public may know of."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from cms.journal.models import Action, ContentChange, Kind
from cms.public.page_paths import find_page_ids, page_path
from cms.public.redirects import is_location, own_address
from cms.public.visibility import PublicScope


@dataclass(frozen=True)
class PublicRedirect:
    """A redirect that visitors can meet: `path` is without the slash at its end."""

    pk: int
    path: str
    location: str
    is_permanent: bool


def public_redirects(scope: PublicScope) -> list[PublicRedirect]:
    """Return the redirects of a site in the order of their paths, once for each content version."""
    return scope.fact("redirects", lambda: _find(scope))


def _find(scope: PublicScope) -> list[PublicRedirect]:
    # Those of the site precede those of all sites.
    stored = {
        redirect.old_path: redirect
        for redirect in sorted(
            Redirect.get_for_site(scope.site), key=lambda redirect: redirect.site_id or 0
        )
    }
    targets = scope.pages().filter(
        pk__in={redirect.redirect_page_id for redirect in stored.values()} - {None}
    )
    paths = {page.pk: page_path(page) for page in targets}
    left = _addresses_left(scope)
    found = []
    for path, redirect in sorted(stored.items()):
        target = redirect.redirect_page_id
        location = redirect.redirect_link if target is None else paths.get(target, "")
        if not location or not is_location(location):
            continue
        if redirect.automatically_created and not _is_below(path, left):
            continue
        found.append(PublicRedirect(redirect.pk, path, location, redirect.is_permanent))
    taken = find_page_ids({_decoded(redirect.path) for redirect in found}, scope)
    known = {redirect.path: redirect for redirect in found if _decoded(redirect.path) not in taken}
    return [redirect for redirect in known.values() if not _leads_back(redirect, known, scope)]


def shown_path(path: str) -> str:
    """Return a stored path as it is sent in a request."""
    address, mark, query = path.partition("?")
    return quote(address, safe="/%:@!$&'()*+,;=~") + mark + quote(query, safe="/%:@!$'()*,;=&+?~")


def _leads_back(
    redirect: PublicRedirect, known: Mapping[str, PublicRedirect], scope: PublicScope
) -> bool:
    """Return whether a redirect leads to itself, or to others that lead to one another."""
    met: set[str] = set()
    step: PublicRedirect | None = redirect
    while step and step.path not in met:
        met.add(step.path)
        own = own_address(step.location, scope.site)
        path = Redirect.normalise_path("?".join(filter(None, own))) if own else ""
        step = known.get(path) or known.get(path.partition("?")[0])
    return step is not None


def _addresses_left(scope: PublicScope) -> frozenset[str]:
    """Return the paths at which the public could read a page until it got another one.

    Wagtail also makes redirects from paths that a draft or a private page had, whose names nobody
    outside may learn.
    """
    here = Q(site_id=None) | Q(site_id=scope.site.pk)
    rows = ContentChange.objects.filter(here, kind=Kind.PAGE, action=Action.MOVED, withdrawn=True)
    return frozenset(_decoded(path) for path in rows.values_list("path", flat=True))


def _is_below(path: str, addresses: frozenset[str]) -> bool:
    parts = _decoded(path).split("/")
    return any("/".join(parts[:end]) in addresses for end in range(2, len(parts) + 1))


def _decoded(path: str) -> str:
    return unquote(path.partition("?")[0]).rstrip("/") or "/"
