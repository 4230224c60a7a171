"""A self-test cannot be published without a test, whose points are the same in all languages."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Revision
from wagtail_localize.models import StringSegment

from cms.translation.engine.part_labels import part_labels
from cms.translation.machine.translating import may_translate
from pages.models import SelfTestPage
from pages.self_test_rules import Points, contradictions, missing
from tests.delivery.test_wagtail_v3_writing import Program
from tests.factories import SelfTestPageFactory, bands, questions
from tests.reading import Api, soup_of
from tests.review.desk import act, edit_url, form_of
from tests.translation.conftest import translation_of

pytestmark = pytest.mark.django_db
EMPTY: dict[str, Any] = {"questions": "[]", "bands": "[]"}
TWO = [[0, 1], [0, 2]]


def page_with(points: list[list[Any]], starts: list[int], danger: int | None = None) -> Any:
    return SelfTestPage(
        questions=json.dumps(questions(*points, danger=danger)), bands=json.dumps(bands(*starts))
    )


def draft(**fields: Any) -> SelfTestPage:
    """Return a page that was never published, with a draft."""
    home = Page.objects.get(slug="hem")
    page: SelfTestPage = SelfTestPageFactory(parent=home, live=False, **fields)
    page.save_revision()
    return page


def lose_test(page: SelfTestPage) -> SelfTestPage:
    """Leave a page live without a test, as one that was published before there were any."""
    SelfTestPage.objects.filter(pk=page.pk).update(questions=[], bands=[])
    return SelfTestPage.objects.get(pk=page.pk)


def demo(language: str) -> SelfTestPage:
    page: SelfTestPage = SelfTestPage.objects.get(locale__language_code=language, live=True)
    return page


@pytest.mark.parametrize(
    ("points", "starts", "danger", "field", "words"),
    [
        ([[0, 1]], [0], None, "questions", "minst två frågor"),
        ([[0, 1], [0]], [0], None, "questions", "inte färdig"),
        ([[0, 1], [0, None]], [0], None, "questions", "inte färdig"),
        ([[0, 1], [0, 11]], [0], None, "questions", "inte färdig"),
        (TWO, [], None, "bands", "minst ett resultat"),
        (TWO, [0, 2, 2], None, "bands", "Två resultat börjar på 2"),
        (TWO, [1, 2], None, "bands", "kan ge 0 poäng"),
        (TWO, [0, 4], None, "bands", "från 4 poäng"),
        ([[0, 3], [0, 3]], [0, 1, 3], None, "bands", "från 1 poäng"),
        (TWO, [0, 3], 2, "questions", "fråga 2 tyder på fara"),
    ],
)
def test_what_is_no_test_is_named_at_its_field(
    points: Any, starts: Any, danger: Any, field: str, words: str
) -> None:
    errors = page_with(points, starts, danger).publication_errors()
    assert [*errors] == [field]
    assert words in " ".join(errors[field])


@pytest.mark.parametrize("starts", [[0], [0, 1, 3]])
def test_every_sum_lands_in_a_band(starts: list[int]) -> None:
    assert page_with(TWO, starts).publication_errors() == {}
    with translation.override("en"):
        assert missing(page_with([[1, 2], [0, 1]], [2]).questions, page_with([], [2]).bands) == {
            "bands": [
                "Answers can add up to 1 points, and the lowest result begins at 2: let it begin "
                "at 1 or lower."
            ]
        }


def test_a_draft_may_lack_anything_and_not_contradict_itself() -> None:
    assert contradictions(Points([[0, None]], [3])) == {}
    page = draft(**EMPTY)
    page.bands = json.dumps(bands(0, 5, 5))
    with pytest.raises(ValidationError, match="Två resultat börjar på 5"):
        page.save_revision()


def test_a_test_elsewhere_is_one() -> None:
    elsewhere = draft(**EMPTY, start_url="https://prov.example/", start_button_label="Börja")
    elsewhere.get_latest_revision().publish()
    elsewhere.refresh_from_db()
    assert elsewhere.live
    assert elsewhere.has_test


# The guard, on each path of publication.


def test_saving_and_publishing_refuse_an_incomplete_page() -> None:
    page = draft(**EMPTY)
    with pytest.raises(ValidationError, match=r"minst två frågor.*minst ett resultat"):
        page.get_latest_revision().publish()
    page.live = True
    with pytest.raises(ValidationError, match="minst två frågor"):
        page.save()
    assert not SelfTestPage.objects.get(pk=page.pk).live


def test_a_page_from_before_can_be_moved_and_not_published_anew(site: Any) -> None:
    page = lose_test(demo("sv"))
    page.show_in_menus = False
    page.save()
    page.introduction = "<p>Något nytt.</p>"
    with pytest.raises(ValidationError, match="minst två frågor"):
        page.save_revision().publish()


def test_a_time_cannot_be_set_and_does_not_publish(capsys: Any) -> None:
    page = draft(**EMPTY)
    past = timezone.now()
    with pytest.raises(ValidationError, match="minst två frågor"):
        page.save_revision(approved_go_live_at=past)
    # As one that was scheduled before the rule.
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=past)
    call_command("publish_scheduled")
    assert "minst två frågor" in capsys.readouterr().err
    assert not SelfTestPage.objects.get(pk=page.pk).live


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_the_editor_says_what_to_do_and_saves_drafts(admin: Client, action: str) -> None:
    page = draft(**EMPTY)
    data = form_of(admin, page)
    assert admin.post(edit_url(page), data).status_code == 302
    response = admin.post(edit_url(page), {**data, action: action})
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"questions", "bands"}
    form = BeautifulSoup(response.content, "html.parser")
    streams = form.select("[data-w-block-arguments-value]")
    shown = [
        json.dumps(json.loads(each["data-w-block-arguments-value"]), ensure_ascii=False)
        for each in streams
    ]
    assert "Skriv minst två frågor" in shown[0]
    assert "Skriv minst ett resultat" in shown[1]


def test_an_approval_refuses_an_incomplete_page() -> None:
    page = draft(**EMPTY)
    page.get_workflow().start(page, get_user_model().objects.get(username="editor"))
    page = SelfTestPage.objects.get(pk=page.pk)
    reviewer = Client()
    reviewer.force_login(get_user_model().objects.get(username="reviewer"))
    response = act(reviewer, page)
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert "Skriv minst två frågor" in " ".join(told)
    page = SelfTestPage.objects.get(pk=page.pk)
    assert not page.live
    assert page.workflow_in_progress


def test_publishing_several_pages_refuses_an_incomplete_one(admin: Client) -> None:
    page = draft(**EMPTY)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(
        f"{url}?id={page.pk}&next=/admin/", {"include_descendants": ""}, follow=True
    )
    assert "Skriv minst två frågor" in response.content.decode()
    assert not SelfTestPage.objects.get(pk=page.pk).live


def test_a_copy_of_a_page_from_before_is_refused_in_words(admin: Client, site: Any) -> None:
    page = lose_test(demo("sv"))
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": str(page.get_parent().pk),
        "publish_copies": "on",
    }
    response = admin.post(url, data)
    assert response.status_code == 200
    assert "Skriv minst två frågor" in response.content.decode()
    assert not Page.objects.filter(slug="kopia").exists()
    del data["publish_copies"]
    assert admin.post(url, data).status_code == 302
    assert not Page.objects.get(slug="kopia").live


def test_a_translation_of_an_incomplete_draft_is_refused(
    site: Any, django_capture_on_commit_callbacks: Any
) -> None:
    english = lose_test(demo("en"))
    swedish = lose_test(demo("sv"))
    given = translation_of(english)
    given.source.update_from_db()
    swedish.unpublish()
    with (
        pytest.raises(ValidationError, match="minst två frågor"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        given.save_target(publish=True)
    assert not SelfTestPage.objects.get(pk=swedish.pk).live


# What is translated, and what is the same in all languages.


def points_of(page: SelfTestPage) -> list[list[tuple[int, bool]]]:
    return [
        [(choice["points"], choice["points_to_danger"]) for choice in child.value["choices"]]
        for child in page.questions
    ]


def test_points_and_dangers_follow_the_source(
    site: Any, django_capture_on_commit_callbacks: Any
) -> None:
    english = demo("en")
    stored = english.questions.get_prep_value()
    stored[0]["value"]["choices"][3]["value"] |= {"points": 7, "points_to_danger": True}
    english.questions = json.dumps(stored)
    english.save_revision().publish()
    given = translation_of(english)
    with django_capture_on_commit_callbacks(execute=True):
        given.save_target(publish=True)
    swedish = demo("sv")
    assert points_of(swedish) == points_of(demo("en"))
    assert points_of(swedish)[0][3] == (7, True)
    assert swedish.questions[0].value["text"] == "Hur brukar nätterna vara just nu?"


def test_a_translation_has_no_points_of_its_own(site: Any) -> None:
    """Also where a program writes it beside the translation."""
    page = demo("sv")
    data = list(page.questions.raw_data)
    for question in data:
        for choice in question["value"]["choices"]:
            choice["value"]["points_to_danger"] = False
    page.questions = data
    with pytest.raises(ValidationError, match="desamma på alla språk"):
        page.save_revision().publish()


def test_texts_are_segments_and_no_machine_s(site: Any) -> None:
    given = translation_of(demo("en"))
    paths = StringSegment.objects.filter(source=given.source).values_list(
        "context__path", flat=True
    )
    assert sum(path.startswith("questions.") for path in paths) == 8 + 3 + 8 * 4
    assert sum(path.endswith(".next_steps") for path in paths) >= 3
    assert not may_translate(given)


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("sv", ["Fråga · Svar att välja mellan · Svarsalternativ · Poäng", "Resultat · Rubrik"]),
        ("en", ["Question · Answers to choose from · Answer to choose · Points"]),
    ],
)
def test_parts_have_names(language: str, labels: list[str]) -> None:
    kinds = ["questions.question.choices.item.points", "bands.band.heading"]
    with translation.override(language):
        assert part_labels(SelfTestPage, kinds)[: len(labels)] == labels


def test_a_changed_point_needs_a_new_review(site: Any) -> None:
    page = demo("sv")
    before = page.content_digest()
    stored = page.questions.get_prep_value()
    stored[0]["value"]["choices"][1]["value"]["points"] = 2
    page.questions = json.dumps(stored)
    assert page.content_digest() != before


# What is shown.


def test_without_a_script_the_page_has_all_questions_and_bands(client: Client, site: Any) -> None:
    page = soup_of(client, "/sjalvtest/")
    test = page.select_one("[data-self-test]")
    assert test is not None
    assert len(test.select("fieldset:not([hidden])")) == 8
    assert test.find("form") is None
    assert not [field for field in test.select("input") if field["type"] != "radio"]
    assert "JavaScript" in test.select_one(".notice").get_text()
    texts = [band.get_text() for band in test.select(".self-test-band")]
    assert ["0 till 6" in texts[0], "7 till 14" in texts[1], "15 till 31" in texts[2]] == [True] * 3
    assert "10 poäng" in test.select_one("label:has([data-danger])").get_text()
    assert test.select_one("aside a[href='tel:112']")
    [script] = page.select("script:not([type])")
    assert script["src"].endswith("self_test.js")


def test_the_api_has_the_test(api: Api, site: Any) -> None:
    content = api.page("/en/self-test/")["content"]
    assert len(content["questions"]) == 8
    last = content["questions"][-1]
    assert last["text"] == "Does life feel worth living?"
    assert [each["points_to_danger"] for each in last["choices"]] == [False, False, False, True]
    assert [band["lowest_points"] for band in content["bands"]] == [0, 7, 15]
    assert content["bands"][2]["button"]["target"]["path"] == "/en/contact/"
    assert content["start_button"] is None


def test_a_page_without_a_test_is_shown_without(client: Client, api: Api, site: Any) -> None:
    lose_test(demo("sv"))
    content = api.page("/sjalvtest/")["content"]
    assert (content["questions"], content["bands"]) == ([], [])
    page = soup_of(client, "/sjalvtest/")
    assert page.select_one("[data-self-test]") is None
    assert not page.select("script:not([type])")


def test_a_program_writes_a_test_and_cannot_publish_half_of_it(site: Any) -> None:
    program = Program("admin")
    home = Page.objects.get(slug="hem")
    wanted = {
        "meta": {"type": "pages.SelfTestPage", "parent_id": home.pk},
        "title": "Ett test till",
        "introduction": "<p>Några frågor.</p>",
        **dict.fromkeys(("about", "answers", "getting_started", "crisis"), "<p>Något.</p>"),
    }
    made = program.send("POST", "pages/", wanted, status=201)
    publish = f"pages/{made['id']}/actions/publish/"
    program.refused("POST", publish, None, "at least two questions", "at least one result")
    stream = [{**each, "value": in_json(each["value"])} for each in questions([0, 1], [0, 1])]
    change = {"questions": stream, "bands": bands(0, 1), "meta": {"type": "pages.SelfTestPage"}}
    program.send("PATCH", f"pages/{made['id']}/", change)
    program.send("POST", publish)
    page = SelfTestPage.objects.get(pk=made["id"])
    assert page.live
    assert points_of(page) == [[(0, False), (1, False)]] * 2


def in_json(question: dict[str, Any]) -> dict[str, Any]:
    """Return a question as API v3 takes it, where items of a list have no envelope."""
    return {**question, "choices": [choice["value"] for choice in question["choices"]]}


# The demo, after an update of the product.


def test_the_seed_gives_a_test_to_pages_that_nobody_changed(site: Any) -> None:
    for language in ("sv", "en"):
        lose_test(demo(language))
    SelfTestPage.objects.update(start_button_label="Take the self-test")
    call_command("seed", verbosity=0)
    assert [demo(language).has_test for language in ("sv", "en")] == [True, True]
    assert demo("sv").questions[0].value["text"] == "Hur brukar nätterna vara just nu?"


def test_the_seed_leaves_pages_that_somebody_changed(site: Any) -> None:
    for language in ("sv", "en"):
        page = lose_test(demo(language))
    page.save_revision(user=get_user_model().objects.get(username="editor"))
    call_command("seed", verbosity=0)
    assert [demo(language).has_test for language in ("sv", "en")] == [False, False]
