"""Telling the network, and knowing whether it has heard."""

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
# What a proxy answers that had no copy to drop.
NOTHING_THERE: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED)


class NotPurged(Exception):
    """The network may still have copies that it should have dropped."""


def send(urls: Iterable[str]) -> None:
    """Let every configured network drop its copies of some addresses.

    Raises NotPurged where one of them has perhaps not done so.
    """
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

    Takes `LOCATION`, the address of the proxy. Raises NotPurged where it does not answer.
    """

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        request = PurgeRequest(
            urlunsplit((self.cache_scheme, self.cache_netloc, parts.path, parts.query, "")),
            headers={"Host": parts.netloc, "User-Agent": "Samtal"},
        )
        try:
            # Without the proxies that the environment may name.
            build_opener(ProxyHandler({})).open(request, timeout=SECONDS).close()
        except HTTPError as error:
            error.close()
            if error.code not in NOTHING_THERE:
                raise NotPurged(f"{url}: HTTP {error.code}") from error
        except (URLError, OSError) as error:
            raise NotPurged(f"{url}: {error}") from error


@contextmanager
def _errors_raised(name: str) -> Iterator[None]:
    """Wagtail's backends for Cloudflare and CloudFront tell of most failures in their log, and
    nowhere else."""
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
    if listener.heard:
        raise NotPurged(f"{name}: {listener.heard}")


class _ErrorListener(logging.Handler):
    """Notes the first error that this thread logs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard = ""
        self._thread = threading.get_ident()

    def emit(self, record: Any) -> None:
        if record.thread == self._thread and not self.heard:
            self.heard = record.getMessage()
