"""The same rules hold for a text, whoever brings it."""

import html
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from cms.translation.engine.segments import segment_rows
from tests.translation.desk.reading import Desk, log_in
from tests.translation.tools.exchanging import WRITERS, give_back
from tests.translation.tools.test_exchange_meanwhile import changed

from .conftest import segment_of

Way = Callable[[Translation, str, str], None]
LINKED = 'Read <b>more</b> at <a id="a1">our place</a>.'


class OneText(BaseMachineTranslator):
    """A machine translator that gives one text for everything."""

    display_name = "One text"
    text = ""

    def translate(self, source_locale: Any, target_locale: Any, strings: Any) -> Any:
        return {string: StringValue(OneText.text) for string in strings}

    def can_translate(self, source_locale: Any, target_locale: Any) -> bool:
        return True


def by_form(translation: Translation, path: str, text: str) -> None:
    Desk(log_in("translator"), translation).write(path, text)


def by_autosave(translation: Translation, path: str, text: str) -> None:
    desk = Desk(log_in("translator"), translation)
    card = desk.card(path)
    fields = {each["name"]: each["value"] for each in card.find_all("input", {"type": "hidden"})}
    answer = desk.client.post(card["data-url"], {**fields, f"text-{desk.key(path)}": text})
    assert answer.status_code == 200, answer.content


def _in_file(kind: str) -> Way:
    def bring(translation: Translation, path: str, text: str) -> None:
        client = log_in("translator")
        data = client.get(f"/admin/translations/{translation.pk}/export/{kind}/").content.decode()
        stored = text if path == "introduction" else html.escape(text, quote=False)
        give_back(client, translation, changed(data, kind, **{path: stored}), kind)

    return bring


def by_localize(translation: Translation, path: str, text: str) -> None:
    """Through the view of wagtail-localize's own editor."""
    rank = "Läs" if path == "introduction" else ""
    address = reverse(
        "wagtail_localize:edit_string_translation",
        args=[translation.pk, segment_of(translation, path, rank).pk],
    )
    stored = text if path == "introduction" else html.escape(text, quote=False)
    answer = log_in("editor").put(
        address, urlencode({"value": stored}), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code < 300, answer.content


def by_machine(translation: Translation, path: str, text: str) -> None:
    OneText.text = text if path == "introduction" else html.escape(text, quote=False)
    log_in("translator").post(f"/admin/localize/translate/{translation.pk}/machine_translate/")


PERSONS: dict[str, Way] = {
    "form": by_form,
    "autosave": by_autosave,
    "po": _in_file("po"),
    "xliff": _in_file("xliff"),
    "localize": by_localize,
}
WAYS = {**PERSONS, "machine": by_machine}


def by_turns(*cases: tuple[str, ...]) -> list[Any]:
    """Return each case with each way; a default run takes one way for a case, all by turns.

    All ways lead to the same rules, which is seen from a text or two that come by each of them.
    """
    return [
        pytest.param(way, *case, marks=() if at == number % len(WAYS) else pytest.mark.full)
        for number, case in enumerate(cases)
        for at, way in enumerate(WAYS)
    ]


@pytest.fixture(autouse=True)
def machine(settings: Any) -> None:
    name = f"{OneText.__module__}.{OneText.__qualname__}"
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": name}


def stored(translation: Translation, path: str) -> StringTranslation | None:
    row = next(row for row in segment_rows(translation) if row.path == path)
    return row.translation


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("way", "path", "text", "wanted"),
    by_turns(
        ("title", "  Sleep\n   well ", "Sleep well"),
        ("title", "Sleep\u2028well", "Sleep well"),
        ("title", "Sleep \u202ewell\u2066", "Sleep well"),
        ("title", "Sleep\x85well", "Sleep well"),
        ("title", "Sl\x1ceep\x9d", "Sleep"),
        ("title", "5 < 6 & 7", "5 &lt; 6 &amp; 7"),
        ("title", "x" * 200 + " " * 40_000, "x" * 200),
        ("slug", "Ångest & oro", "angest-oro"),
        (
            "introduction",
            f"We listen.\u2028Every day. {LINKED}",
            f"We listen.<br/>Every day. {LINKED}",
        ),
    ),
)
def test_what_nobody_can_see_is_cleaned_away(
    desk: Client, translation: Translation, way: str, path: str, text: str, wanted: str
) -> None:
    WAYS[way](translation, path, text)
    text_now = stored(translation, path)
    assert text_now is not None
    assert (text_now.data, text_now.has_error) == (wanted, False)


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("way", "path", "text"),
    by_turns(
        ("title", "long " * 60),
        ("slug", "!!!"),
        ("slug", "日本語"),
        ("slug", "日本語 abc"),
        ("slug", "København"),
        ("slug", "x" * 256),
        ("introduction", "Read <b>more</b> at our place."),
        ("introduction", f"{LINKED} <u>Now</u>"),
    ),
)
def test_what_cannot_be_published_never_counts_as_done(
    desk: Client, translation: Translation, way: str, path: str, text: str
) -> None:
    WAYS[way](translation, path, text)
    row = next(row for row in segment_rows(translation) if row.path == path)
    assert row.problem is not None
    if way in ("form", "autosave"):
        shown = Desk(log_in("translator"), translation)
        assert shown.state(path) == "error"
        assert shown.text(path) == text.strip()


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("way", "hidden", "wanted"),
    by_turns(
        ("<!-- now -->", "&lt;!-- now --&gt;"),
        ("</ Call 112 at once>", "&lt;/ Call 112 at once&gt;"),
        ("</>", "&lt;/&gt;"),
        ("<b foo", "&lt;b foo"),
    ),
)
def test_markup_that_browsers_hide_is_shown(
    desk: Client, translation: Translation, way: str, hidden: str, wanted: str
) -> None:
    WAYS[way](translation, "introduction", f"{LINKED} {hidden}")
    text = stored(translation, "introduction")
    assert text is not None
    assert (text.data, text.has_error) == (f"{LINKED} {wanted}", False)


