"""Filters, search and order of the report, on the page and as a spreadsheet."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from openpyxl import load_workbook

from cms.translation.models import TranslationState
from tests.translation.matrix.conftest import SetState
from tests.translation.matrix.reading import (
    IPT,
    KBT,
    PDT,
    REPORT,
    ago,
    log_in,
    titles,
)


@pytest.fixture
def some_behind(set_state: SetState) -> None:
    set_state("kontakt", segments_done=9, stale_since=ago(days=90), stale_weight="wording")
    set_state("kbt", segments_done=9, stale_since=ago(days=40), stale_weight="wording")
    set_state("terapimetoder", segments_done=9, stale_since=ago(days=1), stale_weight="meaning")
    set_state("ipt", segments_done=9, stale_since=ago(days=2), stale_weight="meaning")
    set_state("pdt", live=False, segments_done=4)
    set_state("hem", stale_since=ago(hours=1), stale_weight="wording")


def test_changed_meaning_comes_first_then_what_is_read_most(
    some_behind: None, english_admin: Client
) -> None:
    assert titles(english_admin, needs_work="true") == [
        IPT,
        "Terapimetoder",
        KBT,
        "Kontakt",
        "Startsida",
        PDT,
    ]


@pytest.mark.parametrize(
    ("ordering", "first"),
    [
        ("age", ["Kontakt", KBT, IPT, "Terapimetoder"]),
        ("importance", ["Startsida"]),
        ("title", ["About talk therapy", "About this site"]),
        ("nonsense", [IPT, "Terapimetoder"]),
    ],
)
def test_other_orders(
    some_behind: None, english_admin: Client, ordering: str, first: list[str]
) -> None:
    shown = [
        title
        for title in titles(english_admin, ordering=ordering)
        # Furniture comes with the home page, and its name is not the same in every test.
        if "footer" not in title
    ]
    assert shown[: len(first)] == first


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"status": "behind"}, {IPT, KBT, "Terapimetoder", "Kontakt"}),
        ({"status": "behind", "change": "meaning"}, {IPT, "Terapimetoder"}),
        ({"status": "behind", "language": "sv"}, set()),
        ({"status": "in-translation", "language": "en"}, {PDT}),
        ({"status": "ready", "type": "pages.homepage"}, {"Startsida"}),
        ({"status": "ready", "type": "pages.contentpage"}, set()),
        ({"needs_work": "true", "type": "pages.therapymethodpage"}, {IPT, KBT, PDT}),
    ],
)
def test_filters_are_about_one_and_the_same_translation(
    some_behind: None, english_admin: Client, asked: dict[str, str], shown: set[str]
) -> None:
    assert set(titles(english_admin, **asked)) == shown


def test_a_language_as_a_filter_leaves_out_what_is_written_in_it(
    all_current: None, english_admin: Client
) -> None:
    shown = titles(english_admin, language="sv", type="pages.therapymethodpage")
    assert "ACT – Acceptance and commitment therapy" in shown
    assert IPT not in shown


def test_a_filter_with_an_unknown_value_is_refused_without_losing_the_rest(
    all_current: None, english_admin: Client
) -> None:
    assert IPT in titles(english_admin, status="nonsense")


@pytest.mark.parametrize("words", ["SJALVTEST", "själv", "self-test", "test self"])
def test_search_looks_at_titles_in_every_language_without_case_and_accents(
    all_current: None, english_admin: Client, words: str
) -> None:
    assert "Self-test" in titles(english_admin, q=words)
    assert IPT not in titles(english_admin, q=words)


def test_what_matches_nothing_is_said(english_admin: Client) -> None:
    response = english_admin.get(REPORT, {"q": "finns inte"})
    assert "Nothing matches. Take away a filter" in response.content.decode()


def test_the_part_that_a_filter_replaces(all_current: None, english_admin: Client) -> None:
    html = english_admin.get(f"{REPORT}results/", {"q": "IPT"}).content.decode()
    assert IPT in html
    assert "<html" not in html


# --- Spreadsheets -------------------------------------------------------------------------


def test_csv_has_a_line_for_each_translation_that_is_asked_for(
    some_behind: None, english_admin: Client
) -> None:
    response = english_admin.get(REPORT, {"export": "csv", "change": "meaning"})
    lines = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert [line["Title"] for line in lines] == [IPT, "Terapimetoder"]
    assert lines[0] | {"Behind since": ""} == {
        "Title": IPT,
        "Type": "Therapy method page",
        "Original language": "Svenska",
        "Language": "English",
        "Status": "Live but behind",
        "Change since": "Meaning",
        "Behind since": "",
        "Segments": "10",
        "Translated segments": "9",
    }
    assert lines[0]["Behind since"].startswith(f"{ago(days=2):%Y-%m-%d}")


def test_xlsx_holds_everything_in_the_language_of_the_admin(some_behind: None) -> None:
    response = log_in("editor").get(REPORT, {"export": "xlsx"})
    content = b"".join(response.streaming_content)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "Titel"
    assert len(rows) - 1 == TranslationState.objects.count()


def test_what_is_chosen_is_said_in_the_language_of_the_admin(some_behind: None) -> None:
    page = BeautifulSoup(
        log_in("editor").get(REPORT, {"needs_work": "true"}).content, "html.parser"
    )
    chosen = page.select_one(".w-active-filters").get_text(" ", strip=True)
    assert chosen.startswith("Behöver åtgärdas: Ja")
