"""Resolves editors' redirects, for addresses of the site and for `by-path/` of the API."""

from dataclasses import dataclass
from http import HTTPStatus
from itertools import product
from unicodedata import normalize
from urllib.parse import unquote

from django.http import (
    HttpRequest,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin
from django.utils.encoding import escape_uri_path, iri_to_uri, uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.core.typed_addresses import is_address, parts_of

from .cache_headers import asked_query
from .nodes import list_node, name_node, redirect_node
from .page_paths import find_page, page_path
from .visibility import PublicScope


@dataclass(frozen=True)
class RedirectTarget:
    """The target of a redirect."""

    location: str
    is_permanent: bool


def find_redirect(path: str, query: str, scope: PublicScope) -> RedirectTarget | None:
    """Return the target of the redirect that an editor made for an address, or None.

    Takes the decoded path, and the query as it was sent. A redirect of the address with its query
    precedes one without, and one of the site precedes one of all sites. A page that is not public
    is no target: its address would reveal its title. Redirects that lead back to one another lead
    nowhere.
    """
    target = _stored_target(path, query, scope)
    step, met = target, {target}
    while step and (own := own_address(step.location, scope.site)):
        step = _stored_target(unquote(own[0]), own[1], scope)
        if step and find_page(unquote(own[0]), scope):
            break
        if step in met:
            return None
        met.add(step)
    return target


def is_location(text: str) -> bool:
    """Return whether browsers can be sent to a text: a path, or an address of the web."""
    scheme = parts_of(text).scheme
    return is_address(text) and (not scheme or scheme in HttpResponseRedirect.allowed_schemes)


def own_address(location: str, site: Site) -> tuple[str, str] | None:
    """Return the path and query of a location on the site, None for one elsewhere."""
    parts = parts_of(location)
    root = parts_of(site.root_url)
    is_own = not parts.netloc or (parts.scheme, parts.netloc) == (root.scheme, root.netloc)
    return (parts.path or "/", parts.query) if is_own else None


def _stored_target(path: str, query: str, scope: PublicScope) -> RedirectTarget | None:
    if "\0" in path + query:
        return None
    spellings = _spellings(path, query)
    scope.note(*map(redirect_node, spellings))
    # A page that comes to the address goes before.
    scope.note(*(list_node(Page, key) for key in scope.locales))
    stored = min(
        Redirect.get_for_site(scope.site).filter(old_path__in=spellings),
        key=lambda redirect: (spellings.index(redirect.old_path), redirect.site_id is None),
        default=None,
    )
    if stored is None:
        return None
    if stored.redirect_page_id is None:
        location = stored.redirect_link
        if not is_location(location):
            return None
    else:
        page = scope.pages().filter(pk=stored.redirect_page_id).first()
        if page is not None:
            scope.note(name_node(page.translation_key, page.locale_id))
        location = page_path(page) if page else ""
    return RedirectTarget(location, stored.is_permanent) if location else None


class RedirectMiddleware(MiddlewareMixin):
    """Answers 404 responses with an editor's redirect where there is one."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code != HTTPStatus.NOT_FOUND or not Site.find_for_request(request):
            return response
        scope = PublicScope.for_request(request)
        target = find_redirect(request.path, _query_of(request), scope)
        if target is None:
            return response
        kind = HttpResponsePermanentRedirect if target.is_permanent else HttpResponseRedirect
        return kind(target.location)


def _query_of(request: HttpRequest) -> str:
    """Return the query as it was sent; the response cache may have removed parameters."""
    return asked_query(request).encode("iso-8859-1").decode(errors="replace")


def _spellings(path: str, query: str) -> list[str]:
    """Return the spellings under which a redirect may be stored, the most exact first.

    Wagtail stores what was typed or pasted, with its query sorted, and decodes only escapes of
    letters: a space may be "%20" or a space, and "å" one character or an "a" with a ring.
    """
    found: list[str] = []
    spelt = [
        "/" + form.lstrip("/") for form in (path, normalize("NFC", path), normalize("NFD", path))
    ]
    for part, shown in product((query, "") if query else ("",), spelt):
        sent = escape_uri_path(shown) + (f"?{iri_to_uri(part)}" if part else "")
        found += [
            Redirect.normalise_path(sent),
            Redirect.normalise_path(uri_to_iri(sent)),
            Redirect.normalise_path(sent, decode_unicode=False),
        ]
        if not set(shown) & set("?#"):
            # With escapes decoded, unless the decoded character would end the path.
            _path, mark, rest = found[-3].partition("?")
            found.append((shown.rstrip("/") or "/") + mark + rest)
    return list(dict.fromkeys(found))
