"""Earlier versions of a translation: listed, shown beside the desk, and restored."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation, Translation

from pages.models import ContentPage, SelfTestCallToAction
from tests.review.test_shown import call, program
from tests.translation.conftest import Submit, english, publish, translate
from tests.translation.desk.reading import Desk, log_in


@pytest.fixture
def editor(db: None) -> Client:
    return log_in("editor")


@pytest.fixture
def translator(db: None) -> Client:
    return log_in("translator")


def latest(translation: Translation) -> Revision:
    return Revision.objects.for_instance(translation.get_target_instance()).latest("pk")


def url_of(translation: Translation, revision: Revision) -> str:
    return reverse("translation_version", args=[translation.pk, revision.pk])


class Version:
    """The page of one version."""

    def __init__(
        self, client: Client, translation: Translation, revision: Revision, query: str = ""
    ) -> None:
        self.client = client
        self.url = url_of(translation, revision)
        self.read(client.get(self.url + query))

    def read(self, response: Any) -> None:
        assert response.status_code == 200
        self.soup = BeautifulSoup(response.content.decode(), "html.parser")

    @property
    def cards(self) -> list[Any]:
        return list(self.soup.find_all("article", {"data-version-text": True}))

    def pairs(self) -> list[tuple[str, str]]:
        """The texts then and now, in the order of the page."""
        return [(_words(card, "data-then"), _words(card, "data-now")) for card in self.cards]

    def card(self, words: str) -> Any:
        found = [card for card in self.cards if words in card.get_text()]
        assert len(found) == 1
        return found[0]

    def said(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    def offers(self) -> list[tuple[str, bool]]:
        """The version's texts that can be restored, and whether they are chosen."""
        return [
            (_words(card, "data-then"), card.find("input", {"name": "take"}).has_attr("checked"))
            for card in self.cards
            if card.find("input", {"name": "take"})
        ]

    def restore(self, take: list[str] | None = None, client: Client | None = None) -> Any:
        """Press the button and go where it leads; takes the words of the texts to choose."""
        boxes = [
            card.find("input", {"name": "take"})
            for card in self.cards
            if card.find("input", {"name": "take"})
            and (take is None or any(words in card.get_text() for words in take))
        ]
        data = {
            "shown": self.soup.find("input", {"name": "shown"})["value"],
            "take": [box["value"] for box in boxes if take is not None or box.has_attr("checked")],
        }
        return (client or self.client).post(self.url, data, follow=True)


def _words(card: Any, name: str) -> str:
    found = card.find(attrs={name: True})
    return found.get_text() if found else ""


def test_the_desk_leads_to_a_list_of_versions_with_who_saved_them(
    editor: Client, translator: Client, translation: Translation
) -> None:
    Desk(translator, translation).write("title", "Our care")
    desk = Desk(editor, translation)
    url = reverse("translation_versions", args=[translation.pk])
    assert desk.soup.find("a", href=url)
    listed = BeautifulSoup(editor.get(url).content.decode(), "html.parser")
    first = listed.find("li", class_="desk-card")
    assert first.a["href"] == url_of(translation, latest(translation))
    assert "Latest draft" in first.get_text()
    assert "Our care" in first.get_text()
    saved_by = latest(translation).user
    assert saved_by is not None
    assert f"saved by {saved_by.get_full_name() or saved_by.username}" in first.get_text()
    assert "Live" in listed.find_all("li", class_="desk-card")[1].get_text()


def test_the_list_says_what_it_is_for_when_it_is_empty(
    editor: Client, translation: Translation
) -> None:
    Revision.objects.for_instance(translation.get_target_instance()).delete()
    said = editor.get(reverse("translation_versions", args=[translation.pk])).content.decode()
    assert "There is no version yet." in said


def test_a_version_is_shown_beside_the_desk_text_by_text(
    editor: Client, translation: Translation
) -> None:
    old = latest(translation)
    Desk(editor, translation).write("title", "Our care")
    version = Version(editor, translation, old)
    assert version.pairs() == [(english("Behandling"), "Our care")]
    said = " ".join(version.cards[0].get_text(" ").split())
    assert "Title" in said
    assert "Behandling" in said
    assert "Now: by" in said
    everything = Version(editor, translation, old, "?show=all")
    assert len(everything.cards) == 4
    assert (english("Vi lyssnar på dig."), english("Vi lyssnar på dig.")) in everything.pairs()


def test_the_version_that_the_desk_has_differs_in_nothing(
    editor: Client, translation: Translation
) -> None:
    version = Version(editor, translation, latest(translation))
    assert version.cards == []
    assert "The texts are the same now as in this version." in version.said()
    assert version.soup.find("button", class_="button", string="Restore the chosen texts") is None


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
    assert "2 texts are as they were, in a new draft." in response.content.decode()
    desk = Desk(editor, translation)
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
    Version(editor, translation, old).restore(["We hear you."])
    desk = Desk(editor, translation)
    assert desk.text("title") == "Our care"
    assert desk.text("introduction") == english("Vi lyssnar på dig.")
    response = Version(editor, translation, old).restore([])
    assert "choose at least one text" in response.content.decode()


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


