"""The notation that translators edit, what is wrong in it, and the links in it: no database."""

import pytest
from django.utils.translation import override
from wagtail_localize.models import StringSegment

from cms.translation.engine.link_numbers import (
    numbered,
    numbers_between,
    renumbered,
    words_of,
)
from cms.translation.engine.links import has_link, refitted, target_of, without_unknown_links
from cms.translation.engine.notation import (
    fault_in,
    has_words,
    shown,
    stored,
    tags_of,
    unescaped,
    visible,
)
from cms.translation.engine.texts import by_path, is_content, is_same, plain
from cms.upstream.localize_segments import StringSegmentValue, StringValue

SOURCE = 'Läs <b>mer</b> hos <a id="a1">oss</a> och <a id="a2">dem</a>.<br/><i>Nu</i> <b>x</b>'
LEADING = {"a1": {"href": "tel:112"}, "a2": {"linktype": "page", "id": "3"}}
BOTH = '<a id="a1">us</a> <a id="a2">them</a>'


@pytest.mark.parametrize(
    ("text", "swedish", "english"),
    [
        (f"<b>Well</b> {BOTH}<br/><i>x</i>", "", ""),
        (
            BOTH + "</b>",
            "</b> avslutar något som inte är påbörjat",
            "</b> closes nothing that is open.",
        ),
        (BOTH + "<b><i>x</b></i>", "</b> avslutar", "</b> closes nothing that is open."),
        (
            '<a id="a1"> </a>',
            'Länken <a id="a1"></a> har inga ord',
            'The link <a id="a1"></a> has no words',
        ),
        (
            '<a id="a1">x <a id="a2">y</a></a>',
            'Länken <a id="a2"> börjar inuti en annan',
            'The link <a id="a2"> begins inside another',
        ),
        (
            "<b>" + BOTH,
            "<b> är påbörjad men inte avslutad: skriv </b>",
            "<b> is opened but not closed",
        ),
        (
            BOTH + "<u>x</u>",
            '<u> går inte att använda här. Originalet har: <b> <a id="a1"> <a id="a2"> <i>',
            '<u> cannot be used here. The original has: <b> <a id="a1"> <a id="a2"> <i>',
        ),
        (BOTH + '<b id="b1">x</b>', '<b id="b1"> går inte', '<b id="b1"> cannot be used here.'),
        (BOTH + "<B>x</B>", "<B> går inte", "<B> cannot be used here."),
        (
            '<a id="a7">x</a>',
            '<a id="a7"> leder ingenstans. Originalets länkar är: <a id="a1"> <a id="a2">',
            '<a id="a7"> leads nowhere. The links of the original are: <a id="a1"> <a id="a2">',
        ),
        (
            "No link",
            'Länken <a id="a1">…</a> till tel:112 saknas',
            'The link <a id="a1">…</a> to tel:112 is missing',
        ),
        (
            '<a id="a1">us</a>',
            'Länken <a id="a2">…</a> saknas',
            'The link <a id="a2">…</a> is missing',
        ),
        (BOTH + "<b>" * 21, "för många taggar inuti varandra", "too many tags inside each other"),
        (BOTH + "<b>" * 20 + "</b>" * 20, "", ""),
    ],
)
def test_a_wrong_tag_is_named_in_the_editors_language(
    text: str, swedish: str, english: str
) -> None:
    for language, told in [("sv", swedish), ("en", english)]:
        with override(language):
            fault = fault_in(text, SOURCE, LEADING)
        assert told in fault
        assert bool(fault) == bool(told)


def test_an_original_without_tags_allows_none() -> None:
    for language, tag, link in [
        ("sv", "originalet har inga taggar", "originalet har ingen länk här"),
        ("en", "the original has no tags", "the original has no link here"),
    ]:
        with override(language):
            assert tag in fault_in("<u>x</u>", "x", {})
            assert link in fault_in('<a id="a1">x</a>', "x", {})
            assert fault_in("a <br/> b", "x", {}) == ""


@pytest.mark.parametrize(
    ("data", "in_field"),
    [
        ("a<br/>b<br>c<br />d", "a\nb\nc\nd"),
        ("a  \n  b\n\n \n c <b>d</b>", "a b c <b>d</b>"),
        ("\na\n", " a "),
        ("a &amp; b", "a & b"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("&amp;lt;", "&amp;lt;"),
        (f"&#{'9' * 9};&#x1F600;", "\ufffd\U0001f600"),
    ],
)
def test_how_a_stored_text_is_shown(data: str, in_field: str) -> None:
    assert shown(data, rich=True) == in_field


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (" a\r\nb \n", "a<br/>b"),
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("&lt;b&gt; &amp; <b>x</b>", "&lt;b&gt; &amp; <b>x</b>"),
        ("a<br>b<br />c", "a<br/>b<br/>c"),
        ('"x"', '"x"'),
    ],
)
def test_how_a_typed_text_is_stored(text: str, data: str) -> None:
    assert stored(text, rich=True) == data
    assert shown(stored(" a\r\nb & <b> ", rich=False), rich=False) == "a\nb & <b>"


def test_what_is_visible_of_a_text() -> None:
    assert unescaped("&lt;b&gt; &#228;&#99999999; &#xfffffffff;") == "<b> ä\ufffd \ufffd"
    assert visible('<b>a & b</b> <!-- c --> "d" &#228; < e') == (
        '<b>a &amp; b</b> &lt;!-- c --&gt; "d" ä &lt; e'
    )
    assert [has_words(text) for text in ("a", "&nbsp;", "", "\u200b", "&#228;")] == [
        *(True, False, False, False, True)
    ]
    assert tags_of(SOURCE) == ["<b>", '<a id="a1">', '<a id="a2">', "<i>"]
    assert tags_of('<b id="x">a</b><img src="y"><br/>') == ['<b id="x">']


