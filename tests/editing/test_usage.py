"""Editors of a snippet see which pages show it."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.editing.usage import snippet_usage_of
from faq.models import FaqEntry, FaqPage
from pages.models import Concern, ConcernPage, SelfTestCallToAction, SiteFurniture
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    SelfTestCallToActionFactory,
    TherapyMethodConcernFactory,
    TherapyMethodPageFactory,
)
from tests.reading import squeeze, without_dialogs


def told(client: Client, snippet: Any, view: str = "edit") -> str:
    """The words of the box about usage; a snippet that is translated is edited elsewhere."""
    Translation.objects.filter(
        source__object_id=snippet.translation_key, target_locale=snippet.locale
    ).update(enabled=False)
    address = reverse(snippet.snippet_viewset.get_url_name(view), args=[snippet.pk])
    response = client.get(address)
    assert response.status_code == 200
    box = without_dialogs(response).select_one(".help-info")
    return squeeze(box.get_text(" ")) if box else ""


def page_with(cta: SelfTestCallToAction, **fields: Any) -> Any:
    return ContentPageFactory(
        parent=Page.objects.get(slug="hem"), body=[("self_test_cta", {"cta": cta})], **fields
    )


def titles(snippet: Any, user: Any) -> list[str]:
    return [place.page.title for place in snippet_usage_of(snippet, user).places]


@pytest.mark.django_db
def test_each_page_that_shows_it_is_named(editor: Client) -> None:
    cta = SelfTestCallToActionFactory()
    page_with(cta, title="Den ena")
    draft = page_with(cta, title="Den andra", live=False)
    text = told(editor, cta)
    assert text.startswith("Det här finns på 2 sidor. Det du publicerar här ändras på alla.")
    assert "Den ena Svenska" in text
    assert "Den andra" in text
    assert "utkast" in text.lower()
    html = editor.get(reverse(cta.snippet_viewset.get_url_name("edit"), args=[cta.pk]))
    assert f"/admin/pages/{draft.pk}/edit/" in html.content.decode()


@pytest.mark.django_db
def test_what_no_page_shows_may_be_changed_freely(editor: Client) -> None:
    text = told(editor, SelfTestCallToActionFactory())
    assert text == "Ingen sida visar det här än, så en ändring syns ingen annanstans."


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["delete", "unpublish"])
def test_before_it_goes_the_pages_are_named(editor: Client, view: str) -> None:
    cta = SelfTestCallToActionFactory()
    page_with(cta, title="Här syns den")
    text = told(editor, cta, view)
    assert "Det här finns på 1 sida och försvinner därifrån." in text
    assert "Här syns den" in text


@pytest.mark.django_db
def test_what_may_not_be_deleted_says_so(editor: Client) -> None:
    topic = FaqEntryFactory().topic
    address = reverse(topic.snippet_viewset.get_url_name("delete"), args=[topic.pk])
    html = editor.get(address).content.decode()
    assert "används av annat innehåll och kan inte tas bort" in squeeze(html)


@pytest.mark.django_db
def test_it_is_told_in_english_too(english_editor: Client) -> None:
    cta = SelfTestCallToActionFactory()
    page_with(cta)
    said = told(english_editor, cta)
    assert said.startswith("This is on 1 page. What you publish here changes there.")


@pytest.mark.django_db
def test_a_question_is_on_the_page_of_all_questions_too(user: Any) -> None:
    entry = FaqEntryFactory()
    assert titles(entry, user) == [FaqPage.objects.get(locale=entry.locale).title]


@pytest.mark.django_db
def test_crisis_help_is_everywhere(editor: Client) -> None:
    furniture = SiteFurniture.objects.get(locale__language_code="sv")
    assert told(editor, furniture).startswith("Det här finns på varje sida på sitt språk.")


@pytest.mark.django_db
def test_a_page_shows_the_snippet_of_its_own_language(user: Any) -> None:
    """Whichever of the translations was chosen there."""
    english_locale = Locale.objects.get(language_code="en")
    swedish = SelfTestCallToActionFactory()
    english = SelfTestCallToActionFactory(
        locale=english_locale, translation_key=swedish.translation_key
    )
    page_with(swedish, title="Svensk")
    ContentPageFactory(
        parent=Page.objects.get(slug="home", locale=english_locale),
        title="English",
        body=[("self_test_cta", {"cta": swedish})],
    )
    assert titles(swedish, user) == ["Svensk"]
    assert titles(english, user) == ["English"]


@pytest.mark.django_db
def test_a_concern_is_on_the_methods_that_it_is_chosen_for(user: Any) -> None:
    concern = ConcernFactory()
    method = TherapyMethodPageFactory(parent=Page.objects.get(slug="terapimetoder"), title="Metod")
    TherapyMethodConcernFactory(page=method, concern=concern, locale=method.locale)
    method.save()
    assert titles(concern, user) == ["Metod", "Hjälp med"]
    concern.page = ConcernPage.objects.get(slug="sorg")
    concern.save()
    assert titles(concern, user) == ["Metod", "Hjälp med", "Sorg"]


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["editor", "nobody"])
def test_only_those_who_may_edit_get_a_link(username: str) -> None:
    users = get_user_model().objects
    reader = users.filter(username=username).first() or users.create_user(username)
    cta = SelfTestCallToActionFactory()
    page_with(cta)
    assert [place.is_editable for place in snippet_usage_of(cta, reader).places] == [
        username == "editor"
    ]


@pytest.mark.django_db
def test_many_pages_cost_no_more_queries(editor: Client, user: Any) -> None:
    cta = SelfTestCallToActionFactory()
    page_with(cta)
    address = reverse(cta.snippet_viewset.get_url_name("edit"), args=[cta.pk])
    editor.get(address)
    with CaptureQueriesContext(connection) as few:
        editor.get(address)
    for _number in range(14):
        page_with(cta)
    with CaptureQueriesContext(connection) as many:
        html = editor.get(address).content.decode()
    assert "Det här finns på 15 sidor." in html
    assert "och 5 till" in html
    assert len(many) <= len(few)


@pytest.mark.django_db
def test_every_seeded_snippet_has_a_place(user: Any) -> None:
    for model in (Concern, FaqEntry, SelfTestCallToAction):
        for snippet in model.objects.all():
            assert snippet_usage_of(snippet, user).count, snippet
