"""Sends purges to the configured networks, and raises where one may have failed."""

import logging
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import ProxyHandler, build_opener

from cms.upstream.backends import HTTPBackend, PurgeRequest, purge_backends

SECONDS: Final = 10.0
# The answers of a proxy that had no copy.
NO_COPY: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED)


class NotPurged(Exception):
    """A network may still have copies that were to be purged."""


def send(urls: Iterable[str]) -> None:
    """Purge some URLs from every configured network; raises NotPurged where one may have failed."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in sorted(urls):
        by_host[urlsplit(url).netloc].append(url)
    for name, backend in purge_backends().items():
        for host, its_urls in by_host.items():
            if backend.invalidates_hostname(host):
                with _errors_raised(name):
                    backend.purge_batch(its_urls)


class PurgeBackend(HTTPBackend):
    """Wagtail's backend for Varnish and other proxies that understand PURGE, with a time-out.

    The setting `LOCATION` is the URL of the proxy. Raises NotPurged where it does not answer.
    """

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        request = PurgeRequest(
            urlunsplit((self.cache_scheme, self.cache_netloc, parts.path, parts.query, "")),
            headers={"Host": parts.netloc, "User-Agent": "Samtal"},
        )
        try:
            # Without proxies from the environment.
            build_opener(ProxyHandler({})).open(request, timeout=SECONDS).close()
        except HTTPError as error:
            error.close()
            if error.code not in NO_COPY:
                raise NotPurged(f"{url}: HTTP {error.code}") from error
        except (URLError, OSError) as error:
            raise NotPurged(f"{url}: {error}") from error


@contextmanager
def _errors_raised(name: str) -> Iterator[None]:
    """Raise NotPurged for errors that Wagtail's backends for Cloudflare and CloudFront only log."""
    listener = _ErrorListener()
    loggers = [logging.getLogger(), logging.getLogger("wagtail.frontendcache")]
    for logger in loggers:
        logger.addHandler(listener)
    try:
        yield
    except NotPurged:
        raise
    except Exception as error:
        raise NotPurged(f"{name}: {error}") from error
    finally:
        for logger in loggers:
            logger.removeHandler(listener)
    if listener.error:
        raise NotPurged(f"{name}: {listener.error}")


class _ErrorListener(logging.Handler):
    """Remembers the first error that this thread logs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.error = ""
        self._thread = threading.get_ident()

    def emit(self, record: Any) -> None:
        if record.thread == self._thread and not self.error:
            self.error = record.getMessage()
