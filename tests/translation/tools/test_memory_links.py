"""The memory says where the links of the same words led elsewhere."""

from typing import Any

import pytest
from django.test import Client
from wagtail_localize.models import Translation

from pages.models import ContentPage
from tests.translation.conftest import publish
from tests.translation.desk.reading import Desk
from tests.translation.tools.conftest import give, segment_of
from tests.translation.tools.test_memory import offered, other  # noqa: F401  # a fixture

TOLD = "Its links led to other places"


def introduce(page: Any, *addresses: str) -> None:
    links = " ".join(f'<a href="{to}">oss</a>' for to in addresses)
    publish(page, introduction=f"<p>Ring {links} nu.</p>")


@pytest.mark.parametrize(
    ("there", "here", "words", "elsewhere"),
    [
        (["tel:112"], ["tel:112"], 'Call <a id="a1">112</a> now.', False),
        (["tel:112"], ["tel:1177"], 'Call <a id="a1">112</a> now.', True),
        (
            ["tel:112", "tel:1177"],
            ["tel:1177", "tel:112"],
            'Call <a id="a2">112</a> <a id="a1">1177</a> now.',
            False,
        ),
    ],
)
def test_the_same_words_with_links(
    desk: Client,
    page: ContentPage,
    translation: Translation,
    other: Translation,  # noqa: F811
    there: list[str],
    here: list[str],
    words: str,
    elsewhere: bool,
) -> None:
    introduce(other.source.get_source_instance(), *there)
    introduce(page, *here)
    numbers = [to.removeprefix("tel:") for to in there]
    links = " ".join(f'<a id="a{at}">{to}</a>' for at, to in enumerate(numbers, start=1))
    give(other, segment_of(other, "introduction"), f"Call {links} now.")
    (suggestion,) = offered(translation, "introduction")
    assert (suggestion.text, suggestion.leads_elsewhere) == (words, elsewhere)
    assert (suggestion.score == 1.0) is not elsewhere
    card = " ".join(Desk(desk, translation).card("introduction").get_text(" ").split())
    assert (TOLD in card) is elsewhere
    assert ("The same text" in card) is not elsewhere
