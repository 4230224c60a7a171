"""What leads from the desk to the public, and what keeps texts from it."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Revision,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from pages.models import ContentPage, SelfTestCallToAction
from tests.translation.conftest import Submit, english, publish, translate
from tests.translation.desk.reading import Desk, edit_url, log_in


@pytest.fixture
def editor(db: None) -> Client:
    return log_in("editor")


@pytest.fixture
def translator(db: None) -> Client:
    return log_in("translator")


@pytest.fixture
def workflow(db: None) -> Workflow:
    """A workflow whose only step is the editor's group."""
    task = GroupApprovalTask.objects.create(name="A second pair of eyes")
    task.groups.set(get_user_model().objects.get(username="editor").groups.all())
    workflow = Workflow.objects.create(name="Second reading")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def give(workflow: Workflow, target: Any) -> None:
    if isinstance(target, Page):
        WorkflowPage.objects.update_or_create(page=target.page_ptr, defaults={"workflow": workflow})
    else:
        from django.contrib.contenttypes.models import ContentType

        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(target), defaults={"workflow": workflow}
        )


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
    assert "“Our treatment” is published." in desk.messages()
    assert desk.state("title") == "done"


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
    assert "1 text must be translated, corrected or confirmed first." in desk.messages()
    assert live(translation).title == english("Behandling")


def test_a_wrong_value_is_not_published_over(editor: Client, cta_translation: Translation) -> None:
    desk = Desk(editor, cta_translation)
    field = desk.soup.find("input", {"name": lambda name: name and name.startswith("override-")})
    desk.send(**{field["name"]: "no address"})
    assert desk.button("action-publish").has_attr("disabled")
    desk.send("action-publish")
    assert "Correct the values that are marked first." in desk.messages()


def image_field(desk: Desk) -> str:
    """Return the name of the field for an image of this language's own."""
    (name,) = (
        each["name"]
        for each in desk.soup.find_all("input", {"type": "hidden"})
        if each.get("name", "").startswith("override-")
    )
    return str(name)


@pytest.fixture
def illustrated(page: ContentPage, submit: Submit) -> Translation:
    image = get_image_model().objects.first()
    return submit(publish(page, image=image, image_alt_text="Ett rum"))


@pytest.mark.parametrize("value", ["abc", "[]", "null", "9" * 30, "-1", "999999"])
def test_what_cannot_be_chosen_is_refused(
    editor: Client, illustrated: Translation, value: str
) -> None:
    desk = Desk(editor, illustrated)
    desk.send(**{image_field(desk): value})
    assert "Some texts could not be saved: see below." in desk.messages()
    assert "It is not saved: this cannot be chosen here." in desk.soup.get_text(" ")
    assert not SegmentOverride.objects.exists()
    assert editor.get(desk.url).status_code == 200


@pytest.mark.parametrize("value", ["abc", "9" * 30, [], {}])
def test_a_stored_value_that_is_no_key_is_ignored(
    editor: Client, illustrated: Translation, value: Any
) -> None:
    name = image_field(Desk(editor, illustrated))
    SegmentOverride.objects.create(
        locale=illustrated.target_locale,
        context_id=int(name.removeprefix("override-")),
        data_json=json.dumps(value),
        has_error=True,
        field_error="Wrong",
    )
    desk = Desk(editor, illustrated)
    assert desk.soup.find("input", {"name": name}).get("value", "") == ""
    desk.send()
    assert not SegmentOverride.objects.exists()


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
    assert "The draft of" in desk.messages()


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


def test_a_finished_translation_is_submitted_and_approved(
    editor: Client,
    translator: Client,
    page: ContentPage,
    submit: Submit,
    workflow: Workflow,
) -> None:
    translation = submit(page)
    give(workflow, live(translation))
    desk = Desk(translator, translation)
    assert "Submit to Second reading" in desk.button("action-submit").get_text()
    assert desk.button("action-submit").has_attr("disabled")
    desk.send("action-submit")
    assert not WorkflowState.objects.filter(workflow=workflow).exists()
    translate(translation)
    desk = Desk(translator, translation)
    desk.send("action-submit")
    assert "is submitted to Second reading." in desk.messages()
    locked = Desk(translator, translation)
    assert locked.card("title").textarea.has_attr("readonly")
    reviewer = Desk(editor, translation)
    actions = reviewer.soup.find_all("button", {"data-workflow-action-name": True})
    assert {"approve", "reject"} <= {action["data-workflow-action-name"] for action in actions}
    reviewer.send("action-workflow-action", **{"workflow-action-name": "approve"})
    assert live(translation).live
    assert live(translation).title == english("Behandling")


def test_a_submitted_snippet_can_be_taken_back(
    translator: Client, cta_translation: Translation, workflow: Workflow
) -> None:
    give(workflow, live(cta_translation))
    desk = Desk(translator, cta_translation)
    desk.send("action-submit")
    assert live(cta_translation).workflow_in_progress
    desk.send("action-cancel-workflow")
    assert not live(cta_translation).workflow_in_progress


def test_a_locked_page_takes_no_text_and_loses_none(
    editor: Client, translation: Translation
) -> None:
    desk = Desk(editor, translation)
    admin = get_user_model().objects.get(username="admin")
    type(live(translation)).objects.filter(pk=live(translation).pk).update(
        locked=True, locked_by=admin
    )
    desk.write("title", "Too late")
    assert "Nothing was saved: this is locked." in desk.messages()
    assert desk.text("title") == "Too late"
    assert not StringTranslation.objects.filter(data="Too late").exists()
    answer = editor.post(segment_url(desk, "title"), {f"text-{desk.key('title')}": "Too late"})
    assert answer.status_code == 409


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


def test_an_address_of_its_own_is_kept_and_given_back(
    editor: Client, cta_translation: Translation
) -> None:
    desk = Desk(editor, cta_translation)
    (name,) = [
        field["name"]
        for field in desk.soup.find_all("input", {"type": "url"})
        if field["name"].startswith("override-")
    ]
    desk.send("action-publish", **{name: "https://test.example/en/"})
    assert live(cta_translation).target_url == "https://test.example/en/"
    desk.send("action-publish", **{name: ""})
    assert live(cta_translation).target_url == "https://prov.example/"


def test_shared_content_on_the_page_says_how_far_it_has_come(
    editor: Client, translation: Translation, submit: Submit
) -> None:
    from tests.factories import FaqEntryFactory

    entry = publish(FaqEntryFactory(question="Vad kostar det?"))
    submit(publish(entry.topic))
    translated = submit(entry)
    desk = Desk(editor, translated)
    topic = desk.soup.find("article", class_="desk-card--small").get_text(" ", strip=True)
    assert entry.topic.name in topic
    assert "It is in translation: 0 of 2 texts. Open its translation" in topic


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
    assert back in direct.content.decode()
    assert "localize-restart-translation" in editor.get(back).content.decode()
    editor.post(edit_url(live(translation)), {"localize-restart-translation": "yes"})
    Desk(editor, translation)


def test_the_original_is_edited_as_ever(editor: Client, page: ContentPage, en: Any) -> None:
    response = editor.get(edit_url(page))
    assert "wagtailadmin/pages/edit.html" in [each.name for each in response.templates]
