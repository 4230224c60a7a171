"""Tests the first whole sentences of a text."""

import pytest

from cms.public.rich_text import opening


@pytest.mark.parametrize(
    ("html", "length", "found"),
    [
        ("<p>En. Två. Tre.</p>", 8, "En. Två."),
        ("<p>En mening som är längre än så.</p><p>Nästa.</p>", 5, "En mening som är längre än så."),
        ("<ul><li>Terapi om relationer</li><li>12 samtal</li></ul>", 0, "Terapi om relationer."),
        ("<p>Vi möter t.ex. IPT-vana. Sedan?</p>", 0, "Vi möter t.ex. IPT-vana."),
        ("<p>Hon sa: ”Kom!” Jag kom.</p>", 0, "Hon sa: ”Kom!”"),
        ("<p>”Nu igen?” Du väljer samma partner.</p>", 0, "”Nu igen?”"),
        ("", 0, ""),
    ],
)
def test_no_sentence_is_cut(html: str, length: int, found: str) -> None:
    assert opening(html, length) == found
