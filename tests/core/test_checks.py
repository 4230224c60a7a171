"""The house's own system checks: quiet on this site, loud where a rule is broken."""

import pytest
from django.core.checks import Error
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.models import Page

from cms.core.blocks.text import SectionBlock
from cms.core.checks import (
    block_errors,
    check_page_blocks,
    check_page_types,
    check_snippets,
    page_type_errors,
)
from pages.models import ContentPage, HomePage


def ids(errors: list[Error]) -> set[str]:
    return {str(error.id) for error in errors}


def test_this_site_keeps_the_rules() -> None:
    assert [*check_page_types(None), *check_page_blocks(None), *check_snippets(None)] == []


def test_a_block_without_a_public_schema_fails() -> None:
    stream = StreamBlock([("note", CharBlock())])
    assert ids(list(block_errors(HomePage, stream))) == {"samtal.E004", "samtal.E005"} | {
        "samtal.E007"
    }


def test_a_block_without_its_own_template_fails() -> None:
    class Nameless(SectionBlock):
        class Meta:
            template = "blocks/nameless.html"

    stream = StreamBlock([("nameless", Nameless())])
    assert ids(list(block_errors(HomePage, stream))) == {"samtal.E006"}


@pytest.mark.parametrize("missing", ["public_type", "content_schema"])
def test_a_page_type_must_say_what_it_gives(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ContentPage, missing)
    assert "samtal.E002" in ids(check_page_types(None))


def test_two_page_types_may_not_share_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ContentPage, "public_type", HomePage.public_type)
    assert ids(check_page_types(None)) == {"samtal.E003"}


def test_a_page_type_of_another_kind_fails() -> None:
    assert ids(page_type_errors([Page])) == {"samtal.E001"}
