"""Caches facts of a whole site, such as its locales, for as long as its content does not change."""

from collections.abc import Hashable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

Facts = dict[Hashable, Any]

_latest: tuple[Hashable, Facts] = (None, {})


def facts_of(version: Hashable | None) -> Facts:
    """Return the facts found at a content version, to which the caller adds.

    Takes the `content_version` that `cms.caching` set on the request before any content was read.
    None means that the version is not known: the facts are then empty and are not kept. A process
    keeps the facts of one version. Their number must be bounded by the site's own content, never
    by what visitors can type.
    """
    global _latest
    if version is None:
        return {}
    latest = _latest
    if latest[0] != version:
        latest = _latest = (version, {})
    return latest[1]


def site_of(request: HttpRequest, facts: Facts) -> Site | None:
    """Return the site of a request; a fact for hosts in the settings, not for invented ones."""
    host, _port = split_domain_port(request.get_host())
    if host not in settings.ALLOWED_HOSTS:
        return Site.find_for_request(request)
    key = ("site", host, request.get_port())
    if key not in facts:
        facts[key] = Site.find_for_request(request)
    site: Site | None = facts[key]
    return site


def reset() -> None:
    """Forget all facts, as in a new process; for tests."""
    global _latest
    _latest = (None, {})
