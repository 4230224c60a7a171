"""Choosers of shared content: several choices at once, and a new snippet from the chooser."""

from html import escape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale
from wagtail.test.utils.form_data import rich_text

from cms.content.clinical_review import is_review_suspended
from faq.models import FaqEntry, FaqTopic
from pages.models import SelfTestCallToAction, SelfTestPage
from tests.reading import Api

QUESTIONS = "/admin/snippets/choose/faq/faqentry/"
INVITATIONS = "/admin/snippets/choose/pages/selftestcalltoaction/"


def logged_in(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


@pytest.fixture
def editor(db: None) -> Client:
    return logged_in("editor")


@pytest.fixture
def without_publishing(db: None) -> Client:
    """A user who may write shared content and publish none."""
    user = get_user_model().objects.create_user("writer", "writer@example.com", "x")
    user.groups.set(Group.objects.filter(name="Editors"))
    client = Client()
    client.force_login(user)
    return client


def question(language: str, **changes: str) -> dict[str, str]:
    topic = FaqTopic.objects.filter(locale__language_code=language).first()
    return {
        "question": "En ny fråga?",
        "answer": str(rich_text("<p>Ett svar.</p>")),
        "topic": str(topic.pk),
        "publish": "on",
        **changes,
    }


def invitation(language: str) -> dict[str, str]:
    page = SelfTestPage.objects.get(locale__language_code=language)
    return {
        "heading": "Hur sover du?",
        "text": str(rich_text("<p>Prova i lugn och ro.</p>")),
        "button_label": "Börja",
        "target_page": str(page.pk),
        "target_url": "",
        "publish": "on",
    }


def fields(answer: Any) -> str:
    data = answer.json()
    return str(data.get("html") or data.get("htmlFragment"))


def test_several_are_chosen_in_the_order_of_the_list(editor: Client, sv: Locale) -> None:
    chosen = list(FaqEntry.objects.filter(locale=sv)[:4])[::-1]
    listed = editor.get(QUESTIONS, {"multiple": "1", "locale": "sv"})
    assert "data-multiple-choice-select" in fields(listed)
    answer = editor.get(f"{QUESTIONS}chosen-multiple/", {"id": [entry.pk for entry in chosen]})
    assert answer.json()["step"] == "chosen"
    assert [item["string"] for item in answer.json()["result"]] == [str(one) for one in chosen]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_question_is_in_the_language_of_the_page(
    editor: Client, api: Api, language: str
) -> None:
    address = f"{QUESTIONS}create/?multiple=1&locale={language}"
    form = fields(editor.get(QUESTIONS, {"locale": language, "multiple": "1"}))
    assert escape(address) in form
    for topic in FaqTopic.objects.all():
        is_offered = f'<option value="{topic.pk}"' in form
        assert is_offered == (topic.locale.language_code == language)
    (result,) = editor.post(address, question(language)).json()["result"]
    entry = FaqEntry.objects.get(pk=result["id"])
    assert (entry.locale.language_code, entry.live) == (language, True)
    assert result["edit_url"] == f"/admin/snippets/faq/faqentry/edit/{entry.pk}/"
    questions = api.get("faqs/", locale=language, limit=100)["items"]
    assert "En ny fråga?" in {item["question"] for item in questions}


def test_a_new_question_can_be_a_draft(editor: Client, api: Api) -> None:
    data = question("sv")
    del data["publish"]
    answer = editor.post(f"{QUESTIONS}create/?locale=sv", data)
    entry = FaqEntry.objects.get(pk=answer.json()["result"]["id"])
    assert not entry.live
    assert entry.latest_revision.user.username == "editor"
    assert "En ny fråga?" not in str(api.page("/vanliga-fragor/"))


def test_who_may_not_publish_makes_a_draft(without_publishing: Client) -> None:
    form = fields(without_publishing.get(QUESTIONS, {"locale": "sv"}))
    assert "It is a draft until" in form or "Det blir ett utkast tills" in form
    answer = without_publishing.post(f"{QUESTIONS}create/?locale=sv", question("sv"))
    assert not FaqEntry.objects.get(pk=answer.json()["result"]["id"]).live


@pytest.mark.parametrize(
    ("data", "error"),
    [({"question": ""}, "question"), ({"topic": ""}, "topic"), ({"topic": "other"}, "topic")],
)
def test_a_wrong_form_is_shown_again(editor: Client, data: dict[str, str], error: str) -> None:
    if data.get("topic") == "other":
        english = FaqTopic.objects.filter(locale__language_code="en").first()
        data = {"topic": str(english.pk)}
    before = FaqEntry.objects.count()
    answer = editor.post(f"{QUESTIONS}create/?locale=sv", question("sv", **data))
    assert answer.json()["step"] == "reshow_creation_form"
    field = BeautifulSoup(fields(answer), "html.parser").find(attrs={"name": error})
    assert field.find_parent(attrs={"data-field": True}).find(class_="error-message")
    assert FaqEntry.objects.count() == before


@pytest.mark.parametrize("language", ["", "sv"])
def test_without_a_language_it_is_in_the_default_one(editor: Client, language: str) -> None:
    answer = editor.post(f"{QUESTIONS}create/?locale={language}", question("sv"))
    entry = FaqEntry.objects.get(pk=answer.json()["result"]["id"])
    assert entry.locale.language_code == "sv"


def test_a_new_invitation_waits_for_its_review(editor: Client, api: Api, sv: Locale) -> None:
    """Also where nothing else would keep it from being published."""
    assert is_review_suspended()
    form = fields(editor.get(INVITATIONS, {"locale": "sv"}))
    assert "disabled" in form[form.index('name="publish"') :][:200]
    answer = editor.post(f"{INVITATIONS}create/?locale=sv", invitation("sv"))
    cta = SelfTestCallToAction.objects.get(pk=answer.json()["result"]["id"])
    assert (cta.live, cta.locale, cta.target_page.locale) == (False, sv, sv)
    assert cta.reviewed_on is None
    assert "Hur sover du?" not in str(api.get("self-test-ctas/", locale="sv"))
    edit = editor.get(f"/admin/snippets/pages/selftestcalltoaction/edit/{cta.pk}/")
    assert 'name="action-submit"' in edit.content.decode()


def test_an_invitation_needs_a_target(editor: Client) -> None:
    data = {**invitation("sv"), "target_page": ""}
    answer = editor.post(f"{INVITATIONS}create/?locale=sv", data)
    assert answer.json()["step"] == "reshow_creation_form"
    assert not SelfTestCallToAction.objects.filter(heading="Hur sover du?").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["translator", "translator-sv", "reviewer"])
@pytest.mark.parametrize("address", [QUESTIONS, INVITATIONS])
def test_who_may_not_add_is_offered_no_form(username: str, address: str) -> None:
    client = logged_in(username)
    for language in ("sv", "en"):
        listed = client.get(address, {"locale": language})
        assert listed.status_code == 200
        assert "data-chooser-modal-creation-form" not in fields(listed)
        data = question(language) if address == QUESTIONS else invitation(language)
        answer = client.post(f"{address}create/?locale={language}", data)
        assert answer.status_code in (302, 403)
    assert not FaqEntry.objects.filter(question="En ny fråga?").exists()
    assert not SelfTestCallToAction.objects.filter(heading="Hur sover du?").exists()
