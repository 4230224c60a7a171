"""Restoring earlier versions of a translation, at the desk and by Wagtail's own addresses."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, Translation

from pages.models import ContentPage, SelfTestCallToAction
from tests.factories import ConcernFactory
from tests.review.test_shown import call, program
from tests.translation.conftest import Submit, english, publish
from tests.translation.desk.reading import Desk
from tests.translation.desk.reading_versions import Version, latest, url_of


def told(response: Any) -> str:
    return " ".join(str(message).strip() for message in response.context["messages"])


def test_restoring_writes_the_texts_at_the_desk_as_a_draft_of_the_user(
    editor: Client, translator: Client, translation: Translation
) -> None:
    old = latest(translation)
    desk = Desk(translator, translation)
    desk.write("title", "Our care")
    Desk(editor, translation).write("introduction", "We hear you.", "action-publish")
    live = translation.get_target_instance()
    replaced = latest(translation)
    response = Version(editor, translation, old).restore()
    desk = Desk(editor, translation)
    desk.read(response)
    assert desk.messages() == "2 texts are as they were, in a new draft. Nothing is published."
    versions = reverse("translation_versions", args=[translation.pk])
    assert desk.soup.find(class_="messages").ul.a["href"] == versions
    assert desk.text("title") == english("Behandling")
    assert desk.text("introduction") == english("Vi lyssnar på dig.")
    text = StringTranslation.objects.get(
        context__path="title",
        context__object_id=translation.source.object_id,
        locale=translation.target_locale,
    )
    assert text.last_translated_by.username == "editor"
    draft = latest(translation)
    assert draft.user.username == "editor"
    assert draft.as_object().title == english("Behandling")
    after = translation.get_target_instance()
    assert (after.title, after.live_revision_id) == (live.title, live.live_revision_id)
    # The version before is there, and leads back.
    Version(editor, translation, replaced).restore()
    assert Desk(editor, translation).text("introduction") == "We hear you."
    logged = registry.get_logs_for_instance(after).filter(action="wagtail.revert")
    begun = [entry.data["revision"]["id"] for entry in logged.order_by("pk")]
    assert begun == [old.pk, replaced.pk]


def test_one_text_can_be_chosen(editor: Client, translation: Translation) -> None:
    old = latest(translation)
    desk = Desk(editor, translation)
    desk.write("title", "Our care")
    desk.write("introduction", "We hear you.")
    desk.read(Version(editor, translation, old).restore(["We hear you."]))
    assert desk.messages() == "1 text is as it was, in a new draft. Nothing is published."
    assert desk.text("title") == "Our care"
    assert desk.text("introduction") == english("Vi lyssnar på dig.")
    response = Version(editor, translation, old).restore([])
    assert told(response) == "Nothing was restored: choose at least one text."


def test_texts_that_are_in_no_draft_yet_become_a_version_first(
    editor: Client, translation: Translation
) -> None:
    old = latest(translation)
    desk = Desk(editor, translation)
    key = desk.key("title")
    data = {f"text-{key}": "Written meanwhile", f"seen-{key}": desk.form()[f"seen-{key}"]}
    assert editor.post(desk.card("title")["data-url"], data).status_code == 200
    Version(editor, translation, old).restore()
    titles = [
        revision.content["title"]
        for revision in Revision.objects.for_instance(old.content_object).filter(pk__gt=old.pk)
    ]
    assert sorted(titles) == sorted(["Written meanwhile", english("Behandling")])
    assert Desk(editor, translation).text("title") == english("Behandling")


def test_a_snippet_is_restored_like_a_page(
    editor: Client, cta: SelfTestCallToAction, cta_translation: Translation
) -> None:
    old = latest(cta_translation)
    Desk(editor, cta_translation).write("heading", "How are things?")
    Version(editor, cta_translation, old).restore()
    assert Desk(editor, cta_translation).text("heading") == english("Hur mår du?")
    assert latest(cta_translation).as_object().heading == english("Hur mår du?")


def test_what_needs_correcting_is_not_replaced_by_itself(
    editor: Client, translation: Translation
) -> None:
    """No draft has it, so nothing would keep it."""
    old = latest(translation)
    desk = Desk(editor, translation)
    desk.write("introduction", "We <b>hear you.")
    version = Version(editor, translation, old)
    assert version.offers() == [(english("Vi lyssnar på dig."), False)]
    assert "is in no version" in version.said()


def test_a_text_that_its_target_does_not_take_any_more_is_not_restored(
    editor: Client, submit: Submit
) -> None:
    translation = submit(publish(ConcernFactory(name="Saknad", slug="saknad")))
    Desk(editor, translation).write("slug", "longing")
    old = latest(translation)
    desk = Desk(editor, translation)
    desk.write("slug", "loss")
    ConcernFactory(name="Longing", slug="longing", locale=translation.target_locale)
    count = Revision.objects.for_instance(old.content_object).count()
    desk.read(Version(editor, translation, old).restore())
    told = "Slug: Something else in this language has this already. Choose another."
    assert desk.messages() == told
    assert Revision.objects.for_instance(old.content_object).count() == count


def test_texts_that_changed_meanwhile_are_shown_again(
    editor: Client, translator: Client, translation: Translation
) -> None:
    old = latest(translation)
    Desk(editor, translation).write("title", "Our care")
    version = Version(editor, translation, old)
    Desk(translator, translation).write("title", "The care we give")
    assert told(version.restore()) == "Texts have changed here meanwhile: look once more."
    assert Desk(editor, translation).text("title") == "The care we give"


@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_addresses_to_restore_lead_to_the_version(
    editor: Client,
    translation: Translation,
    cta_translation: Translation,
    method: str,
) -> None:
    for each in (translation, cta_translation):
        old, target = latest(each), each.get_target_instance()
        Desk(editor, each).send()
        count = Revision.objects.for_instance(target).count()
        viewset = getattr(target, "snippet_viewset", None)
        name = "wagtailadmin_pages:{}" if viewset is None else viewset.get_url_name("{}")
        url = reverse(name.format("revisions_revert"), args=[target.pk, old.pk])
        response: Any = getattr(editor, method)(url, {"title": "Other", "heading": "Other"})
        assert response.status_code == 302
        assert response["Location"] == url_of(each, old)
        shown: Any = editor.get(response["Location"])
        assert [str(message) for message in shown.context["messages"]] == []
        assert Revision.objects.for_instance(target).count() == count
        history: Any = editor.get(reverse(name.format("history"), args=[target.pk]))
        assert url in history.content.decode()
        for view, arguments in (
            ("revisions_compare", [target.pk, old.pk, "latest"]),
            ("revisions_view", [target.pk, old.pk]),
        ):
            assert editor.get(reverse(name.format(view), args=arguments)).status_code == 200


def test_programs_are_told_where_to_restore(
    editor: Client, translation: Translation, cta_translation: Translation
) -> None:
    for each, addresses in (
        (
            translation,
            [
                "/admin/api/main/pages/{}/action/revert_to_page_revision/",
                "/api/v3-preview/pages/{}/actions/revert/",
            ],
        ),
        (
            cta_translation,
            ["/api/v3-preview/snippets/pages.SelfTestCallToAction/{}/actions/revert/"],
        ),
    ):
        target, old = each.get_target_instance(), latest(each)
        Desk(editor, each).send()
        count = Revision.objects.for_instance(target).count()
        for address in addresses:
            client = editor if "/admin/" in address else program("editor")
            response = call(client, address.format(target.pk), revision_id=old.pk)
            assert response.status_code == 403
            assert url_of(each, old) in response.content.decode()
        assert Revision.objects.for_instance(target).count() == count


def test_what_is_edited_directly_is_restored_in_its_editor(
    editor: Client, translation: Translation
) -> None:
    old = latest(translation)
    Desk(editor, translation).write("title", "Our care")
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[old.object_id, old.pk])
    response: Any = editor.get(url_of(translation, old))
    assert response["Location"] == revert
    assert editor.get(revert).status_code == 200
    response = editor.post(url_of(translation, old), {"shown": "", "take": []})
    assert response.status_code == 302


def test_nothing_is_restored_where_it_is_locked(editor: Client, translation: Translation) -> None:
    old = latest(translation)
    Desk(editor, translation).write("title", "Our care")
    version = Version(editor, translation, old)
    ContentPage.objects.filter(pk=old.object_id).update(locked=True)
    locked = Version(editor, translation, old)
    assert locked.pairs() == version.pairs()
    assert locked.offers() == []
    assert "Nothing was restored: this is locked or edited directly." in told(version.restore())
    assert Desk(editor, translation).text("title") == "Our care"
