"""Tests titles, breadcrumbs, menus, the status panel and locks of the translation desk."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow
from wagtail_localize.models import Translation

from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.conftest import english
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.desk.reading_versions import latest
from tests.translation.desk.test_reviewing import give, workflow
from tests.translation.desk.timing import MARCH

__all__ = ["workflow"]

TITLE = english("Behandling")
SNIPPETS = "/admin/snippets/pages/selftestcalltoaction"


def soup_of(response: Any) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def crumbs(soup: Any) -> list[tuple[str, str]]:
    """The labels and addresses of the breadcrumbs, from the second on."""
    items = soup.find("nav", {"aria-label": "Breadcrumb"}).find_all("a")
    return [(words(item), item["href"]) for item in items][1:]


def menu(soup: Any) -> list[tuple[str, str, str]]:
    """The label, address and icon of each entry of the menu in the header."""
    items = soup.find(id="w-slim-header-buttons").find_all("a")
    return [(words(item), item["href"], item.use["href"].removeprefix("#icon-")) for item in items]


def status(desk: Desk) -> Any:
    return desk.soup.find(attrs={"data-side-panel": "status"})


def lock_switch(desk: Desk) -> tuple[str, bool] | None:
    """The last part of the address that the switch of the lock posts to, and whether it is on."""
    field = status(desk).find("input", {"data-w-action-url-value": True})
    if field is None:
        return None
    address = field["data-w-action-url-value"]
    assert Client().post(address).status_code == 302
    return ("unlock" if "/unlock/" in address else "lock"), field.has_attr("checked")


def own_menu(translation: Translation, original: str) -> list[tuple[str, str, str]]:
    address = f"/admin/translations/{translation.pk}"
    source = translation.source
    comments = f"/admin/translations/comments/{source.object_id}/{source.locale_id}/"
    return [
        ("Edit the original", original, "edit"),
        ("Export as PO", f"{address}/export/po/", "download"),
        ("Export as XLIFF", f"{address}/export/xliff/", "download"),
        ("Import a file", f"{address}/import/", "upload"),
        ("Edit directly instead", f"{address}/edit-directly/", "lock-open"),
        ("Earlier versions", f"{address}/versions/", "history"),
        ("Comments", comments, "comment"),
    ]


def test_a_pages_desk_names_it_and_leads_to_what_can_be_done(
    editor: Client, translator: Client, page: ContentPage, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    key = translation.get_target_instance().pk
    assert words(desk.soup.h1) == f"Translating Content page: {TITLE}"
    assert words(desk.soup.find(id="header-title")) == TITLE
    assert "From Svenska to English" in words(desk.soup.find(class_="desk-head"))
    parent = page.get_parent().get_translation(translation.target_locale)
    assert crumbs(desk.soup) == [
        (parent.title, f"/admin/pages/{parent.pk}/"),
        (TITLE, f"/admin/pages/{key}/"),
    ]
    found = menu(desk.soup)
    assert found[:7] == own_menu(translation, edit_url(page))
    assert ("Delete", f"/admin/pages/{key}/delete/", "bin") in found
    assert f"/admin/pages/{key}/copy/?next=%2Fadmin%2Fpages%2F{key}%2Fedit%2F" in desk.markup
    assert "Edit the original" not in [
        label for label, *_ in menu(Desk(translator, translation).soup)
    ]
    form = desk.soup.find("form", {"data-desk": True})
    assert form["action"] == desk.url
    panel = status(desk)
    assert panel.find("a", string=lambda text: text and "View history" in text)["href"] == (
        f"/admin/pages/{key}/history/"
    )
    switch = panel.find(attrs={"data-controller": "w-dropdown"})
    assert [(words(each), each["href"]) for each in switch.find_all("a")] == [
        ("Svenska", edit_url(page))
    ]
    assert "Locale: English Available in 2 locales" in words(panel)
    assert desk.soup.find(attrs={"data-side-panel": "checks"}) is not None
    assert desk.soup.find("a", {"aria-label": "History"})["href"] == f"/admin/pages/{key}/history/"


def test_a_snippets_desk_names_it_and_leads_to_what_can_be_done(
    editor: Client, translator: Client, cta: SelfTestCallToAction, cta_translation: Translation
) -> None:
    desk = Desk(editor, cta_translation)
    key = cta_translation.get_target_instance().pk
    title = english("Hur mår du?")
    assert words(desk.soup.h1) == f"Translating Self-test call to action: {title}"
    assert crumbs(desk.soup) == [("Self-test calls to action", f"{SNIPPETS}/"), (title, "")]
    assert menu(desk.soup) == [
        *own_menu(cta_translation, edit_url(cta)),
        ("History", f"{SNIPPETS}/history/{key}/", "history"),
        ("Delete", f"{SNIPPETS}/delete/{key}/", "bin"),
    ]
    labels = [label for label, *_ in menu(Desk(translator, cta_translation).soup)]
    assert labels[-1] == "History"
    panel = status(desk)
    links = {words(link): link["href"] for link in panel.find_all("a")}
    assert links["View history"] == f"{SNIPPETS}/history/{key}/"
    assert links["Used 0 times"] == f"{SNIPPETS}/usage/{key}/"
    assert links["Svenska"] == edit_url(cta)
    assert "Status: Live" in words(panel)
    assert desk.soup.find("a", {"aria-label": "History"})["href"] == f"{SNIPPETS}/history/{key}/"


@pytest.mark.parametrize(
    ("view", "title", "trail"),
    [
        ("edit_directly", "Edit directly", [("Edit directly", "")]),
        ("resume", "Translate side by side again", [("Translate side by side again", "")]),
        ("versions", "Earlier versions", [("Earlier versions", "versions/")]),
        (
            "version",
            "An earlier version",
            [("Earlier versions", "versions/"), ("An earlier version", "")],
        ),
    ],
)
def test_the_other_pages_say_where_they_are_and_lead_back(
    editor: Client, translation: Translation, view: str, title: str, trail: list[tuple[str, str]]
) -> None:
    """All by the title of the latest draft."""
    desk = Desk(editor, translation)
    desk.write("title", "Our care")
    keys = [translation.pk, *([latest(translation).pk] if view == "version" else [])]
    soup = soup_of(editor.get(reverse(f"translation_{view}", args=keys)))
    assert words(soup.h1) == f"{title}: Our care"
    assert "Our care" in [words(heading) for heading in soup.main.find_all("h2")]
    address = f"/admin/translations/{translation.pk}/"
    assert crumbs(soup)[1:] == [
        ("Our care", desk.url),
        *((label, address + end if end else "") for label, end in trail),
    ]
    assert soup.main.find("a", class_="button-secondary", href=desk.url) is not None


@pytest.mark.parametrize("fixture", ["translation", "cta_translation"])
def test_who_may_lock_is_offered_it_and_who_locked_can_unlock(
    editor: Client, fixture: str, request: pytest.FixtureRequest
) -> None:
    translated = request.getfixturevalue(fixture)
    objects = type(translated.get_target_instance())._default_manager
    row = objects.filter(pk=translated.get_target_instance().pk)
    assert lock_switch(Desk(editor, translated)) == ("lock", False)
    user, admin = (get_user_model().objects.get(username=name) for name in ("editor", "admin"))
    row.update(locked=True, locked_by=user, locked_at=timezone.now())
    desk = Desk(editor, translated)
    assert lock_switch(desk) == ("unlock", True)
    assert not desk.card("title" if fixture == "translation" else "heading").textarea.has_attr(
        "readonly"
    )
    assert "locked" in desk.messages()
    row.update(locked_by=admin)
    locked = Desk(log_in("translator"), translated)
    assert lock_switch(locked) is None
    assert "content-locked" in locked.soup.body["class"]
    (message,) = locked.soup.find(class_="messages").ul.find_all("li")
    assert ("warning" in message["class"], "locked" in words(message)) == (True, True)
    assert "warning" not in desk.soup.find(class_="messages").ul.li["class"]


def test_who_may_not_lock_is_not_offered_it(
    translator: Client, translation: Translation, cta_translation: Translation
) -> None:
    for translated in (translation, cta_translation):
        desk = Desk(translator, translated)
        assert lock_switch(desk) is None
        assert "lock it to prevent" not in words(status(desk))


def test_what_is_scheduled_has_no_switch_but_its_time(editor: Client, draft: Translation) -> None:
    desk = Desk(editor, draft)
    desk.send("action-publish", **{"times-go_live_at": MARCH})
    assert lock_switch(desk) is None
    assert "3 March 2037" in words(status(desk))
    assert desk.button("action-publish") is None


@pytest.mark.parametrize(
    ("fixture", "reviewer"), [("translation", "editor"), ("cta_translation", "reviewer")]
)
def test_a_review_locks_all_but_its_reviewers(
    translator: Client,
    workflow: Workflow,
    fixture: str,
    reviewer: str,
    request: pytest.FixtureRequest,
) -> None:
    """Shared content waits for the clinical review, whatever workflow it has."""
    translated = request.getfixturevalue(fixture)
    target = translated.get_target_instance()
    give(workflow, target)
    Desk(translator, translated).send("action-submit")
    by_translator, reviewing = Desk(translator, translated), Desk(log_in(reviewer), translated)
    assert "Locked by workflow" in words(status(by_translator))
    assert "Reviewers can edit this" in words(status(reviewing))
    assert lock_switch(by_translator) is None
    assert lock_switch(reviewing) == ("lock", False)
    name = "wagtailadmin_pages:{}".format
    if fixture == "cta_translation":
        name = target.snippet_viewset.get_url_name
    history = reverse(name("workflow_history"), args=[target.pk])
    revision = latest(translated).pk
    compare = reverse(name("revisions_compare"), args=[target.pk, "live", revision])
    for desk in (by_translator, reviewing):
        dialog = desk.soup.find(id="workflow-status-dialog")
        addresses = [link["href"] for link in dialog.find_all("a")]
        assert {history, compare} <= set(addresses)
        script = desk.soup.find("script", {"data-activate": "editor"})
        assert "confirm_cancellation" in script["data-confirm-cancellation-url"]
    actions = {
        words(button): button["data-workflow-action-name"]
        for button in reviewing.soup.find_all("button", {"data-workflow-action-name": True})
    }
    assert set(actions.values()) >= {"approve", "reject"}
    assert by_translator.soup.find("button", {"data-workflow-action-name": True}) is None
