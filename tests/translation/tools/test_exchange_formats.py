"""The two file formats as programs read and write them, without a database."""

from dataclasses import replace

import polib
import pytest
from django.utils.translation import override

from cms.translation.exchange import po, xliff
from cms.translation.exchange.files import (
    InvalidFile,
    TranslationFile,
    Unit,
    fingerprint,
    normalised,
    source_version,
)
from cms.translation.exchange.importing import Fate, ImportPlan, PlannedText, shown
from cms.translation.exchange.matching import matched
from cms.translation.exchange.presentation import HEADINGS, plan_digest, sections_of

from .exchanging import KINDS, WRITERS

FILE = TranslationFile(
    "uuid-1",
    "sv",
    "en",
    version="0123",
    units=[
        Unit("title", "Sömn &amp; vila", "Sleep &amp; rest", note="sömn → sleep"),
        Unit("text", 'Läs <b>mer</b> hos <a id="a1">oss</a>.<br/>Nu.', "", finished=False),
        Unit("text", "Ring &lt;nu&gt;.", "Call &lt;now&gt;.", finished=False),
    ],
    exported=("aa", "bb"),
)
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF = f"""<?xml version='1.0' encoding='utf-8'?>
<xliff xmlns="{NAMESPACE}" version="1.2"><file original="uuid-1" product-version="0123" \
source-language="sv" target-language="en" datatype="html" xml:space="preserve">\
<header><note>Exported texts: aa bb</note></header><body>
<trans-unit id="1" resname="title"><source>Sömn &amp; vila</source>\
<target state="translated">Sleep &amp; rest</target><note>sömn → sleep</note></trans-unit>
<trans-unit id="2" resname="text"><source>Läs <g id="b1" ctype="x-html-b">mer</g> hos \
<g id="a1" ctype="x-html-a">oss</g>.<x id="br2" ctype="lb" />Nu.</source>\
<target state="needs-translation" /></trans-unit>
<trans-unit id="3" resname="text"><source>Ring &lt;nu&gt;.</source>\
<target state="needs-review-translation">Call &lt;now&gt;.</target></trans-unit>
</body></file></xliff>"""

DEEP = "<g>" * 20_000 + "</g>" * 20_000


def xliff_of(unit: str, **attributes: str) -> bytes:
    """Return a file with one unit, as another program may write it."""
    given = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return (
        f'<xliff xmlns="{NAMESPACE}" version="1.2"><file{given}><body>{unit}</body></file></xliff>'
    ).encode()


def unit_of(unit: str) -> Unit:
    (found,) = xliff.read(xliff_of(unit)).units
    return found


def test_an_xliff_file_is_written_to_the_letter_and_read_back() -> None:
    assert xliff.write(FILE).decode() == XLIFF
    units = [replace(unit, note="") for unit in FILE.units]
    assert xliff.read(XLIFF.encode()) == replace(FILE, units=units)
    assert b"<header>" not in xliff.write(replace(FILE, exported=()))


def test_an_xliff_file_of_another_program() -> None:
    """Nothing but words: no state, no types, no ids; a note of the program's own."""
    target = (
        "<target> A<mrk mtype='seg'>B</mrk> <x id='br7'/>C<x id='x1'/><x/><x id='br7' ctype='pb'/>"
        "<x id='9' ctype='lb'/><ph id='1'>code</ph>D<g id='q&lt;' ctype='x-html-a'>E</g>"
        "<g id='b1' ctype='x-html-b'>F</g><g>G</g><g ctype='x-html-a'>H</g>&amp;<it/><bpt/>"
        "<ept/></target>"
    )
    unit = unit_of(f"<trans-unit resname='p'><source>S</source>{target}</trans-unit>")
    assert unit.target == (
        ' AB <br/>C<br/>D<a id="q&lt;">E</a><b>F</b><span>G</span><a id="">H</a>&amp;'
    )
    assert (unit.path, unit.source, unit.finished) == ("p", "S", True)
    bare = unit_of("<trans-unit/>")
    assert bare == Unit("", "", "", finished=False)
    for approved, finished in [("no", False), ("yes", True)]:
        unit = unit_of(f"<trans-unit approved='{approved}'><target>x</target></trans-unit>")
        assert unit.finished is finished
    told = xliff.read(xliff_of("", original="u"))
    assert told == TranslationFile("u", "", "", "")
    assert xliff.read(f'<xliff xmlns="{NAMESPACE}"/>'.encode()) == TranslationFile("", "", "", "")
    notes = "<header><note>Of the program</note><note/><note> Exported texts: a b</note></header>"
    exported = xliff.read(xliff_of("").replace(b"<body>", f"{notes}<body>".encode())).exported
    assert exported == ("a", "b")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<xliff", "är ingen XLIFF-fil, eller så är den skadad"),
        (b"<!DOCTYPE x><x/>", "är ingen XLIFF-fil, eller så är den skadad"),
        (b"<x/>", "ingen XLIFF-fil av version 1.2"),
        (XLIFF.replace("</file>", "</file><file/>").encode(), "flera översättningar"),
        (b"<?xml version='1.0' encoding='nonsense'?><x/>", "eller så är den skadad"),
        pytest.param(
            xliff_of(f"<trans-unit><target>{DEEP}</target></trans-unit>"),
            "eller så är den skadad",
            id="too deep",
        ),
    ],
)
def test_what_is_no_xliff_file(data: bytes, told: str) -> None:
    with override("sv"), pytest.raises(InvalidFile, match=told):
        xliff.read(data)


