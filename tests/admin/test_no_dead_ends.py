"""Every link on the admin's main screens works for the role that sees it."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from pages.models import SelfTestCallToAction
from tests.review.desk import edit_url, form_of, method, submit

pytestmark = pytest.mark.django_db

# Wagtail's choosers link to what is chosen without asking who reads.
CHOOSER = "[data-chooser-edit-link]"
# And its explorer links from "draft" to the draft, also where somebody may only translate it.
SKIPPED = re.compile(
    r"/admin/(logout|bulk|choose|reports/translations)|/delete/|/unpublish/|/view_draft/"
)


@pytest.fixture(autouse=True)
def review_suspended() -> None:
    """Nothing is suspended here."""


def client_of(username: str) -> Client:
    users = get_user_model().objects
    user = users.filter(username=username).first()
    if user is None:
        user = users.create_user(username)
        user.groups.set(Group.objects.filter(name="Publishers"))
    client = Client()
    client.force_login(user)
    return client


def in_review() -> list[Any]:
    """A page and an invitation that wait for a reviewer."""
    editor = client_of("editor")
    found: list[Any] = [
        method(),
        SelfTestCallToAction.objects.filter(locale__language_code="sv")[0],
    ]
    for content in found:
        field = "introduction" if isinstance(content, Page) else "text"
        submit(editor, content, **{field: rich_text("<p>Nytt.</p>")})
    return found


def shown(response: Any) -> set[str]:
    """Return the URLs of the visible links and buttons of a screen."""
    page = BeautifulSoup(response.content, "html.parser")
    found = {link["href"] for link in page.select(f"main a[href]:not({CHOOSER}), header a[href]")}
    # What Wagtail hides in a template is shown by script: the menu and the lists of actions.
    for part in page.select("template"):
        inside = BeautifulSoup(part.decode_contents(), "html.parser")
        found |= {link["href"] for link in inside.select(f"a[href]:not({CHOOSER})")}
    found |= {
        button["data-workflow-action-modal-url"]
        for button in page.select("[data-workflow-action-modal-url]")
    }
    found |= set(re.findall(r'"url": ?"(/admin/[^"]*)"', response.content.decode()))
    return {link.split("#")[0] for link in found if link.startswith("/admin/")}


def refused(client: Client, screens: list[str]) -> list[tuple[str, str]]:
    """The links of some screens that lead nowhere, one of each kind."""
    found, kinds = [], set()
    for screen in screens:
        response = client.get(screen)
        if response.status_code != 200:
            continue
        kinds.add(re.sub(r"\d+", "N", screen))
        for link in sorted(shown(response)):
            kind = re.sub(r"\d+", "N", link.split("?")[0])
            if kind in kinds or SKIPPED.search(link):
                continue
            kinds.add(kind)
            answer = client.get(link)
            denied = answer.status_code == 302 and answer["Location"] == "/admin/"
            if denied or answer.status_code >= 400:
                found.append((screen, link))
    return found


@pytest.mark.parametrize(
    "username",
    [
        "reviewer",
        *(
            pytest.param(username, marks=pytest.mark.full)
            for username in ("editor", "publisher", "translator", "translator-sv")
        ),
    ],
)
def test_no_link_of_the_main_screens_refuses(username: str) -> None:
    page, cta = in_review()
    english = method("ipt", "en")
    client = client_of(username)
    screens = [
        "/admin/",
        edit_url(page),
        edit_url(cta),
        edit_url(english),
        f"/admin/pages/{page.get_parent().pk}/",
        "/admin/snippets/pages/selftestcalltoaction/",
        "/admin/reports/reviews/",
        "/admin/account/",
    ]
    assert refused(client, screens) == []


def test_nor_does_what_is_shown_after_a_decision() -> None:
    page, cta = in_review()
    client = client_of("reviewer")
    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    for content in (page, cta):
        data = form_of(client, content) | decision
        after = client.post(edit_url(content), data, follow=True)
        assert after.status_code == 200
        assert "rättigheter" not in after.content.decode()
        assert refused(client, [after.redirect_chain[-1][0]]) == []
