"""A table of what each endpoint costs: queries, milliseconds and bytes, all from one run.

`make figures` runs this on the demo site's database, in this process, without a server between and
with the response cache off. Milliseconds are medians and differ from machine to machine; the last
column says how many times the first row's median each is. Wagtail's own APIs are asked for the
same page and list.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

import django
from django.conf import settings
from django.test import Client

ROUNDS = 40
API = "/api/delivery/v1/"


def addresses(page_id: int, faq_id: int) -> dict[str, str]:
    return {
        "page by path": f"{API}pages/by-path/?path=/en/therapy-methods/ipt/",
        "page by id": f"{API}pages/{page_id}/",
        "page as Markdown": f"{API}pages/{page_id}/?rich_text=markdown",
        "FAQ page": f"{API}pages/{faq_id}/",
        "pages, 20": f"{API}pages/?locale=en",
        "whole pages, 20": f"{API}pages/?locale=en&include=content",
        "export": f"{API}export/?locale=en",
        "urls, 20": f"{API}urls/",
        "redirects": f"{API}redirects/",
        "methods of a concern": f"{API}pages/?locale=en&type=therapy_method&concern=grief",
        "questions, 20": f"{API}faqs/?locale=en",
        "topics": f"{API}faqs/topics/?locale=en",
        "calls to action": f"{API}self-test-ctas/?locale=en",
        "concerns": f"{API}concerns/?locale=en",
        "navigation": f"{API}navigation/?locale=en",
        "locales": f"{API}locales/",
        "search": f"{API}search/?locale=en&q=therapy",
        "changes": f"{API}changes/?since=0",
        "web page": "/en/therapy-methods/ipt/",
        "Wagtail v2, same page": f"/api/v2/pages/{page_id}/",
        "Wagtail v2, 20 pages": "/api/v2/pages/?limit=20&fields=*",
        "Wagtail v3, same page": f"/api/v3-preview/pages/{page_id}/",
        "Wagtail v3, 20 pages": "/api/v3-preview/pages/?limit=20",
    }


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows() -> Iterator[tuple[str, int, float, int]]:
    """Name, queries, median milliseconds and bytes of every endpoint."""
    from django.contrib.auth import get_user_model
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import APIToken, Page

    page, faq = (Page.objects.get(slug=slug, locale__language_code="en") for slug in ("ipt", "faq"))
    with transaction.atomic():
        user = get_user_model().objects.create_superuser("figures")
        _token, secret = APIToken.create_token(user=user, name="figures")
        client = Client(headers={"host": "localhost", "authorization": f"Bearer {secret}"})
        for name, address in addresses(page.pk, faq.pk).items():
            response = client.get(address, follow=True)
            if response.status_code != 200:
                sys.exit(f"{address} answers {response.status_code}")
            with CaptureQueriesContext(connection) as queries:
                size = len(body(client.get(address)))
            asked = len(queries)
            times = []
            for _round in range(ROUNDS):
                start = time.perf_counter()
                body(client.get(address))
                times.append((time.perf_counter() - start) * 1000)
            yield name, asked, statistics.median(times), size
        transaction.set_rollback(True)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    settings.DEBUG = False
    settings.RESPONSE_CACHE = False
    first = None
    print(f"{'':24}{'queries':>8}{'ms':>8}{'bytes':>9}{'ratio':>7}")
    for name, queries, median, size in rows():
        first = first or median
        print(f"{name:24}{queries:8}{median:8.1f}{size:9}{median / first:7.2f}")


if __name__ == "__main__":
    main()