def test_what_is_no_po_file() -> None:
    for data, told in [(b"\xff\xfe", "UTF-8"), (b"<x/>", "ingen PO-fil")]:
        with override("sv"), pytest.raises(InvalidFile, match=told):
            po.read(data)


def test_a_po_file_is_written_for_other_programs_and_read_back() -> None:
    data = po.write(FILE)
    entries = polib.pofile(data.decode())
    assert entries.metadata == {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "en",
        "X-Source-Language": "sv",
        "X-WagtailLocalize-TranslationID": "uuid-1",
        "X-Source-Version": "0123",
        "X-Exported-Texts": "aa bb",
    }
    assert [(entry.msgctxt, entry.comment, entry.flags) for entry in entries] == [
        ("title", "sömn → sleep", []),
        ("text", "", []),
        ("text", "", ["fuzzy"]),
    ]
    units = [replace(unit, note="", finished=number < 2) for number, unit in enumerate(FILE.units)]
    assert po.read(data) == replace(FILE, units=units)
    assert po.read(b"\xef\xbb\xbf" + data) == po.read(data)
    long = Unit("text", "ord " * 40, "word " * 35)
    assert po.write(replace(FILE, units=[long])).count(b"\n") < data.count(b"\n") + 4


def test_a_po_file_of_another_program() -> None:
    data = b"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Ett"
msgid_plural "Flera"
msgstr[0] "One"
msgstr[1] "Many"

msgid "Inget"
msgstr ""