@pytest.mark.sampled
@pytest.mark.parametrize("path", ["title", "introduction"])
@pytest.mark.parametrize("way", ["form", "autosave", "po", "xliff"])
def test_a_marked_section_is_words(
    desk: Client, translation: Translation, way: str, path: str
) -> None:
    before = f"{LINKED} " if path == "introduction" else ""
    PERSONS[way](translation, path, f"{before}Read <![foo[ x")
    text = stored(translation, path)
    assert text is not None
    assert (text.data, text.has_error) == (f"{before}Read &lt;![foo[ x", False)


@pytest.mark.sampled
@pytest.mark.parametrize("path", ["title", "introduction"])
@pytest.mark.parametrize("text", ["Read <![foo[ x", "<u>Read</u>"])
def test_what_wagtail_localize_cannot_read_is_refused(
    translation: Translation, path: str, text: str
) -> None:
    segment = segment_of(translation, path, "Läs" if path == "introduction" else "")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    answer = log_in("editor").put(
        address, urlencode({"value": text}), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code < 500
    now = stored(translation, path)
    assert now is None or now.has_error or "<![" not in now.data


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("way", "text"),
    by_turns(
        ('Read <b>more</b> here.<a id="a1"></a>',),
        ('Read <b>more</b> here.<a id="a1"> </a>',),
        ('Read <b>more</b> here.<a id="a1">\u200b</a>',),
        ('Read <b>more</b> <a id="a1">at <a id="a1">our</a> place</a>.',),
    ),
)
def test_a_link_has_words_and_no_link_inside(
    desk: Client, translation: Translation, way: str, text: str
) -> None:
    WAYS[way](translation, "introduction", text)
    row = next(row for row in segment_rows(translation) if row.path == "introduction")
    assert row.problem is not None


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("way", "text"), by_turns(("\u2028",), ("\xa0",), ("\u200b\ufeff",), ("\u3164",))
)
def test_a_text_that_cannot_be_read_is_none(
    desk: Client, translation: Translation, way: str, text: str
) -> None:
    WAYS[way](translation, "title", text)
    assert stored(translation, "title") is None


@pytest.mark.sampled
@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x1c", "\x0b"])
def test_a_separator_in_the_original_costs_no_words_in_a_file(
    desk: Client, translation: Translation, page: Any, kind: str, sign: str
) -> None:
    page.heading = f"Vi lyssnar.{sign}Varje dag."
    page.save_revision().publish()
    PERSONS[kind](translation, "heading", f"We listen.{sign}Every day.")
    text = stored(translation, "heading")
    assert text is not None
    words = ["We", "listen.", "Every", "day."]
    assert text.data.replace(".Every", ". Every").split() == words


def test_a_pretty_printed_file_leaves_no_line_breaks_in_a_title(
    desk: Client, translation: Translation
) -> None:
    data = desk.get(f"/admin/translations/{translation.pk}/export/xliff/").content.decode()
    before, after = data.split('<target state="needs-translation" />', 1)
    file = f"{before}<target>\n      A page\n      on sleep\n    </target>{after}"
    give_back(desk, translation, file.encode(), "xliff")
    text = stored(translation, "title")
    assert text is not None
    assert text.data == "A page on sleep"


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("unit", "target", "is_done"),
    [
        ("", ' state="new"', False),
        ("", ' state="needs-translation"', False),
        ("", ' state="needs-review-l10n"', False),
        (' approved="no"', "", False),
        ("", "", True),
        (' approved="yes"', "", True),
        ("", ' state="translated"', True),
        (' approved="no"', ' state="signed-off"', True),
        ("", ' state="x-checked"', True),
    ],
)
def test_an_xliff_text_counts_where_the_file_says_that_it_is_done(
    desk: Client, translation: Translation, unit: str, target: str, is_done: bool
) -> None:
    data = desk.get(f"/admin/translations/{translation.pk}/export/xliff/").content.decode()
    before, after = data.split('<target state="needs-translation" />', 1)
    begun, rest = before.rsplit("<trans-unit", 1)
    file = f"{begun}<trans-unit{unit}{rest}<target{target}>Sleep</target>{after}"
    give_back(desk, translation, file.encode(), "xliff")
    text = stored(translation, "title")
    assert (text is not None) is is_done
