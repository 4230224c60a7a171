"""Which numbers and addresses in a text become links, and which numbers are left alone."""

import re

import pytest

from cms.core.contact_links import link_contacts, linked_text, phone_url

LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Ring 112, 1177 eller 90101.", ["tel:112", "tel:1177", "tel:90101"]),
        ("<b>Telefon:</b> 08-465 004 20. Välkommen!", ["tel:+46846500420"]),
        ("(08) 465 004 20 eller 0701740605", ["tel:+46846500420", "tel:+46701740605"]),
        ("+46 (0)8-465 004 20", ["tel:+46846500420"]),
        ("0046 8&nbsp;465&nbsp;004&nbsp;20", ["tel:+46846500420"]),
        ("From abroad: +44 20 7946 0958 (9–12)", ["tel:+442079460958"]),
        ("Bris: 116 111, polisen: 114 14", ["tel:116111", "tel:11414"]),
        ("Skriv till hej@samtal.example.", ["mailto:hej@samtal.example"]),
        ("åsa+tid@exempel.se", ["mailto:%C3%A5sa+tid@exempel.se"]),
        ("1177 per telefon", ["tel:1177"]),
    ],
)
def test_contacts_are_links(text: str, links: list[str]) -> None:
    linked = link_contacts(text)
    assert [url for url, _words in LINK.findall(linked)] == links
    assert LINK.sub(r"\2", linked) == text


@pytest.mark.parametrize(
    "text",
    [
        "1 177 kr, 1177 kr eller 112&nbsp;kronor",
        "112 samtal, 90 101 personer",
        "112–116 sessions over 112 weeks",
        "rum 112, year 1177, sida 1177",
        "12–16 samtal på 45–60 minuter",
        "Sedan 1977 och till 2026-11-26",
        "08/11 2026 och 08-11 2026",
        "Mån 08-12 13-17, kl. 08.00-17.00",
        "19121212-1212",
        "1177.se och https://hej@samtal.example/112",
        "@samtal@social.example",
        'Se <a href="https://www.1177.se">1177</a>',
        '<img alt="08-465 004 20">',
        "Å&#112;",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert link_contacts(text) == text


def test_plain_text_stays_plain_text() -> None:
    assert linked_text("<b> & 112") == '&lt;b&gt; &amp; <a href="tel:112">112</a>'


def test_a_number_that_no_plan_has_keeps_its_digits() -> None:
    assert phone_url("+999 1") == "tel:+9991"
    assert phone_url("010-555 01 20") == "tel:+46105550120"
