"""The framework's own limit: a Django application whose one view gives the same bytes each time.

No middleware and no database: what Django itself does for any request, behind the same server.
The bytes are those of the file that `BENCH_BODY` names.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY, content_type=os.environ["BENCH_TYPE"])


urlpatterns = [path("", constant)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
application = WSGIHandler()
