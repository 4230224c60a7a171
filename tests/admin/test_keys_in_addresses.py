"""An address of the admin whose key is no key is not there; a method that it lacks is refused."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.admin_urls import urlpatterns
from tests.review.desk import edit_url
from tests.translation.desk.reading import log_in

NAMES = {"app_label": "faq", "model_name": "faqentry"}
METHODS = ("get", "post", "put", "patch", "delete", "options")


def addresses(patterns: Iterable[Any], start: str = "/admin/") -> Iterator[str]:
    """Yield the address of each view that takes keys as text."""
    for each in patterns:
        route = getattr(each.pattern, "_route", None)
        if route is not None and isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, start + route)
        elif route is not None and isinstance(each, URLPattern) and "<str:" in route:
            yield start + route


def filled(address: str) -> str:
    parts = []
    for part in address.split("/"):
        kind, _colon, name = part.strip("<>").rpartition(":")
        key = NAMES.get(name) or ("1" if kind == "int" else "x")
        parts.append(key if part.startswith("<") else part)
    return "/".join(parts)


def test_a_key_that_is_no_number_is_not_found(admin_client: Client) -> None:
    admin_client.raise_request_exception = False
    found = {filled(address) for address in addresses(urlpatterns)}
    assert "/admin/localize/submit/snippet/faq/faqentry/x/" in found
    failed = []
    for url in sorted(found):
        with transaction.atomic():
            status = admin_client.get(url).status_code
            transaction.set_rollback(True)
        if status >= 500:
            failed.append(url)
    assert not failed


@pytest.mark.parametrize("method", METHODS)
def test_the_views_of_a_translation_answer_every_method(admin_client: Client, method: str) -> None:
    translation = Translation.objects.filter(source__specific_content_type__app_label="pages")[0]
    admin_client.raise_request_exception = False
    send = getattr(admin_client, method)
    for start in ("/admin/localize/translate/", "/admin/translations/"):
        for end in ("preview/", "preview/x/", "disable/", "versions/"):
            assert send(f"{start}{translation.pk}/{end}").status_code < 500, (start, end)


def test_a_snippet_is_not_deleted_by_a_method_that_asks_nothing(admin_client: Client) -> None:
    topic = "/admin/snippets/faq/faqtopic/delete/1/"
    assert admin_client.delete(topic).status_code == 405


def test_the_page_of_a_server_error_speaks_the_language_of_the_editor(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    client = log_in("admin")
    client.raise_request_exception = False
    page = Page.objects.get(slug="hem", locale__language_code="sv")
    monkeypatch.setattr("cms.review.editor_hooks.before_edit", fail)
    monkeypatch.setattr(Page, "get_lock", fail)
    answer = client.get(edit_url(page))
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
