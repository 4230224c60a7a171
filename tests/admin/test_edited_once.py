"""Tests that an editor's form saves once, however often and in which order it is sent."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from faq.models import FaqTopic
from pages.models import Concern, TherapyMethodPage

from .test_created_once import AddForm
from .test_editing import method_form


@pytest.fixture
def page(db: None) -> TherapyMethodPage:
    return TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")


@pytest.fixture
def form(editor: Client, page: TherapyMethodPage) -> AddForm:
    """The editor of a page with one new concern and one new comment."""
    page.concern_links.all().delete()
    page.save_revision()
    concern = Concern.objects.filter(locale__language_code="sv")[0]
    comment = {
        "text": "Stämmer det?",
        "contentpath": "title",
        "position": "",
        "id": "",
        "replies": inline_formset([]),
    }
    data = method_form(slug="ipt", concern_links=inline_formset([{"concern": str(concern.pk)}]))
    data |= nested_form_data({"comments": inline_formset([comment])})
    del data["action-publish"]
    data |= {"concern_links-0-id": "", "change_weight": "wording"}
    return AddForm(editor, f"/admin/pages/{page.pk}/edit/", **data)


def links(page: Any) -> int:
    page.refresh_from_db()
    return int(page.get_latest_revision_as_object().concern_links.count())


def test_a_page_that_is_sent_twice_is_saved_once(form: AddForm, page: TherapyMethodPage) -> None:
    before = page.revisions.count()
    assert form.send()["Location"] == form.send()["Location"]
    assert page.revisions.count() == before + 1
    assert Comment.objects.filter(page=page, text="Stämmer det?").count() == 1


def test_a_form_that_is_sent_during_its_autosave_makes_nothing_twice(
    form: AddForm, page: TherapyMethodPage
) -> None:
    assert form.autosave().json()["success"]
    response = form.send(heading="Sedan")
    assert response.status_code == 302
    assert Comment.objects.filter(page=page, text="Stämmer det?").count() == 1
    assert links(page) == 1


def test_the_same_form_can_be_sent_again_after_a_look_at_it(
    form: AddForm, page: TherapyMethodPage
) -> None:
    before = page.revisions.count()
    form.send()
    again = AddForm(form.client, form.address, **{**form.data, "heading": "Sedan"})
    again.data |= {"comments-TOTAL_FORMS": "0"}
    assert again.send().status_code == 302
    assert page.revisions.count() == before + 2


def test_shared_content_that_is_sent_twice_is_saved_once(editor: Client) -> None:
    topic = FaqTopic.objects.filter(locale__language_code="sv")[0]
    fields = {"name": "Nytt namn", "slug": topic.slug, "position": "1"}
    address = f"/admin/snippets/faq/faqtopic/edit/{topic.pk}/"
    form = AddForm(editor, address, **fields, go_live_at="", expire_at="", change_weight="wording")
    before = topic.revisions.count()
    assert [form.send().status_code for _time in range(2)] == [302, 302]
    assert topic.revisions.count() == before + 1
