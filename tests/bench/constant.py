"""The framework's own limit: a Django application whose views give the same bytes each time.

No middleware, no database and no session: what Django does for any request whatever, behind the
same server. The folder that `BENCH_BODIES` names holds the bodies.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

TYPES = {".json": "application/json; charset=utf-8", ".html": "text/html; charset=utf-8"}
BODIES = {file.name: file.read_bytes() for file in Path(os.environ["BENCH_BODIES"]).iterdir()}


def constant(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(BODIES[name], content_type=TYPES[Path(name).suffix])


urlpatterns = [path("<name>", constant)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
application = WSGIHandler()