def test_texts_are_compared_by_their_words() -> None:
    assert plain(" <b>a</b>b<br/>c  &amp; <br >d&lt;e ") == "ab c & d<e"
    assert is_same("title", "<b>a</b>  b", "a<br/>b")
    assert not is_same("title", "a b", "a c")
    assert [is_same("slug", text, "Å sö") for text in ("a-so", "a-so-2", "a-so-x", "xa-so")] == [
        *(True, True, False, False)
    ]
    assert [is_content(path) for path in ("title", "body.slug", "slug", "slug.x")] == [
        *(True, True, False, False)
    ]
    segments = [StringSegmentValue("p", StringValue(text)) for text in ("a", "b")]
    assert by_path([segments[0], object(), segments[1]]) == {"p": ["a", "b"]}


def test_links_are_carried_by_where_they_lead() -> None:
    call, write, page = ({"href": "tel:1"}, {"href": "mailto:a@b"}, {"linktype": "page", "id": 3})
    text = '<a id="a1">Call</a> <b>or</b> <a id="a2">write</a>'
    assert refitted(text, {"a1": call, "a2": write}, {"a1": write, "a2": call}) == (
        '<a id="a2">Call</a> <b>or</b> <a id="a1">write</a>'
    )
    assert refitted(text, {"a1": call, "a2": write}, {"a5": call}) == (
        '<a id="a5">Call</a> <b>or</b> write'
    )
    # Two that lead to one place, and one of them is left.
    assert refitted(text, {"a1": call, "a2": call}, {"a1": call}) == (
        '<a id="a1">Call</a> <b>or</b> <a id="a1">write</a>'
    )
    assert refitted(text, {"a1": call, "a2": call}, {"a7": call, "a8": call}) == (
        '<a id="a7">Call</a> <b>or</b> <a id="a8">write</a>'
    )
    assert refitted(text, {}, {"a1": call}) == "Call <b>or</b> write"
    assert refitted("a<br>b", {}, {}) == "a<br>b"
    segment = StringSegment(attrs='{"a1": {"href": "tel:1"}}')
    assert without_unknown_links(text, segment) == '<a id="a1">Call</a> <b>or</b> write'
    assert without_unknown_links("a<br>b", segment) == "a<br>b"
    assert (has_link("<a id>"), has_link("<b>a</b>")) == (True, False)
    assert target_of(page) == target_of({"id": "3", "linktype": "page"}) != target_of(call)


def value(text: str, *addresses: str, path: str = "text") -> StringSegmentValue:
    links = {f"a{number}": {"href": href} for number, href in enumerate(addresses, start=1)}
    return StringSegmentValue(path, StringValue(text), attrs=links, order=4)


def test_the_same_words_with_other_links_are_another_string() -> None:
    call, plain_text = '<a id="a1">Ring</a>', value("Ring")

    def texts(*values: StringSegmentValue, stored: list[object] = [], removed: object = ()) -> list:  # noqa: B006
        found = numbered(values, stored, lambda: removed)
        assert [each.order for each in found if each is not plain_text] == [
            4 for each in found if each is not plain_text
        ]
        return [(each.string.data, each.attrs) for each in found]

    def link(number: int, href: str) -> tuple[str, dict[str, dict[str, str]]]:
        return f'<a id="a{number}">Ring</a>', {f"a{number}": {"href": href}}

    one, two = value(call, "tel:1"), value(call, "tel:2")
    assert numbered([plain_text], [], lambda: pytest.fail("read")) == [plain_text]
    assert texts(one, plain_text, two, one) == [
        link(1, "tel:1"),
        (plain_text.string.data, plain_text.attrs),
        link(2, "tel:2"),
        link(1, "tel:1"),
    ]
    # At another place each begins anew, but for what is known elsewhere.
    known = [("text", *link(1, "tel:1")), ("text", *link(2, "tel:2"))]
    assert texts(two, one, stored=known, removed=None) == [link(2, "tel:2"), link(1, "tel:1")]
    assert texts(value(call, "tel:2", path="other"), stored=known) == [link(2, "tel:2")]
    # The only one with these words leads elsewhere now.
    assert texts(value(call, "tel:9"), stored=known[:1]) == [link(1, "tel:9")]
    # A third; one that was here before gets its number back, and gives it to no other.
    third = value(call, "tel:3")
    assert texts(one, two, third, stored=known)[2] == link(3, "tel:3")
    gone = [("text", *link(3, "tel:7"))]
    assert texts(one, two, third, stored=known, removed=gone)[2] == link(4, "tel:3")
    assert texts(one, two, value(call, "tel:7"), stored=known, removed=gone)[2] == link(3, "tel:7")
    pair = value('<a id="a1">Ring</a> <a id="a2">du</a>', "tel:1", "tel:2")
    turned = value('<a id="a1">Ring</a> <a id="a2">du</a>', "tel:2", "tel:1")
    assert texts(pair, turned)[1] == (
        '<a id="a3">Ring</a> <a id="a4">du</a>',
        {"a3": {"href": "tel:2"}, "a4": {"href": "tel:1"}},
    )
    assert words_of(SOURCE).count("<a>") == 2
    assert renumbered(BOTH, {"a1": "a5"}) == '<a id="a5">us</a> <a id="a2">them</a>'
    assert numbers_between(BOTH, renumbered(BOTH, {"a2": "a9"})) == {"a1": "a1", "a2": "a9"}
    with pytest.raises(ValueError, match="zip"):
        numbers_between(BOTH, "x")