#~ msgctxt "title"
#~ msgid "Gammalt"
#~ msgstr "Old"
"""
    found = po.read(data)
    assert found.units == [Unit("", "Ett", "One"), Unit("", "Inget", "")]
    assert (found.translation, found.source_language, found.target_language) == ("", "", "")
    assert (found.version, found.exported) == ("", ())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "<b>Obs!</b> Läs detta.",
        "<b>ett</b> <i>två</i>",
        '<b><i>båda</i></b> <a id="a1">en</a> och <a id="a2">två</a>',
        "rad<br/>rad",
        "5 &lt; 6 &amp; 7 &gt; 3",
        'hårt\xa0mellanslag ”citat” "citat" \\n',
    ],
)
def test_tags_and_signs_are_kept(kind: str, text: str) -> None:
    content = TranslationFile("", "sv", "en", "", [Unit("heading", text, text)])
    (unit,) = WRITERS[kind].read(WRITERS[kind].write(content)).units
    assert (unit.source, unit.target) == (text, text)


def test_what_identifies_texts() -> None:
    assert normalised(" a \t\r\n\x0b\x0c\x85\u2028\u2029b\x00\xa0 c ") == "a b\xa0 c"
    one = Unit("title", "Ett", 'A &amp; <a id="a1">b</a><br/>')
    same = replace(
        one, source=" Ett\n", target="A & <a id='a1'>b</a><br>", finished=False, note="n"
    )
    assert fingerprint(one) == fingerprint(same)
    others = [replace(one, path="p"), replace(one, source="Två"), replace(one, target="A")]
    others.append(replace(one, target=one.target.replace("b", "c")))
    assert len({fingerprint(each) for each in (one, *others)}) == 5
    assert len(fingerprint(one)) == 12
    texts = [("a", "b"), ("c", "d")]
    assert source_version(texts) == source_version(iter(texts))
    assert (
        len({source_version(each) for each in (texts, texts[::-1], [("a\nb", ""), texts[1]])}) == 3
    )
    assert len(source_version(texts)) == 16


def test_texts_are_matched_by_place_and_words() -> None:
    one, two, tight, wide = (
        Unit("title", "Ett", ""),
        Unit("text", "Ett", ""),
        Unit("text", "a b", ""),
        Unit("text", "a  b", ""),
    )
    present = [one, two, tight, wide]

    def pairs(*given: Unit) -> list[tuple[list[str], Unit | None]]:
        return [([unit.target for unit in units], own) for units, own in matched(given, present)]

    gone = Unit("text", "Borta", "g")
    first, second = replace(one, target="1"), replace(one, source=" Ett ", target="2")
    assert pairs(first, gone, second) == [(["1", "2"], one), (["g"], None)]
    a, b = replace(tight, target="a"), replace(wide, target="b")
    # By their white space, in whatever order.
    assert pairs(b, a) == [(["a"], tight), (["b"], wide)]
    assert pairs(b) == [(["b"], wide)]
    # A program has collapsed it: by their order, whatever is left over belonging to the last.
    lost = [replace(tight, target=str(number)) for number in range(3)]
    assert pairs(*lost[:2]) == [(["0"], tight), (["1"], wide)]
    assert pairs(*lost) == [(["0"], tight), (["1", "2"], wide)]
    assert pairs(lost[0]) == [(["0"], tight)]
    other = replace(tight, source="a   b", target="c")
    assert pairs(other, b) == [(["c"], tight), (["b"], wide)]


def test_a_plan_is_told_in_the_editors_language() -> None:
    texts = [
        PlannedText(
            Unit("title", "Ett <b>två</b>", 'A<b>B</b> &amp; "C"'), fate, "Here <b>x</b>", "r"
        )
        for fate in Fate
    ]
    numbered = [replace(text, number=number) for number, text in enumerate(texts)]
    plan = ImportPlan(is_older=False, texts=[*numbered, replace(texts[1], number=99)])
    told = {}
    for language in ("sv", "en"):
        with override(language):
            sections = sections_of(plan)
            told[language] = [(each.heading, each.explanation) for each in sections]
    assert [each.fate for each in sections] == [*HEADINGS]
    assert {*HEADINGS} == {*Fate}
    for (heading, explanation), (other, other_explanation) in zip(*told.values(), strict=True):
        assert heading != other
        assert explanation != other_explanation or not explanation
    unexplained = [each.fate for each in sections if not each.explanation]
    assert unexplained == [Fate.SAME]
    assert [each.fate for each in sections if not each.is_listed] == [Fate.SAME, Fate.EMPTY]
    assert [each.fate for each in sections if each.is_choice] == [Fate.NEWER]
    assert [text.number for text in sections[1].texts] == [1, 99]
    assert [each.fate for each in sections_of(ImportPlan(False, texts[:2]))] == [*Fate][:2]
    assert len(plan.to_write()) == 3
    assert len(plan.to_write([2])) == 4
    assert len(plan.to_write([0, 3])) == 3
    refused = plan.of(Fate.REFUSED)[0]
    assert (texts[0].source_shown, texts[0].here_shown) == ("Ett två", "Here x")
    assert (texts[0].target_shown, refused.target_shown) == ('AB & "C"', 'A<b>B</b> & "C"')
    assert shown(f"<b>{'x' * 81}</b>") == "x" * 79 + "…"
    assert shown("x" * 80) == "x" * 80


def test_a_plan_is_known_by_all_that_it_shows() -> None:
    text = PlannedText(Unit("title", "Ett", "One"), Fate.NEW, "Here", number=1)
    others = [
        replace(text, number=2),
        replace(text, fate=Fate.NEWER),
        replace(text, here="There"),
        replace(text, unit=replace(text.unit, target="Two")),
    ]
    digests = {plan_digest(ImportPlan(False, [each])) for each in (text, *others)}
    assert len(digests) == 5
    assert plan_digest(ImportPlan(True, [replace(text, reason="x")])) in digests
    assert all(len(digest) == 16 for digest in digests)
