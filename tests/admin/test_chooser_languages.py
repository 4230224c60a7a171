"""A chooser makes nothing in a language that does not exist."""

from typing import Any

import pytest
from django.test import Client

from faq.models import FaqEntry


@pytest.mark.parametrize(
    ("place", "method"), [("", "get"), ("results/", "get"), ("create/", "get"), ("create/", "post")]
)
@pytest.mark.parametrize("kind", ["faq/faqentry", "pages/selftestcalltoaction"])
def test_an_unknown_language_is_not_found(
    admin_client: Client, site: Any, kind: str, place: str, method: str
) -> None:
    app, model = kind.split("/")
    before = FaqEntry.objects.count()
    address = f"/admin/snippets/choose/{app}/{model}/{place}"
    answer = getattr(admin_client, method)(f"{address}?locale=xx")
    assert answer.status_code == 404
    assert FaqEntry.objects.count() == before
