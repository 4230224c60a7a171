"""An opened form makes one object, however often and in which order its requests arrive."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale, Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.translation.glossary.models import Term
from faq.models import FaqTopic
from pages.models import Concern, TherapyMethodPage

from .test_editing import method_form


def token_of(client: Client, address: str) -> str:
    """Open a form; return the field that is its own each time."""
    html = BeautifulSoup(client.get(address).content, "html.parser")
    return str(html.select("main [name=csrfmiddlewaretoken]")[-1]["value"])


class AddForm:
    """An add form as it was opened once, which can be sent again and again to its address."""

    def __init__(self, client: Client, address: str, **fields: Any) -> None:
        self.client, self.address = client, address
        self.data = {**fields, "csrfmiddlewaretoken": token_of(client, address)}

    def send(self, **changes: Any) -> Any:
        return self.client.post(self.address, {**self.data, **changes})

    def autosave(self, **changes: Any) -> Any:
        return self.client.post(
            self.address, {**self.data, **changes}, HTTP_ACCEPT="application/json"
        )


@pytest.fixture
def method(editor: Client) -> AddForm:
    index = Page.objects.get(slug="terapimetoder")
    data = method_form()
    del data["action-publish"]
    return AddForm(editor, f"/admin/pages/add/pages/therapymethodpage/{index.pk}/", **data)


@pytest.fixture
def topic(editor: Client) -> AddForm:
    data = {
        "name": "Nytt ämne",
        "slug": "nytt-amne",
        "position": "7",
        "go_live_at": "",
        "expire_at": "",
    }
    return AddForm(editor, "/admin/snippets/faq/faqtopic/add/?locale=sv", **data)


PUBLISH = {"action-publish": "action-publish"}


def new_methods() -> Any:
    return TherapyMethodPage.objects.filter(title="NYT – Ny terapi")


def new_topics() -> Any:
    return FaqTopic.objects.filter(name__startswith="Nytt ämne")


def test_a_page_that_is_sent_twice_is_made_once(method: AddForm) -> None:
    first, second = method.send(), method.send()
    page = new_methods().get()
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert page.revisions.count() == 1
    told = method.client.get(second["Location"]).content.decode()
    assert "”NYT – Ny terapi” har skapats." in told


def test_a_page_that_is_published_twice_is_published_once(method: AddForm) -> None:
    assert method.send(**PUBLISH)["Location"] == method.send(**PUBLISH)["Location"]
    page = new_methods().get()
    assert page.live
    assert page.revisions.count() == 1


def test_two_buttons_act_on_one_page(method: AddForm) -> None:
    method.send()
    assert method.send(**PUBLISH).status_code == 302
    page = new_methods().get()
    assert page.live
    assert page.concern_links.count() == 1


def test_a_form_that_comes_after_its_autosave_is_saved_into_the_page(method: AddForm) -> None:
    made = method.autosave(heading="Ny rubr").json()
    response = method.send(heading="Ny rubrik", **PUBLISH)
    assert response.status_code == 302
    page = new_methods().get()
    assert page.pk == made["pk"]
    assert (page.live, page.heading) == (True, "Ny rubrik")
    assert page.concern_links.count() == 1


def test_what_was_added_after_the_autosave_is_added_once(method: AddForm) -> None:
    method.autosave()
    concerns = [*Concern.objects.filter(locale__language_code="sv")[:2]]
    links = inline_formset([{"concern": str(each.pk)} for each in concerns])
    assert method.send(**nested_form_data({"concern_links": links})).status_code == 302
    latest = new_methods().get().get_latest_revision_as_object()
    assert {link.concern_id for link in latest.concern_links.all()} == {c.pk for c in concerns}


def test_an_autosave_that_comes_after_its_form_changes_nothing(method: AddForm) -> None:
    method.send(heading="Ny rubrik", **PUBLISH)
    late = method.autosave(heading="Ny rubr")
    assert late.status_code == 400
    assert late.json()["error_code"] == "locked"
    page = new_methods().get()
    assert page.get_latest_revision_as_object().heading == "Ny rubrik"
    assert page.revisions.count() == 1


def test_an_autosave_whose_answer_was_lost_is_repeated_into_the_same_draft(
    method: AddForm,
) -> None:
    lost = method.autosave(heading="Ny").json()
    again = method.autosave(heading="Ny rubrik").json()
    page = new_methods().get()
    assert page.get_latest_revision_as_object().heading == "Ny rubrik"
    assert again["pk"] == page.pk
    assert again["revision_id"] == lost["revision_id"]
    assert again["url"] == f"/admin/pages/{page.pk}/edit/"
    assert again["field_updates"]["concern_links-INITIAL_FORMS"] == "1"
    assert method.client.get(again["hydrate_url"]).status_code == 200


def test_an_autosave_does_not_write_over_what_somebody_else_saved(
    method: AddForm, admin_client: Client
) -> None:
    made = method.autosave(heading="Ny").json()
    page = new_methods().get()
    page.heading = "Någon annans"
    page.save_revision()
    late = method.autosave(heading="Ny rubrik")
    assert late.json()["error_code"] == "invalid_revision"
    assert new_methods().get().pk == made["pk"]


def test_an_invalid_form_is_not_made_by_its_late_autosave(method: AddForm) -> None:
    """The form is shown again, and its own autosave makes the page."""
    shown = method.send(sessions_maximum="1", **PUBLISH)
    assert shown.status_code == 200
    assert method.autosave(sessions_maximum="1").status_code == 400
    assert not new_methods().exists()
    assert method.send(**PUBLISH).status_code == 302
    assert new_methods().get().live


def test_a_deleted_page_does_not_come_back_by_itself(method: AddForm) -> None:
    method.autosave()
    new_methods().get().delete()
    assert method.autosave().status_code == 400
    assert not new_methods().exists()
    assert method.send().status_code == 302
    assert new_methods().count() == 1


def test_the_same_title_can_be_used_for_a_second_page(method: AddForm) -> None:
    """Opened anew, or shown again by the back button, which `opened_form.js` says."""
    method.send()
    opened = AddForm(method.client, method.address, **{**method.data, "slug": "nyt-2"})
    assert opened.send().status_code == 302
    assert method.send(**{"slug": "nyt-3", "form-opened-again": "1"}).status_code == 302
    assert new_methods().count() == 3


def test_the_form_of_another_person_is_another_form(method: AddForm, admin_client: Client) -> None:
    method.send()
    admin_client.post(method.address, {**method.data, "slug": "nyt-2"})
    assert new_methods().count() == 2


def test_a_snippet_that_is_sent_twice_is_made_once(topic: AddForm) -> None:
    first, second = topic.send(), topic.send()
    assert first["Location"] == second["Location"]
    assert new_topics().get().revisions.count() == 1


def test_a_snippets_form_and_autosave_make_one(topic: AddForm) -> None:
    made = topic.autosave(name="Nytt ämn").json()
    assert topic.send(**PUBLISH).status_code == 302
    topic_made = new_topics().get()
    assert (topic_made.pk, topic_made.live) == (made["pk"], True)
    assert topic.autosave(name="Nytt ämn").status_code == 400
    assert new_topics().get().name == "Nytt ämne"


def test_an_error_in_the_middle_leaves_the_form_as_if_it_was_never_sent(
    topic: AddForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(Revision, "publish", lambda *args, **kwargs: 1 / 0)
        assert topic.send(**PUBLISH).status_code == 500
    assert not new_topics().exists()
    assert topic.send(**PUBLISH).status_code == 302
    assert new_topics().get().live


def test_a_copy_of_a_page_is_made_once(editor: Client) -> None:
    page = Page.objects.get(slug="kontakt")
    address = f"/admin/pages/{page.pk}/copy/"
    data = {
        "new_title": "Kontakt igen",
        "new_slug": "kontakt-igen",
        "new_parent_page": str(page.get_parent().pk),
        "csrfmiddlewaretoken": token_of(editor, address),
    }
    answers = [editor.post(address, data) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Page.objects.filter(title="Kontakt igen").count() == 1


def test_a_term_of_the_glossary_is_made_once(admin_client: Client) -> None:
    swedish = Locale.objects.get(language_code="sv")
    forms = inline_formset([{"locale": str(swedish.pk), "text": "ny term", "also": "", "note": ""}])
    form = AddForm(admin_client, "/admin/glossary/new/", **nested_form_data({"forms": forms}))
    answers = [form.send() for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Term.objects.filter(forms__text="ny term").count() == 1
