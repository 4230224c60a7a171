"""The first page of the admin lists what waits for a reviewer, each with a button to approve."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from cms.review.models import Approval, ReviewerTitle
from pages.models import SelfTestCallToAction

from .desk import edit_url, method, put_in_review, write

pytestmark = pytest.mark.django_db
NEW = "En mening som ska granskas."


def invitation() -> SelfTestCallToAction:
    return SelfTestCallToAction.objects.filter(locale__language_code="sv").first()


def in_review(content: Any) -> Any:
    field = "introduction" if isinstance(content, Page) else "text"
    return put_in_review(content, **{field: f"<p>{NEW}</p>"})


def row(client: Client, content: Any) -> Any:
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    rows = page.select("tr:has(.waiting-actions)")
    return next((each for each in rows if each.find("a", href=edit_url(content))), None)


@pytest.mark.parametrize("make", [method, invitation])
def test_the_button_in_the_row_approves_once(reviewer: Client, make: Any) -> None:
    content = in_review(make())
    form = row(reviewer, content).select_one("form[method=post]")
    assert form.button.em.get_text() == "Godkänn"
    for _press in range(2):
        assert reviewer.post(form["action"], {"next": "/admin/"})["Location"] == "/admin/"
    fresh = type(content).objects.get(pk=content.pk)
    assert not fresh.has_unpublished_changes
    assert Approval.of_any_content(fresh).filter(revision=fresh.live_revision).count() == 1
    assert row(reviewer, content) is None


def test_it_approves_nothing_that_has_changed_since(reviewer: Client) -> None:
    page = in_review(method())
    form = row(reviewer, page).select_one("form[method=post]")
    write(page, "admin", introduction="<p>Något helt annat.</p>")
    reviewer.post(form["action"], {"next": "/admin/"})
    fresh = method()
    assert fresh.workflow_in_progress
    assert "Något helt annat." not in fresh.introduction


def test_the_form_is_opened_where_it_asks_for_the_title(reviewer: Client) -> None:
    page = in_review(method())
    ReviewerTitle.objects.all().delete()
    waiting = row(reviewer, page)
    assert waiting.select_one("form") is None
    button = waiting.select_one("button.button-small")
    assert button.has_attr("data-launch-modal")
    assert "/approve/" in button["data-workflow-action-url"]


def test_own_texts_are_not_listed(reviewer: Client) -> None:
    page = method()
    write(page, "reviewer", introduction=f"<p>{NEW}</p>")
    assert row(reviewer, put_in_review(page)) is None
