"""How many queries an answer takes that is made anew, in a process that has made it before."""

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .addresses import LIST, PAGE, WEB


def count() -> dict[str, int]:
    settings.RESPONSE_CACHE = False
    client = Client(headers={"host": "127.0.0.1", "x-forwarded-proto": "https"})
    found = {}
    for name, address in {"detail": PAGE, "list": LIST, "web": WEB}.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found[name] = len(queries)
    settings.RESPONSE_CACHE = True
    return found
