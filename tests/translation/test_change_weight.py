"""Changes of wording or meaning: the editor's choice, and the notice that visitors see."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Revision, Workflow, WorkflowState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from cms.journal.version import current_version
from cms.translation.engine import targets
from cms.translation.models import Weight
from faq.models import FaqEntry
from pages.models import ContentPage, SelfTestCallToAction, TherapyMethodPage
from tests.factories import ContentPageFactory
from tests.reading import Api, soup_of

from .conftest import Submit, publish, state_of, translate

QUESTION = 'name="change_weight"'
PATH = "/en/contact/"
NOTICE = "This translation is being revised."


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor"))
    return client


def answers(page: str) -> dict[str, bool]:
    """The possible answers to the question, and whether each is chosen."""
    found = BeautifulSoup(page, "html.parser").select("input[name=change_weight]")
    assert len(found) == 2
    return {str(each["value"]): each.has_attr("checked") for each in found}


def page_data(page: ContentPage, **changes: Any) -> dict[str, Any]:
    data = {
        "title": page.title,
        "slug": page.slug,
        "heading": "",
        "introduction": rich_text("<p>Vi lyssnar på dig.</p>"),
        "image": "",
        "image_alt_text": "",
        "seo_title": "",
        "search_description": "",
        "body": streamfield([]),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **changes,
    }
    return dict(nested_form_data(data))


def edit(client: Client, page: ContentPage, **changes: Any) -> None:
    data = page_data(page, **changes)
    response = client.post(f"/admin/pages/{page.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors


def test_the_editor_asks_where_a_translation_is_live(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    shown = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert answers(shown) == {"wording": True, "meaning": False}


def test_the_editor_does_not_ask_where_none_is(
    editor: Client, untranslated: ContentPage, submit: Submit
) -> None:
    submit(untranslated)
    shown = editor.get(f"/admin/pages/{untranslated.pk}/edit/").content.decode()
    assert QUESTION not in shown


@pytest.mark.parametrize(("live", "asks"), [(True, True), (False, False)])
def test_the_editor_of_a_snippet_asks_too(
    editor: Client,
    cta: SelfTestCallToAction,
    cta_translation: Translation,
    live: bool,
    asks: bool,
) -> None:
    if not live:
        cta_translation.get_target_instance().unpublish()
    shown = editor.get(f"/admin/snippets/pages/selftestcalltoaction/edit/{cta.pk}/")
    assert (QUESTION in shown.content.decode()) == asks


@pytest.mark.parametrize("weight", ["wording", "meaning"])
def test_what_the_editor_says_is_the_weight_of_the_change(
    editor: Client, page: ContentPage, translation: Translation, weight: str
) -> None:
    edit(
        editor, page, title="Ny titel", change_weight=weight, **{"action-publish": "action-publish"}
    )
    assert state_of(translation).stale_weight == weight


@pytest.mark.parametrize(
    ("model", "weight"),
    [
        (ContentPage, Weight.WORDING),
        (FaqEntry, Weight.WORDING),
        (TherapyMethodPage, Weight.MEANING),
        (SelfTestCallToAction, Weight.MEANING),
    ],
)
def test_who_says_nothing_says_what_is_usual_for_the_content(model: Any, weight: Weight) -> None:
    assert model.default_change_weight == weight


def test_a_change_of_therapy_method_is_one_of_meaning_unless_said_otherwise(
    method: TherapyMethodPage, method_translation: Translation
) -> None:
    publish(method, title="Annan metod")
    assert state_of(method_translation).stale_weight == Weight.MEANING


def test_what_was_said_is_there_when_somebody_approves_the_draft(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    edit(editor, page, title="Ny titel", change_weight="meaning")
    assert state_of(translation).stale_since is None
    shown = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert answers(shown) == {"wording": False, "meaning": True}
    page.refresh_from_db()
    assert page.latest_revision is not None
    page.latest_revision.publish()
    assert state_of(translation).stale_weight == Weight.MEANING


def test_what_was_said_waits_for_the_workflow(
    editor: Client, page: ContentPage, translation: Translation
) -> None:
    workflow = Workflow.objects.filter(active=True).first()
    assert workflow is not None
    edit(editor, page, title="Ny titel", change_weight="meaning")
    page.refresh_from_db()
    state = workflow.start(page, None)
    while state.status == WorkflowState.STATUS_IN_PROGRESS:
        state.current_task_state.approve()
        state.refresh_from_db()
    assert state_of(translation).stale_weight == Weight.MEANING


def test_what_was_said_waits_for_the_time_of_publication(
    page: ContentPage, translation: Translation
) -> None:
    page.title, page.change_weight = "Ny titel", Weight.MEANING
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert state_of(translation).stale_weight == Weight.MEANING


def test_the_next_change_begins_without_what_was_said_of_the_last(
    page: ContentPage, translation: Translation
) -> None:
    assert publish(page, weight="meaning", title="Ny titel").change_weight == ""


def test_the_heavier_word_counts_until_the_translation_follows(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    publish(page, weight="wording", title="Ett")
    publish(page, weight="meaning", title="Två")
    publish(page, weight="wording", title="Tre")
    assert state_of(translation).stale_weight == Weight.MEANING


def test_a_meaning_said_of_an_unchanged_text_counts_for_nothing(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, weight="wording", title="Ett")
    publish(page, weight="meaning")
    assert state_of(translation).stale_weight == Weight.WORDING


def test_visitors_are_told_of_a_change_of_meaning_until_it_is_followed(
    page: ContentPage, translation: Translation, client: Client, api: Api, user: Any
) -> None:
    assert NOTICE not in client.get(PATH).content.decode()
    publish(page, weight="meaning", title="Ny titel")
    shown = client.get(PATH).content.decode()
    assert "The Swedish version was updated on" in shown
    assert NOTICE in shown
    newer = soup_of(client, PATH).select_one(".revision-notice a")
    assert (newer["href"], newer["hreflang"]) == (page.get_url_parts()[2], "sv")
    assert newer.get_text(strip=True) == "Read the Swedish version"
    told = api.page(PATH)
    state = state_of(translation)
    assert state.stale_since is not None
    assert told["stale_since"][:19] == state.stale_since.isoformat()[:19]
    assert told["stale_source_locale"] == "sv"
    assert api.page("/kontakt/")["stale_since"] is None
    translate(translation)
    targets.publish(translation, user)
    assert NOTICE not in client.get(PATH).content.decode()
    assert api.page(PATH)["stale_since"] is None


def test_visitors_are_not_told_of_a_change_of_wording(
    page: ContentPage, translation: Translation, client: Client, api: Api
) -> None:
    publish(page, weight="wording", title="Ny titel")
    assert NOTICE not in client.get(PATH).content.decode()
    assert api.page(PATH)["stale_since"] is None


def test_a_change_that_is_taken_back_takes_the_notice_back(
    page: ContentPage, translation: Translation, client: Client
) -> None:
    publish(page, weight="meaning", title="Ny titel")
    publish(page, title=page.title)
    assert NOTICE not in client.get(PATH).content.decode()


def test_the_changes_feed_tells_of_the_notice(
    page: ContentPage, translation: Translation, api: Api
) -> None:
    version = current_version()
    publish(page, weight="meaning", title="Ny titel")
    changes = api.get("changes/", since=version)["items"]
    target = translation.get_target_instance()
    assert target.pk in {change["id"] for change in changes}


@pytest.fixture
def invited(cta: SelfTestCallToAction, cta_translation: Translation, en: Any) -> str:
    """The path of an English page that shows the invitation."""
    home = Page.objects.get(slug="hem").get_translation(en)
    page = ContentPageFactory(parent=home, slug="invited", locale=en)
    target = cta_translation.get_target_instance()
    page.body = [("self_test_cta", {"cta": target})]
    page.save_revision().publish()
    return "/en/invited/"


def test_a_snippet_that_is_behind_says_so_wherever_it_is_shown(
    invited: str, cta: SelfTestCallToAction, client: Client, api: Api
) -> None:
    assert NOTICE not in client.get(invited).content.decode()
    publish(cta, weight="meaning", heading="Hur mår du i dag?")
    assert NOTICE in client.get(invited).content.decode()
    (block,) = api.page(invited)["content"]["body"]
    assert block["value"]["stale_source_locale"] == "sv"
    items = api.get("self-test-ctas/", locale="en")["items"]
    assert [item["stale_source_locale"] for item in items if item["stale_since"]] == ["sv"]


def test_who_stops_a_translation_takes_the_notice_back(
    page: ContentPage, translation: Translation, api: Api
) -> None:
    publish(page, weight="meaning", title="Ny titel")
    translation.delete()
    assert api.page(PATH)["stale_since"] is None


def test_a_draft_knows_nothing_of_the_notice(page: ContentPage, translation: Translation) -> None:
    draft = targets.save_draft(translation, None)
    publish(page, weight="meaning", title="Ny titel")
    assert translation.get_target_instance().stale_since is not None
    assert Revision.objects.get(pk=draft.pk).as_object().stale_since is not None
    copy = translation.get_target_instance().copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.stale_since is None
