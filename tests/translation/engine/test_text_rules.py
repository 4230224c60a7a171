"""A text is cleaned once: what is stored stays as it is, and every sign in it can be read."""

import pytest
from django.db import models
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail import blocks

from cms.translation.engine.notation import shown
from cms.translation.engine.places import Place
from cms.translation.engine.text_rules import TextRules
from cms.translation.exchange.files import Unit, fingerprint

LEAVES = (models.CharField(), models.TextField(), models.SlugField(), blocks.CharBlock())
PIECES = (
    *"<>&;#!/?[] -=\"'x1",
    *"\x00\x01\x0b\x0c\x0d\x0a\x09\x1c\x85\xa0\xad\u200b\u2028\u2029\ufeff\ufffe\ud800",
    *(
        "<b>",
        "</b>",
        '<a id="a1">',
        "</a>",
        "<br/>",
        "<br>",
        "<br />",
        "<B>",
        "<script>",
        "<textarea>",
    ),
    *("<!--", "-->", "<![foo[", "<![CDATA[", "]]>", "<?", "<!DOCTYPE", "</ x", "</>", "<b foo"),
    *("&#10;", "&#8232;", "&#x85;", "&#60;", "&#38;", "&#35;", "&#1", "&lt;", "&amp", "&nbsp;"),
    *("&#" + "9" * 5000 + ";", "&not", "&notin;", "word"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def rules(leaf: object, *, rich: bool = False) -> TextRules:
    place = Place(0, ("", ""), "", "", "", leaf)
    return TextRules("<b>x</b>" if rich else "x", place, rich)


@settings(deadline=None, max_examples=500, derandomize=True)
@example("<b foo\x0b>", LEAVES[0], True)
@given(texts, st.sampled_from(LEAVES), st.booleans())
def test_what_is_cleaned_stays_as_it_is(text: str, leaf: object, rich: bool) -> None:
    here = rules(leaf, rich=rich)
    cleaned = here.cleaned(text)
    assert here.cleaned(cleaned) == cleaned
    here.fault_in(cleaned)
    shown(cleaned, rich=rich)


@settings(deadline=None, max_examples=500, derandomize=True)
@example(f'<b id="&#{"9" * 5000};">')
@given(texts)
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert fingerprint(Unit("title", "x", text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Call <!-- 112 --> now", "Call &lt;!-- 112 --&gt; now"),
        ("Call <![foo[ now", "Call &lt;![foo[ now"),
        ("Call <?x now", "Call &lt;?x now"),
        ("Call </ 112 at once>", "Call &lt;/ 112 at once&gt;"),
        ("Call </>112", "Call &lt;/&gt;112"),
        ("Call <b foo", "Call &lt;b foo"),
        ("Call&#10;112&#8232;now", "Call 112<br/>now"),
        ("1 &#60; 2 &#38; 3 &#x3e; 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<b>Call</b> &amp;#10; &lt;b&gt;", "<b>Call</b> &amp;#10; &lt;b&gt;"),
        ("Call <b\u2028foo>now</b>", "Call <b foo>now</b>"),
    ],
)
def test_what_is_no_tag_is_words(text: str, wanted: str) -> None:
    assert rules(models.TextField(), rich=True).cleaned(text) == wanted


@pytest.mark.parametrize(
    ("leaf", "wanted"),
    [
        (models.CharField(), "a b c"),
        (blocks.CharBlock(), "a b c"),
        (models.TextField(), "a<br/>b<br/>c"),
    ],
)
def test_a_plain_text_has_lines_where_its_field_has(leaf: object, wanted: str) -> None:
    assert rules(leaf).cleaned("a<br/>b\u2028c") == wanted


@pytest.mark.sampled
@pytest.mark.parametrize("rich", [True, False])
@pytest.mark.parametrize("sign", [" ", "\n", "<", "&", " \n"])
def test_a_long_text_is_read_once(sign: str, rich: bool) -> None:
    """Rules whose time grows with the square of the length would take minutes here."""
    text = "a" + sign * 200_000 + "b"
    here = rules(models.CharField(max_length=255), rich=rich)
    cleaned = here.cleaned(text)
    assert cleaned.startswith("a")
    assert cleaned.endswith("b")
    here.fault_in(cleaned)
    assert shown(text, rich=rich).endswith("b")
