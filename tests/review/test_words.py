"""Content digests: plain text is compared to the letter, rich text as its editor stores it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.public.rich_text import TEXT_FEATURES
from cms.review.models import Approval, Waiver
from cms.review.renewing import digest_by_rule_1
from cms.review.setting_up import after_migrate
from pages.models import SelfTestCallToAction, TherapyMethodPage

from .desk import act, method, post, put_in_review, self_test

pytestmark = pytest.mark.django_db
APPROVED = "EMDR: p<0.05 and n>30"
SWAPPED = "EMDR: p<0, stop your medication n>30"


def in_title(page: Any, text: str) -> None:
    page.title = text


def in_search_title(page: Any, text: str) -> None:
    page.seo_title = text


def in_heading_of_block(page: Any, text: str) -> None:
    next(block for block in page.body if block.block_type == "steps").value["heading"] = text


def in_quote(page: Any, text: str) -> None:
    raw = page.body.raw_data
    page.body = type(page.body)(
        page.body.stream_block,
        [*raw, {"type": "quote", "value": {"text": text}, "id": "q"}],
        is_lazy=True,
    )


@pytest.mark.parametrize("write", [in_title, in_search_title, in_heading_of_block, in_quote])
def test_plain_text_counts_to_the_letter(write: Callable[[Any, str], None]) -> None:
    digests = set()
    for text in (
        APPROVED,
        SWAPPED,
        "EMDR: p<b>30",
        "EMDR: p<b class='stop'>30",
        "EMDR  p",
        "EMDR p",
    ):
        page = method()
        write(page, text)
        digests.add(page.content_digest())
    assert len(digests) == 6


def test_a_swapped_title_is_not_published(editor: Client, reviewer: Client) -> None:
    page = put_in_review(self_test(), title=APPROVED)
    act(reviewer, page)
    assert self_test().title == APPROVED
    post(editor, page, "action-publish", title=SWAPPED)
    assert self_test().title == APPROVED


def test_what_the_editor_makes_of_rich_text_is_the_same() -> None:
    converter = ContentstateConverter(TEXT_FEATURES)
    for html in (
        "<p>Ett  stycke\nmed\tluft. </p>\n\n<p> <b>Fetstil </b> och mera.</p>",
        '<ul>\n <li> Punkt </li>\n</ul><p><a href="https://a.example/?a=1&amp;b=2">länk</a> </p>',
        "<p><b>Först</b> <i><b>sedan </b></i>slut<b> </b></p><p>a<br/> b</p>",
        "Utan <b>stycke</b>",
        "<p>5 &lt; 6 &amp; &quot;citat&quot;</p>",
    ):
        page = method()
        page.introduction = html
        before = page.content_digest()
        page.introduction = converter.to_database_format(converter.from_database_format(html))
        assert page.introduction != html
        assert page.content_digest() == before, html


def test_white_space_that_a_form_does_not_send_back_is_no_change() -> None:
    page = method()
    digest = page.content_digest()
    page.title = f" {page.title}\r\n"
    next(block for block in page.body if block.block_type == "steps").value["heading"] += " "
    assert page.content_digest() == digest


@pytest.mark.parametrize("text", ["<p>ett tu</p>", "<p>ett <b>två</b></p>", "<p>ett\xa0två</p>"])
def test_other_words_marks_and_no_break_spaces_are_a_change(text: str) -> None:
    page = method()
    page.introduction = "<p>ett två</p>"
    digest = page.content_digest()
    page.introduction = text
    assert page.content_digest() != digest


def store_under_rule_1(content: Any, words: Any) -> None:
    """As approvals were stored before, of given words of an object."""
    digest = digest_by_rule_1(type(words), words.serializable_data())
    for model in (Approval, Waiver):
        model.of_any_content(content).update(digest=digest, digest_rule=1)
    Approval.objects.update(shared=None)


@pytest.mark.parametrize("model", [TherapyMethodPage, SelfTestCallToAction])
def test_approvals_of_before_hold_after_migrating(model: Any) -> None:
    content = model.objects.filter(locale__language_code="sv", live=True).first()
    admin = get_user_model().objects.get(username="admin")
    Waiver.objects.create(
        content_type=Approval.of(content).get().content_type,
        object_id=content.pk,
        digest="",
        user=admin,
        reason="Brådskar.",
    )
    store_under_rule_1(content, content)
    assert not Approval.objects.allows(content)
    after_migrate(apps=apps)
    approval = Approval.of(content).get()
    assert (approval.digest_rule, approval.shared is not None) == (2, True)
    assert Waiver.of(content).exists()
    content.save()
    assert model.objects.get(pk=content.pk).reviewer_name == "Rut Granskare"


def test_migrating_finds_the_words_that_were_approved_among_those_that_looked_the_same() -> None:
    page = method()
    page.title = SWAPPED
    revision = page.save_revision()
    page.title = APPROVED
    approved = page.save_revision()
    assert digest_by_rule_1(type(page), revision.content) == digest_by_rule_1(
        type(page), approved.content
    )
    Approval.of_any_content(page).update(revision=approved)
    store_under_rule_1(page, approved.as_object())
    after_migrate(apps=apps)
    assert Approval.objects.allows(approved.as_object())
    assert not Approval.objects.allows(revision.as_object())
