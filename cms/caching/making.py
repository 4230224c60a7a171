"""Makes the answers at the site's own addresses that no process has yet, or that have changed."""

import io
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db.models import Count
from wagtail.models import Page, ReferenceIndex, Site

from cms.core.typed_addresses import parts_of
from cms.journal.url_builders import AffectedContent, urls_of
from cms.public.page_paths import absolute_url, page_path
from cms.public.visibility import PublicScope

from .codings import BROTLI
from .middleware import MADE_ANEW

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
# Of how many pages the addresses are listed at once.
PAGES_AT_ONCE: Final = 200


def own_addresses(site: Site) -> Iterator[str]:
    """Yield the paths and queries of a site that networks are told of, the most linked first.

    First menus and lists of all languages, then each page with its answers of the API.
    """
    scope = PublicScope(site)
    codes = frozenset(locale.language_code for locale in scope.locales.values())
    yield from sorted(urls_of(AffectedContent({}, codes)))
    keys = _most_linked_first(scope)
    while keys:
        some, keys = keys[:PAGES_AT_ONCE], keys[PAGES_AT_ONCE:]
        # Some may be hidden by now.
        pages = PublicScope(site).pages().in_bulk(some)
        for page in (pages[key] for key in some if key in pages):
            yield from sorted(urls_of(AffectedContent({page_path(page): page.pk}, frozenset())))


def make_all(application: Application, rest: float) -> Iterator[bool]:
    """Ask for every own address of every site, and yield whether each answer was made anew.

    Takes the WSGI application, and how long to pause after an answer that was made anew, as a
    multiple of the time that it took: so readers keep the machine.
    """
    for site in Site.objects.select_related("root_page"):
        for address in own_addresses(site):
            started = time.monotonic()
            made = _ask(application, site, address)
            yield made
            if made:
                time.sleep(rest * (time.monotonic() - started))


def _most_linked_first(scope: PublicScope) -> list[int]:
    pages = dict.fromkeys(scope.pages().order_by("path").values_list("pk", flat=True), 0)
    counted = (
        ReferenceIndex.objects.filter(to_content_type__model="page")
        .values_list("to_object_id")
        .annotate(number=Count("pk"))
    )
    for key, number in counted.filter(to_content_type__app_label=Page._meta.app_label):
        if int(key) in pages:
            pages[int(key)] = number
    return sorted(pages, key=lambda key: -pages[key])


def _ask(application: Application, site: Site, address: str) -> bool:
    parts = parts_of(absolute_url(site, ""))
    path, _mark, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        # As WSGI has it (PEP 3333): the bytes of the path as characters.
        "PATH_INFO": path.encode().decode("iso-8859-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or {"https": 443}.get(parts.scheme, 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": parts.netloc,
        "HTTP_ACCEPT_ENCODING": BROTLI,
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    response = application(environ, lambda *_status_and_headers: None)
    if close := getattr(response, "close", None):
        close()
    return MADE_ANEW in environ
