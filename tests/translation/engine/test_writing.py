"""How a text is stored: the one way in, straight to the database."""

from typing import Any

import pytest
from django.utils.translation import override
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.translation.engine import targets
from cms.translation.engine.segments import segment_rows
from cms.translation.engine.text_rules import Rules
from cms.translation.engine.writing import Author, TextWriter
from pages.models import ContentPage

from ..conftest import Submit, publish

LINKED = '<p>Ring <a href="tel:{}">oss</a> nu.</p>'
QUOTES = [("quote", {"text": "Jag vilar.", "attribution": "Jag vilar."})]


@pytest.fixture
def begun(untranslated: ContentPage, submit: Submit) -> Translation:
    """A page with a link and words that it says twice, with nothing translated."""
    return submit(publish(untranslated, introduction=LINKED.format("112"), body=QUOTES))


def segment(translation: Translation, path: str) -> StringSegment:
    return StringSegment.objects.get(source=translation.source, context__path=path)


def write(translation: Translation, path: str, text: str, author: Author, **more: Any) -> Any:
    here = segment(translation, path)
    return TextWriter(translation, author).write(here.context, here.string, text, **more)


def test_a_text_is_stored_with_its_writer_and_what_is_wrong_with_it(
    begun: Translation, user: Any
) -> None:
    made = write(begun, "title", " Treat\x00ment\u2028now ", Author(user))
    assert (made.data, made.translation_type, made.tool_name) == ("Treatment now", "manual", "")
    assert (made.last_translated_by, made.has_error, made.field_error) == (user, False, "")
    assert (made.locale, made.context.path) == (begun.target_locale, "title")
    assert made.translation_of.data == "Behandling"
    by_machine = Author(None, "A machine", is_machine=True)
    assert write(begun, "title", "Other", by_machine) is None
    replaced = write(begun, "title", "Care", Author(user, "PO"))
    assert (replaced.pk, replaced.data, replaced.tool_name) == (made.pk, "Care", "PO")
    again = write(begun, "title", "Cure", by_machine, stored=replaced)
    assert (again.pk, again.data, again.translation_type) == (made.pk, "Cure", "machine")
    with override("en"):
        wrong = write(begun, "introduction", "Call us now.", Author(user))
    assert wrong.has_error
    assert wrong.field_error.startswith('The link <a id="a1">…</a> to tel:112 is missing')
    right = write(begun, "introduction", 'Call <a id="a1">us</a>.', Author(user), stored=wrong)
    assert (right.has_error, right.field_error) == (False, "")
    assert write(begun, "title", " \u200b ", Author(user)) is None
    assert {
        text.context.path
        for text in StringTranslation.objects.filter(
            locale=begun.target_locale, context__object=begun.source.object_id
        )
    } == {"introduction"}


def test_a_text_with_a_fault_is_in_no_draft(begun: Translation, user: Any) -> None:
    write(begun, "title", "Care", Author(user))
    write(begun, "introduction", "Call <b>us now.", Author(user))
    draft = targets.save_draft(begun, user).as_object()
    assert (draft.title, draft.introduction.count("oss")) == ("Care", 1)
    assert "Call" not in draft.introduction


def test_a_right_text_is_given_to_the_same_words_elsewhere(begun: Translation, user: Any) -> None:
    rows = [row for row in segment_rows(begun) if row.source_text == "Jag vilar."]
    assert len(rows) == 2
    writer = TextWriter(begun, Author(user, "PO"))
    made = writer.write(rows[0].segment.context, rows[0].segment.string, "I rest.")
    assert made is not None
    made.has_error = True
    writer.write_repeats(made)
    assert StringTranslation.objects.filter(data="I rest.").count() == 1
    made.has_error = False
    writer.write_repeats(made)
    texts = StringTranslation.objects.filter(data="I rest.")
    assert {text.context_id for text in texts} == {row.segment.context_id for row in rows}
    assert {(text.tool_name, text.last_translated_by_id) for text in texts} == {("PO", user.pk)}
    # What somebody has written there stays.
    other = writer.write(rows[1].segment.context, rows[1].segment.string, "Resting.", texts.last())
    assert other is not None
    writer.write_repeats(made)
    assert {
        text.data
        for text in StringTranslation.objects.filter(translation_of=rows[0].segment.string)
    } == {*("I rest.", "Resting.")}


def test_the_rules_of_a_place(begun: Translation) -> None:
    rules = Rules(begun)
    assert rules.rich_paths == {"introduction"}
    title, slug = rules.of("title", "Behandling"), rules.of("slug", "behandling")
    rich = rules.of("introduction", 'Ring <a id="a1">oss</a> nu.', {"a1": {"href": "tel:112"}})
    assert (title.is_rich, slug.is_rich, rich.is_rich) == (False, False, True)
    # A string that is there no more is rich where it has tags.
    assert rules.of("gone", "a <b>c</b>").is_rich
    assert not rules.of("gone", "a<br/>c").is_rich
    assert title.cleaned("a<br/>b\x0bc \n d") == "a b c d"
    assert slug.cleaned("Vår väg!") == "var-vag"
    assert slug.cleaned("日本語") == "日本語"
    assert rich.cleaned("a\x0bb\n c <b>\x0bd</b>") == "a<br/>b c <b><br/>d</b>"
    assert title.cleaned("a <b>c</b>") == "a <b>c</b>"
    for language, address, tag, long in [
        ("sv", "adress", "originalet har inga taggar", "finns plats för 255"),
        ("en", "An address is made of", "the original has no tags", "there is room for 255"),
    ]:
        with override(language):
            assert address in slug.fault_in("日本語").lower() or address in slug.fault_in("日本語")
            assert tag in title.fault_in("a <b>c</b>")
            assert long in title.fault_in("x" * 256)
            assert "256" in title.fault_in("x" * 256)
    assert title.fault_in("x" * 250 + "&amp;" * 5) == ""
    assert slug.fault_in("care") == ""
