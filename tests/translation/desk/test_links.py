"""Links of a text lead where they led, whatever number its original gives them now."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine.segments import SegmentRow, segment_rows
from pages.models import ContentPage
from tests.translation.conftest import Submit, publish, translate
from tests.translation.desk.reading import Desk, log_in

HELP = 'Ring <a href="tel:112">112</a> eller <a href="tel:1177">1177</a>.'
CALL = 'Call <a id="a1">112</a> or <a id="a2">1177</a>.'


def introduce(page: ContentPage, text: str) -> ContentPage:
    return publish(page, introduction=f"<p>{text}</p>")  # type: ignore[no-any-return]  # a page


@pytest.fixture
def called(page: ContentPage, submit: Submit) -> Translation:
    """A page with two numbers to call, and its translation."""
    translation = submit(introduce(page, HELP))
    Desk(log_in("translator"), translation).write("introduction", CALL)
    translate(translation)
    return translation


@pytest.fixture
def desk(called: Translation, page: ContentPage) -> Any:
    """Publishes another text, and gives the desk."""

    def change(text: str) -> Desk:
        introduce(page, text)
        return Desk(log_in("translator"), called)

    return change


def links(translation: Translation) -> dict[str, str]:
    """The words of the links in the English draft, with where they lead."""
    text = translation.get_target_instance().get_latest_revision_as_object().introduction
    return {words: address for address, words in re.findall(r'<a href="([^"]*)">([^<]*)</a>', text)}


def test_two_links_that_change_places(called: Translation, desk: Any) -> None:
    page = desk('Ring <a href="tel:1177">1177</a> eller <a href="tel:112">112</a>.')
    assert page.text("introduction") == 'Call <a id="a2">112</a> or <a id="a1">1177</a>.'
    page.send("accept", page.key("introduction"))
    assert page.state("introduction") == "done"
    page.send()
    assert links(called) == {"112": "tel:112", "1177": "tel:1177"}


def test_a_link_in_front_moves_the_others_numbers(called: Translation, desk: Any) -> None:
    page = desk(
        '<a href="https://samtal.example/">Läs</a> eller ring <a href="tel:112">112</a> '
        'eller <a href="tel:1177">1177</a>.'
    )
    page.send("accept", page.key("introduction"))
    assert page.state("introduction") == "error"
    assert 'The link <a id="a1">…</a> to https://samtal.example/ is missing' in page.said(
        "introduction"
    )
    assert page.text("introduction") == 'Call <a id="a2">112</a> or <a id="a3">1177</a>.'
    page.write("introduction", f'<a id="a1">Read</a>. {page.text("introduction")}')
    assert page.state("introduction") == "done"
    page.send()
    assert links(called) == {
        "Read": "https://samtal.example/",
        "112": "tel:112",
        "1177": "tel:1177",
    }


def test_a_link_that_is_gone_leaves_its_words(called: Translation, desk: Any) -> None:
    page = desk('Ring 112 eller <a href="tel:1177">1177</a>.')
    assert page.text("introduction") == 'Call 112 or <a id="a1">1177</a>.'
    page.send("accept", page.key("introduction"))
    assert page.state("introduction") == "done"
    page.send()
    assert links(called) == {"1177": "tel:1177"}


def test_a_link_to_another_place_has_to_be_placed(called: Translation, desk: Any) -> None:
    page = desk('Slå <a href="tel:113">113</a> eller <a href="tel:1177">1177</a>.')
    assert page.text("introduction") == 'Call 112 or <a id="a2">1177</a>.'
    page.send("accept", page.key("introduction"))
    assert page.state("introduction") == "error"
    assert "to tel:113 is missing" in page.said("introduction")
    response = Desk(log_in("editor"), called).send("action-publish")
    assert "must be translated, corrected or confirmed first" in response.content.decode()


def test_the_field_beside_the_button_passes_the_same_check(called: Translation, desk: Any) -> None:
    page = desk('Slå <a href="tel:113">113</a> eller <a href="tel:1177">1177</a>.')
    key = page.key("introduction")
    page.send("accept", key, **{f"text-{key}": "Call 113 or 1177."})
    assert page.state("introduction") == "error"
    assert page.text("introduction") == "Call 113 or 1177."


def test_the_preview_leads_where_the_links_led(called: Translation, desk: Any) -> None:
    desk('Slå <a href="tel:1177">1177</a> eller <a href="tel:112">112</a>.')
    html = (
        log_in("translator").get(f"/admin/localize/translate/{called.pk}/preview/").content.decode()
    )
    assert re.search(r'<a href="tel:112"[^>]*>\s*112', html)
    assert re.search(r'<a href="tel:1177"[^>]*>\s*1177', html)


def test_what_a_text_led_to_is_known_after_several_changes(called: Translation, desk: Any) -> None:
    desk('Ring <a href="tel:1177">1177</a>, inte <a href="tel:113">113</a>.')
    page = desk('Ring <a href="tel:1177">1177</a> eller <a href="tel:112">112</a> nu.')
    assert page.text("introduction") == 'Call <a id="a2">112</a> or <a id="a1">1177</a>.'


def test_an_earlier_translation_of_another_page_leads_where_it_led(
    called: Translation, submit: Submit, client: Client
) -> None:
    other = ContentPage.objects.child_of(called.source.get_source_instance().get_parent()).exclude(
        translation_key=called.source.object_id
    )
    page = other.filter(alias_of=None).first()
    assert page is not None
    turned = introduce(page, 'Ring <a href="tel:1177">1177</a> eller <a href="tel:112">112</a>!')
    StringTranslation.objects.filter(context__object=turned.translation_key).delete()
    translation = Translation.objects.filter(source__object=turned.translation_key).first()
    desk = Desk(log_in("translator"), translation or submit(turned))
    offer = desk.card("introduction").find("button", {"data-desk-insert": True})
    assert offer["value"] == 'Call <a id="a2">112</a> or <a id="a1">1177</a>.'


@pytest.mark.sampled
@pytest.mark.parametrize("button", ["accept", "copy", ""])
def test_a_tab_from_before_the_links_changed_writes_nothing(
    called: Translation, page: ContentPage, desk: Any, button: str
) -> None:
    tab = desk('Välj <a href="tel:1177">A</a> eller <a href="tel:112">B</a>.')
    introduce(page, 'Välj <a href="tel:112">A</a> eller <a href="tel:1177">B</a>.')
    if button:
        tab.send(button, tab.key("introduction"))
    else:
        tab.write("introduction", f"{tab.text('introduction')} Now.")
    assert tab.state("introduction") == "conflict"
    assert CALL.split("<")[0] in tab.card("introduction").find("blockquote").get_text()
    rows = [row for row in segment_rows(called) if row.path == "introduction"]
    assert rows[0].translation is None


def section(text: str) -> dict[str, Any]:
    value = {"heading": "Ring", "text": f"<p>{text}</p>"}
    return {"type": "section", "id": str(uuid.uuid4()), "value": value}


@pytest.mark.parametrize(("second", "is_repeated"), [("1177", False), ("112", True)])
def test_a_text_is_repeated_where_its_links_lead_to_the_same_places(
    page: ContentPage, submit: Submit, second: str, is_repeated: bool
) -> None:
    body = [section(f'Ring <a href="tel:{to}">oss</a> nu.') for to in ("112", second)]
    translation = submit(publish(page, body=body))

    def rows() -> list[SegmentRow]:
        return [row for row in segment_rows(translation) if row.source_text.startswith("Ring <a")]

    Desk(log_in("translator"), translation).write(rows()[0].path, 'Call <a id="a1">112</a> now.')
    assert (rows()[1].translation is not None) is is_repeated
