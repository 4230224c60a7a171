"""WSGI application for production servers."""

import os
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")


def served(django: Callable[..., Any]) -> Callable[..., Any]:
    """Put the cache of answers in front of Django's application, and the choice of a form."""
    # Imported late: they import models, which need a configured Django.
    cache: Callable[..., Any] = import_string("cms.caching.wsgi_cache.WsgiCache")
    negotiation: Callable[..., Any] = import_string("cms.discovery.negotiation.MarkdownNegotiation")
    return negotiation(cache(django))


application = served(get_wsgi_application())
