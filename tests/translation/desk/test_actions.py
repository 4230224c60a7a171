"""Test publishing, approving and scheduling at the desk, and what refuses them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, Workflow
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine import targets
from pages.models import ContentPage, SelfTestCallToAction
from tests.factories import FaqEntryFactory
from tests.translation.conftest import Submit, english, publish
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.desk.test_reviewing import give, workflow

__all__ = ["workflow"]


def live(translation: Translation) -> Any:
    return translation.get_target_instance()


def segment_url(desk: Desk, path: str, rank: int = 0) -> str:
    return str(desk.card(path, rank)["data-url"])


def test_one_changed_text_is_written_and_published_at_once(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    desk = Desk(editor, translation)
    desk.write("title", "Our treatment", "action-publish")
    assert live(translation).title == "Our treatment"
    assert desk.messages() == "“Our treatment” is published."
    assert desk.state("title") == "done"


def test_each_button_of_a_review_does_what_it_says(
    editor: Client, translator: Client, translation: Translation, workflow: Workflow
) -> None:
    give(workflow, live(translation))
    desk = Desk(translator, translation)
    submitted = "“English: Behandling” is submitted to Second reading."
    desk.send("action-submit")
    assert desk.messages().startswith(submitted)
    reviewing = Desk(editor, translation)
    reviewing.send("action-workflow-action", **{"workflow-action-name": "reject"})
    told = "Your decision about “English: Behandling” is recorded."
    assert reviewing.messages() == told
    desk.send("action-restart-workflow")
    assert desk.messages().startswith(submitted)
    desk.send("action-cancel-workflow")
    assert desk.messages() == "“English: Behandling” is no longer submitted."


def test_snippets_are_published_from_it(
    editor: Client, cta: SelfTestCallToAction, cta_translation: Translation
) -> None:
    publish(cta, heading="Hur mår du i dag?")
    Desk(editor, cta_translation).write("heading", "How are you today?", "action-publish")
    assert live(cta_translation).heading == "How are you today?"


def test_publishing_waits_for_every_text(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    desk = Desk(editor, translation)
    button = desk.button("action-publish")
    assert button.has_attr("disabled")
    reason = desk.soup.find(id=button["aria-describedby"])
    assert "Possible when every text is ready." in reason.get_text(" ", strip=True)
    assert reason.a["href"] == f"#text-{desk.key('title')}"
    desk.send("action-publish")
    assert desk.messages() == (
        "1 text must be translated, corrected or confirmed first. What is live stays as it is."
    )
    publish(page, heading="En rubrik")
    desk.send("action-publish")
    assert desk.messages() == (
        "2 texts must be translated, corrected or confirmed first. What is live stays as it is."
    )
    assert live(translation).title == english("Behandling")


@pytest.mark.parametrize("path", ["title", "introduction"])
def test_a_text_with_nul_is_refused_before_anything_is_saved(
    editor: Client, translation: Translation, path: str
) -> None:
    desk = Desk(editor, translation)
    before = list(StringTranslation.objects.values_list("data", flat=True))
    form = desk.form() | {f"text-{desk.key(path)}": "a\0b"}
    for address in (desk.url, segment_url(desk, path)):
        response = editor.post(address, form, headers={"accept-language": "en"})
        assert response.status_code == 400
    assert list(StringTranslation.objects.values_list("data", flat=True)) == before


def test_a_draft_is_one_revision_and_leaves_what_is_live(
    editor: Client, translation: Translation
) -> None:
    before = Revision.objects.count()
    desk = Desk(editor, translation)
    desk.write("title", "Better said")
    assert Revision.objects.count() == before + 1
    assert live(translation).title == english("Behandling")
    assert live(translation).get_latest_revision_as_object().title == "Better said"
    assert desk.messages() == "The draft of “Better said” is saved."


def test_a_text_saves_itself_without_a_revision(editor: Client, translation: Translation) -> None:
    before = Revision.objects.count()
    desk = Desk(editor, translation)
    pk = desk.key("title")
    data = {f"text-{pk}": "Better said", f"seen-{pk}": desk.form()[f"seen-{pk}"]}
    answer = editor.post(segment_url(desk, "title"), data).json()
    assert answer["ready"] is True
    assert "Better said" in answer["card"]
    assert "4 of 4 texts are ready." in " ".join(answer["progress"].split())
    assert Revision.objects.count() == before
    again = editor.post(segment_url(desk, "title"), data | {f"text-{pk}": "Other"}).json()
    assert 'data-state="conflict"' in again["card"]


def test_a_button_beside_a_text_answers_alike(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, title="Vår behandling")
    desk = Desk(editor, translation)
    answer = editor.post(segment_url(desk, "title"), {"accept": desk.key("title")}).json()
    assert 'data-state="done"' in answer["card"]


def test_who_may_not_edit_the_target_saves_and_sees_nothing(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    other = log_in("translator-sv")
    data = {f"text-{desk.key('title')}": "Intrusion"}
    assert other.post(segment_url(desk, "title"), data).status_code in (302, 403)
    assert other.get(f"/admin/translations/{translation.pk}/preview/").status_code in (302, 403)
    assert other.get(desk.url).status_code in (302, 403)
    assert not StringTranslation.objects.filter(data="Intrusion").exists()


def test_who_may_not_publish_cannot(translator: Client, translation: Translation) -> None:
    desk = Desk(translator, translation)
    assert desk.button("action-publish") is None
    response = translator.post(desk.url, desk.form() | {"action-publish": "yes"})
    assert response.status_code in (302, 403)
    desk.write("title", "Better said")
    assert live(translation).title == english("Behandling")


def test_a_locked_page_takes_no_text_and_loses_none(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    admin = get_user_model().objects.get(username="admin")
    type(live(translation)).objects.filter(pk=live(translation).pk).update(
        locked=True, locked_by=admin
    )
    desk.write("title", "Too late")
    assert desk.messages() == "Nothing was saved: this is locked."
    assert desk.text("title") == "Too late"
    assert not StringTranslation.objects.filter(data="Too late").exists()
    answer = editor.post(segment_url(desk, "title"), {f"text-{desk.key('title')}": "Too late"})
    assert answer.status_code == 409


def test_a_text_that_cannot_be_saved_by_itself_says_why(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    address, key = segment_url(desk, "title"), desk.key("title")
    told = "Not saved: this is locked or no longer translated here."
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    answer = editor.post(address, {f"text-{key}": "Too late"})
    assert (answer.status_code, answer.json()) == (409, {"error": told})
    Group.objects.get(name="Editors").page_permissions.all().delete()
    editor_user = get_user_model().objects.get(username="editor")
    editor_user.groups.set(Group.objects.filter(name="Editors"))
    told = "Not saved: you may no longer edit this."
    for end in ("", "comments/"):
        answer = editor.post(f"{address}{end}", {f"text-{key}": "Too late"})
        assert (answer.status_code, answer.json()) == (403, {"error": told})
    assert not StringTranslation.objects.filter(data="Too late").exists()


@pytest.mark.parametrize("view", ["preview/", "versions/", "edit-directly/"])
def test_a_translation_that_is_gone_is_not_found(
    editor: Client, translation: Translation, view: str
) -> None:
    live(translation).delete()
    assert editor.get(f"/admin/translations/{translation.pk}/{view}").status_code == 404
    assert editor.get(f"/admin/translations/0/{view}").status_code == 404


@pytest.mark.parametrize("fixture", ["translation", "cta_translation"])
def test_the_preview_shows_what_is_written(
    editor: Client, fixture: str, request: pytest.FixtureRequest
) -> None:
    translation = request.getfixturevalue(fixture)
    path = {"translation": "title", "cta_translation": "heading"}[fixture]
    desk = Desk(editor, translation)
    pk = desk.key(path)
    data = {f"text-{pk}": "Seen at once", f"seen-{pk}": desk.form()[f"seen-{pk}"]}
    editor.post(segment_url(desk, path), data)
    url = desk.soup.find(attrs={"data-w-preview-url-value": True})["data-w-preview-url-value"]
    assert editor.post(url).json() == {"is_valid": True, "is_available": True}
    preview = editor.get(url)
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    html = preview.content.decode()
    assert "Seen at once" in html
    assert '<html lang="en"' in html
    assert editor.get(url, {"mode": "unknown"}).status_code == 404
    assert editor.delete(url).json() == {"success": True}


def test_the_preview_has_no_button_to_edit_what_is_edited(
    editor: Client, translation: Translation
) -> None:
    url = f"/admin/translations/{translation.pk}/preview/"
    by_itself, in_panel = (
        editor.get(url, query).content.decode() for query in ({}, {"in_preview_panel": "true"})
    )
    assert f"/admin/pages/{live(translation).pk}/edit/" not in by_itself
    explorer = f"/admin/pages/{live(translation).get_parent().pk}/"
    assert (explorer in by_itself, explorer in in_panel) == (True, False)


def test_shared_content_on_the_page_says_how_far_it_has_come(
    editor: Client, translation: Translation, submit: Submit
) -> None:
    entry = publish(FaqEntryFactory(question="Vad kostar det?"))
    submit(publish(entry.topic))
    translated = submit(entry)
    desk = Desk(editor, translated)
    topic = desk.soup.find("article", class_="desk-card--small").get_text(" ", strip=True)
    assert entry.topic.name in topic
    assert "It is in translation: 0 of 2 texts. Open its translation" in topic


def test_shared_content_is_translated_from_the_page_that_uses_it(
    editor: Client, translator: Client, submit: Submit, user: Any
) -> None:
    entry = publish(FaqEntryFactory(question="Vad kostar det?"))
    translated, name = submit(entry), entry.topic.name

    def topic(client: Client = editor) -> tuple[str, str, list[str]]:
        card = Desk(client, translated).soup.find("article", class_="desk-card--small")
        links = [link["href"] for link in card.find_all("a")]
        return " ".join(card.get_text(" ").split()), card["data-open"], links

    begin = reverse(
        "wagtail_localize:submit_snippet_translation", args=["faq", "faqtopic", entry.topic.pk]
    )
    said = f"FAQ topic {name} It is not yet translated."
    assert topic() == (f"{said} Translate it", "true", [begin])
    translation = submit(publish(entry.topic))
    edit = edit_url(live(translation))
    for path in ("name", "slug"):
        Desk(translator, translation).write(path, f"faq-{path}")
    draft = f"FAQ topic {name} It is translated but not published. Open its translation"
    assert topic() == (draft, "true", [edit])
    targets.publish(translation, user)
    done = f"FAQ topic {name} It is translated and published."
    assert topic() == (f"{done} Open its translation", "false", [edit])
    Permission.objects.filter(content_type__model="faqtopic").delete()
    assert topic() == (done, "false", [])


def test_editing_directly_asks_first_and_there_is_a_way_back(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    question = f"/admin/translations/{translation.pk}/edit-directly/"
    assert question in str(desk.soup)
    page = editor.get(question).content.decode()
    stop = f"/admin/localize/translate/{translation.pk}/disable/"
    assert stop in page
    editor.post(stop, {"next": desk.url})
    direct = editor.get(desk.url)
    assert "wagtailadmin/pages/edit.html" in [each.name for each in direct.templates]
    back = f"/admin/translations/{translation.pk}/resume/"
    told = BeautifulSoup(direct.content.decode(), "html.parser").find(class_="messages").ul
    assert " ".join(told.get_text(" ").split()).endswith(
        "This is edited directly: what changes in Svenska does not arrive here. "
        "Translate side by side again"
    )
    assert told.find_all("a")[-1]["href"] == back
    assert "localize-restart-translation" in editor.get(back).content.decode()
    editor.post(edit_url(live(translation)), {"localize-restart-translation": "yes"})
    Desk(editor, translation)


def test_the_original_is_edited_as_ever(editor: Client, page: ContentPage, en: Any) -> None:
    response = editor.get(edit_url(page))
    assert "wagtailadmin/pages/edit.html" in [each.name for each in response.templates]
