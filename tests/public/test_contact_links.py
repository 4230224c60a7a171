"""Tests which numbers and addresses in a text become links."""

import re

import pytest

from cms.public.contact_links import link_contacts, linked_text, phone_url

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
        ("08/123 45 67", ["tel:+4681234567"]),
        ("08.123.45.67", ["tel:+4681234567"]),
        ("tel:08-465 004 20", ["tel:+46846500420"]),
        ("o'neil@example.org", ["mailto:o%27neil@example.org"]),
        ("o&#x27;neil@example.org", ["mailto:o%27neil@example.org"]),
        ("'hej@example.org'", ["mailto:hej@example.org"]),
        ("00 46 8 465 004 20", ["tel:+46846500420"]),
        ("Ring 112. Call 112!", ["tel:112", "tel:112"]),
        ("Tänker du på att ta ditt liv kan du nå Mind Självmordslinjen, 90101.", ["tel:90101"]),
        ("Är livet i fara gäller 112.", ["tel:112"]),
        ("Vid akuta lägen gäller 112.", ["tel:112"]),
        ("You can also text 112, or turn to 1177.", ["tel:112", "tel:1177"]),
        ("Larm: 112", ["tel:112"]),
        ("Call your doctor or 112.", ["tel:112"]),
        ("Ring 112 vid fara och 1177 för råd", ["tel:112", "tel:1177"]),
        ("Nödnumret 112", ["tel:112"]),
        ("Emergency number 112", ["tel:112"]),
        ("Tel. 112, tel: 1177, tel:112", ["tel:112", "tel:1177", "tel:112"]),
        ("<b>Ring</b>&nbsp;112 genast", ["tel:112"]),
        ("Råd om vård får du på 1177 dygnet runt.", ["tel:1177"]),
        ("A suicide helpline, answers at all hours on 90101 and has a chat", ["tel:90101"]),
        ("call Mind, a suicide helpline, on 90101 at any hour", ["tel:90101"]),
        ("ringa Mind på 90101, också dygnet runt", ["tel:90101"]),
        ("Ring 901 01 eller 113 13", ["tel:90101", "tel:11313"]),
        ("Call 116 123 or 116 000", ["tel:116123", "tel:116000"]),
        ("112", ["tel:112"]),
        ("112 eller 1177", ["tel:112", "tel:1177"]),
        ("112 or 1177", ["tel:112", "tel:1177"]),
        ("<p>Svar: 5</p><ul><li>112</li><li>(1177)</li></ul>", ["tel:112", "tel:1177"]),
        ("112 – SOS Alarm", ["tel:112"]),
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
        "Cirka 1 000 000 personer",
        "About 1&nbsp;000&nbsp;000 people",
        "2 000 000 kr",
        "2&nbsp;000&nbsp;000 kr",
        "1 020 300 400 svenskar",
        "1 070 123 456",
        "000 000, 0 000 000 and 1 000 000 000",
        "Storgatan 1, 901 01 Umeå",
        "Ring på hos Storgatan 1, 901 01&nbsp;Umeå",
        "Sveavägen 4, 113 13 Stockholm",
        "Box 12, 114 14 Stockholm",
        "901 01",
        "se s. 112",
        "p. 112",
        "kap. 112",
        "nr 112",
        "no. 112",
        "ICD-10 nummer 112",
        "112 av 200 svarade",
        "112 of 200 answered",
        "112 deltog",
        "112 took part",
        "112 (56 %)",
        "Hur många? 112.",
        "1177 svar",
        "1177 answers",
        "of 116 123 respondents",
        "ungefär 116 000 har",
        "about 116 000 have",
        "116 000 svenskar har ångest",
        "Call us at 112 High Street",
        "Vi ringde 200, och 112 kom",
        "Ring oss. 112 har svarat",
        "En av 112 ringer",
        "She answers on 112.",
        "112 police officers",
        "Polisen: 112 fall",
        "Kontakta rum 5, 112, och",
        "Ring oss på Storgatan 1, 113 13",
        "<table><tr><td>112</td><td>1177</td></tr></table>",
        "o’neil@example.org",
        "o&rsquo;neil@example.org",
        "Kl. 08-12 00 00",
        "Mon 08-12 00 00",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert link_contacts(text) == text


def test_plain_text_stays_plain_text() -> None:
    assert linked_text("<b> & ring 112") == '&lt;b&gt; &amp; ring <a href="tel:112">112</a>'


def test_a_number_that_no_plan_has_keeps_its_digits() -> None:
    assert phone_url("+999 1") == "tel:+9991"
    assert phone_url("010-555 01 20") == "tel:+46105550120"
