"""The WSGI application that a production server runs."""

import os
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")


def served(django: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap Django's application in the front; the server and the tests call the result."""
    # The front reads models, which are there only when Django is set up.
    front: Callable[..., Any] = import_string("cms.caching.front.Front")
    return front(django)


application = served(get_wsgi_application())