def test_paragraphs_are_found_where_they_have_moved(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    """Also when other words were written since, which rank alone would mix up."""
    old = latest(translation)
    publish(page, introduction="<p>Du väljer takten.</p><p>Nytt här.</p><p>Vi lyssnar på dig.</p>")
    desk = Desk(editor, translation)
    desk.write("introduction", "At your own speed.")
    desk.write("introduction", "What is new.", rank=1)
    desk.write("introduction", "All ears.", rank=2)
    version = Version(editor, translation, old)
    assert version.pairs() == [
        (english("Du väljer takten."), "At your own speed."),
        ("", "What is new."),
        (english("Vi lyssnar på dig."), "All ears."),
    ]
    version.restore()
    desk = Desk(editor, translation)
    assert [desk.text("introduction", rank) for rank in range(3)] == [
        english("Du väljer takten."),
        "What is new.",
        english("Vi lyssnar på dig."),
    ]


def test_links_lead_where_they_led(editor: Client, page: ContentPage, submit: Submit) -> None:
    link = '<a href="tel:{0}">{0}</a>'
    one, other = link.format(112), link.format(1177)
    translation = submit(publish(page, introduction=f"<p>Ring {one} eller {other}.</p>"))
    translate(translation)
    desk = Desk(editor, translation)
    desk.write("introduction", 'Call <a id="a1">112</a> or <a id="a2">1177</a>.')
    old = latest(translation)
    publish(page, introduction=f"<p>Ring {other} eller {one}.</p>")
    Desk(editor, translation).write(
        "introduction", 'Dial <a id="a1">1177</a> or <a id="a2">112</a>.'
    )
    version = Version(editor, translation, old)
    assert version.offers() == [('Call <a id="a2">112</a> or <a id="a1">1177</a>.', False)]
    version.restore(["Call"])
    target = latest(translation).as_object()
    assert 'href="tel:112">112<' in target.introduction
    assert 'href="tel:1177">1177<' in target.introduction


def test_a_text_whose_original_has_changed_is_not_chosen_by_itself(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    old = latest(translation)
    publish(page, title="Behandling för vuxna")
    Desk(editor, translation).write("title", "Treatment for adults")
    version = Version(editor, translation, old)
    assert version.offers() == [(english("Behandling"), False)]
    assert "The original has changed since." in version.said()
    version.restore([english("Behandling")])
    assert Desk(editor, translation).text("title") == english("Behandling")


def test_a_text_without_a_place_is_shown(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    old = latest(translation)
    publish(page, introduction="<p>Vi lyssnar på dig.</p>")
    version = Version(editor, translation, old)
    card = version.card(english("Du väljer takten."))
    assert "has no place for this any more" in card.get_text()
    assert "Du väljer takten." in card.get_text()
    assert card.find("input") is None


def test_the_originals_own_words_are_never_restored_as_a_translation(
    editor: Client, page: ContentPage, submit: Submit
) -> None:
    translation = submit(page)
    old = latest(translation)
    assert old.content["title"] == "Behandling"
    translate(translation)
    version = Version(editor, translation, old)
    assert version.offers() == []
    assert "Not translated in this version" in version.said()


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


def test_what_is_no_text_is_named(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    old = latest(translation)
    body = [{"type": "section", "value": {"heading": "Nytt", "text": "<p>Mer.</p>"}}]
    publish(page, body=json.dumps(body))
    translate(translation)
    Desk(editor, translation).send()
    assert "and not restored" in Version(editor, translation, old).said()


def test_texts_that_changed_meanwhile_are_shown_again(
    editor: Client, translator: Client, translation: Translation
) -> None:
    old = latest(translation)
    Desk(editor, translation).write("title", "Our care")
    version = Version(editor, translation, old)
    Desk(translator, translation).write("title", "The care we give")
    assert "look once more" in version.restore().content.decode()
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


def test_only_who_may_edit_the_target_sees_and_restores(translation: Translation) -> None:
    old = latest(translation)
    url = url_of(translation, old)
    for client in (Client(), log_in("reviewer")):
        for response in (client.get(url), client.post(url, {"shown": "", "take": []})):
            assert response.status_code in (302, 403)
            assert "/versions/" not in response.headers.get("Location", "").split("?")[0]


def test_nothing_is_restored_where_it_is_locked(editor: Client, translation: Translation) -> None:
    old = latest(translation)
    Desk(editor, translation).write("title", "Our care")
    version = Version(editor, translation, old)
    ContentPage.objects.filter(pk=old.object_id).update(locked=True)
    locked = Version(editor, translation, old)
    assert locked.pairs() == version.pairs()
    assert locked.offers() == []
    assert "Nothing was restored" in version.restore().content.decode()
    assert Desk(editor, translation).text("title") == "Our care"


def test_a_version_of_something_else_is_not_found(
    editor: Client, translation: Translation, cta_translation: Translation
) -> None:
    other = latest(cta_translation)
    assert editor.get(url_of(translation, other)).status_code == 404


@pytest.mark.parametrize("paragraphs", [1, 60])
def test_a_version_takes_the_same_queries_however_long_it_is(
    editor: Client, page: ContentPage, submit: Submit, paragraphs: int
) -> None:
    words = [f'<p>Stycke {at} om <a href="/{at}/">något</a>.</p>' for at in range(paragraphs)]
    translation = submit(publish(page, introduction="".join(words)))
    translate(translation)
    Desk(editor, translation).send()
    old = latest(translation)
    StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, context__path="introduction"
    ).update(data="Something else")
    with CaptureQueriesContext(connection) as queries:
        version = Version(editor, translation, old)
    assert len(version.offers()) == paragraphs
    assert len(queries) <= 42, len(queries)
    with CaptureQueriesContext(connection) as queries:
        assert editor.get(reverse("translation_versions", args=[translation.pk])).status_code == 200
    assert len(queries) <= 26, len(queries)
