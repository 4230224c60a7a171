"""A table of what each endpoint costs: queries, milliseconds and bytes, all from one run.

`make figures` runs this on the demo site's database, in this process, without a server between and
with the response cache off: each answer is made anew in a process that has made it before.
Milliseconds are medians and differ from machine to machine; "ratio" says how many times the first
row's median each is. The last column has the bytes that are sent to readers who accept brotli.
Wagtail's own APIs are asked for the same page and list.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.test import Client

from .report import put_between

ROUNDS = 20
API = "/api/delivery/v1/"
STOCK = "/api/v3-preview/"
HEADINGS = ("queries", "ms", "ratio", "bytes", "brotli")
# One English page of each type.
PAGES = {
    "home page": "/en/",
    "index of methods": "/en/therapy-methods/",
    "method": "/en/therapy-methods/ipt/",
    "FAQ page": "/en/faq/",
    "self-test": "/en/self-test/",
    "content page": "/en/contact/",
}


@dataclass(frozen=True)
class Cost:
    name: str
    queries: int
    milliseconds: float
    size: int
    compressed: int

    def cells(self, first: "Cost") -> tuple[str, ...]:
        ratio = self.milliseconds / first.milliseconds
        return (
            f"{self.queries}",
            f"{self.milliseconds:.1f}",
            f"{ratio:.2f}",
            f"{self.size:,}",
            f"{self.compressed:,}",
        )


def addresses(page_id: int) -> dict[str, str]:
    return {
        **{f"{name}, API": f"{API}pages/by-path/?path={path}" for name, path in PAGES.items()},
        **{f"{name}, HTML": path for name, path in PAGES.items()},
        "method by id": f"{API}pages/{page_id}/",
        "method as Markdown": f"{API}pages/{page_id}/?rich_text=markdown",
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
        "Wagtail v2, method": f"/api/v2/pages/{page_id}/",
        "Wagtail v2, 20 pages": "/api/v2/pages/?limit=20&fields=*",
        "Wagtail v3, method": f"{STOCK}pages/{page_id}/",
        "Wagtail v3, 20 pages": f"{STOCK}pages/?limit=20",
    }


def costs() -> Iterator[Cost]:
    from django.contrib.auth import get_user_model
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import APIToken, Page

    from cms.caching.codings import BROTLI, encode

    page = Page.objects.get(slug="ipt", locale__language_code="en")
    with transaction.atomic():
        user = get_user_model().objects.create_superuser("figures")
        _token, secret = APIToken.create_token(user=user, name="figures")
        reader = Client(headers={"host": "localhost"})
        holder = Client(headers={"host": "localhost", "authorization": f"Bearer {secret}"})
        for name, address in addresses(page.pk).items():
            client = holder if address.startswith(STOCK) else reader
            if (status := client.get(address).status_code) != 200:
                sys.exit(f"{address} answers {status}")
            with CaptureQueriesContext(connection) as queries:
                body = _body(client.get(address))
            asked = len(queries)
            times = []
            for _round in range(ROUNDS):
                start = time.perf_counter()
                _body(client.get(address))
                times.append((time.perf_counter() - start) * 1000)
            yield Cost(name, asked, statistics.median(times), len(body), len(encode(body, BROTLI)))
        transaction.set_rollback(True)


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def main() -> None:
    parser = argparse.ArgumentParser(prog="make figures", description=__doc__)
    parser.add_argument("--markdown", type=Path, help="write the table into this document")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    settings.DEBUG = False
    settings.RESPONSE_CACHE = False
    # A host of the site's own, as in production, so that it is not looked for each time.
    settings.ALLOWED_HOSTS = ["localhost"]
    rows = list(costs())
    print(f"{'':24}" + "".join(f"{heading:>10}" for heading in HEADINGS))
    for row in rows:
        print(f"{row.name:24}" + "".join(f"{cell:>10}" for cell in row.cells(rows[0])))
    if options.markdown:
        lines = [f"| | {' | '.join(HEADINGS)} |", "|---" + "|---:" * len(HEADINGS) + "|"]
        lines += [f"| {row.name} | {' | '.join(row.cells(rows[0]))} |" for row in rows]
        put_between(options.markdown, "figures", "\n".join(lines))


if __name__ == "__main__":
    main()
