"""Turns phone numbers and mail addresses in text into tel: and mailto: links.

Rich text and plain texts pass through this module before they become public, so that HTML and API
have the same links. A long number becomes a link if its country's numbering plan has it. A short
one (112, 1177) becomes a link only if it is a known helpline and its sentence is about calling or
about danger, because a wrong link to a helpline does more harm than a missing one.
"""

import re
from html import unescape
from typing import Final
from urllib.parse import quote

import phonenumbers
from django.core.validators import RegexValidator
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

# Where numbers without a country code are dialled.
REGION: Final = "SE"

SPACE: Final = r"(?:[ \u00a0\u202f]|&nbsp;)"
BETWEEN: Final = rf"(?:{SPACE}?[-‐‑–]{SPACE}?|{SPACE})"
# No country code begins with 0. The repetitions are bounded to keep matching linear: 16 groups
# are more digits than any phone number has (15, ITU-T E.164). Groups are atomic rather than
# possessive: Python 3.11.2, which Debian 12 has, matches too much of those (python/cpython 101955).
ABROAD: Final = (
    rf"(?:\+|00){SPACE}?[1-9]\d{{0,2}}"
    rf"(?>(?:(?:{BETWEEN}|\.)?(?:\(\d{{1,16}}\)|\d{{1,16}})){{1,16}})"
)
# In groups of two and three, or in one piece: four digits at the end are mostly a year. Three
# digits after a slash or full stop are neither a date nor a time.
NATIONAL: Final = (
    rf"\(?0[1-9]\d{{0,2}}\)?"
    rf"(?:(?>(?:{BETWEEN}\d{{2,3}}){{2,16}})(?!\d)|{BETWEEN}\d{{5,8}}"
    rf"|/\d{{3}}(?>(?:{BETWEEN}\d{{2,3}}){{1,3}})(?!\d)|\.\d{{3}}\.\d{{2,3}}\.\d{{2,3}}(?!\d))"
    rf"|0[1-9]\d{{6,8}}"
)
# Emergency, healthcare advice, police, information in a crisis and the suicide helpline of
# Sweden, and the European helplines (https://pts.se, 116 series).
HELPLINES: Final = (
    rf"112|1177|114{SPACE}?14|113{SPACE}?13|90{SPACE}?101|901{SPACE}?01"
    rf"|116{SPACE}?(?:000|006|016|111|117|123)"
)
APOSTROPHE: Final = r"(?:'|&#x27;|&#39;|&apos;)"
MAIL: Final = rf"[\w+%-]++(?>(?:(?:\.|{APOSTROPHE})[\w+%-]++)*)@[\w-]+(?:\.[\w-]+)+"
# A mail address doesn't begin inside a longer local part.
MAIL_START: Final = r"(?<![\w@/:.+%-])" + "".join(
    rf"(?<![\w+%-]{sign})" for sign in ("'", "’", "&#x27;", "&#39;", "&apos;", "&rsquo;", "&amp;")
)
NUMBER_START: Final = (
    r"(?:(?<![\w#@/:=.,+-])|(?<=\btel:)|(?<=\btfn:)|(?<=\btelefon:)|(?<=\bphone:))"
)

# Links and tags are matched to be passed over; then come addresses and numbers. An <a> can't hold
# another, and an unclosed tag runs to the end: neither makes the search start over.
CONTACT: Final = re.compile(
    r"<a\b[^<]*+(?>(?:<(?!/?a\b)[^<]*+)*)</a\s*+>|<[^>]*+(?:>|\Z)"
    rf"|{MAIL_START}(?P<mail>{MAIL})(?![\w@]|[.,:/-]\w)"
    rf"|{NUMBER_START}(?:(?P<phone>{ABROAD}|{NATIONAL})|(?P<helpline>{HELPLINES}))"
    r"(?![\w@]|[.,:/-]\w)",
    re.IGNORECASE,
)

# What a number before these words, or after those, is of: money, time, people, places.
UNITS: Final = (
    "kr|kronor|sek|eur|euros?|usd|pounds?|procent|percent|per cent|promille|grader|degrees"
    "|samtal|sessioner|sessions?|möten|besök|visits?|tillfällen|gånger|times"
    "|min|minuter|minutes?|tim|timmar|hours?|dagar|days?|veckor|weeks?|månader|months?|år|years?"
    "|personer|people|persons?|patienter|patients?|deltagare|participants?|par|couples|platser"
    "|places|sidor|pages|ord|words|studier|studies|frågor|questions|svar|svarade|svarande|answers"
    "|answered|respondents?|deltog|av|of|mg|g|kg|ml|cm|m|km|meter|metres?"
)
LABELS: Final = (
    "år|years?|rum|rummet|rooms?|sal|sidan?|sidor|pages?|kapitel|chapter|paragraf|paragraph"
    "|section|figur|figure|tabell|table|buss|bus|linje|kr|sek|eur|usd|bland|among|totalt"
)
COUNTED: Final = re.compile(
    rf"{SPACE}*(?:[%‰€$£°]|:[-–]|\({SPACE}?\d|(?:[–—-]|till|to)?{SPACE}?\d|(?:{UNITS})\b)",
    re.IGNORECASE,
)
NUMBERED: Final = re.compile(rf"(?:[€$£§]|\d{SPACE}?[–—-]?|\b(?:{LABELS})){SPACE}*$", re.IGNORECASE)
LONGEST_LABEL: Final = 24

# A post code and a town: "901 01 Umeå", "113 13 Stockholm".
POST_CODE: Final = re.compile(rf"\d{{3}}{SPACE}?\d{{2}}")
TOWN: Final = re.compile(rf"{SPACE}+[A-ZÅÄÖ]")
# The last groups of a number in thousands: "000 000" of "1 000 000".
THOUSANDS: Final = re.compile(rf"\d{{3}}(?>(?:{SPACE}\d{{3}})*)")
FIRST_THOUSANDS: Final = re.compile(rf"(?<!\d)\d{{1,3}}{SPACE}$")
AFTER_DIGIT: Final = re.compile(rf"\d{SPACE}$")
HOURS: Final = re.compile(
    rf"\b(?:kl|klockan|(?:mån|tis|ons|tors|fre|lör|sön)(?:dag|dagar)?|(?:mon|tue|wed|thu|fri|sat|sun)"
    rf"(?:days?)?)\.?:?{SPACE}*$",
    re.IGNORECASE,
)

# Words that ask to call, and words that introduce a number to call.
VERBS: Final = "ring|larma|call|dial"
NUMBERS: Final = (
    "nödnumret|nödnummer|larmnumret|larmnummer|telefonnumret|telefonnummer|numret|the number"
    "|emergency number|phone number|telephone number|hjälplinjen|självmordslinjen|helpline|hotline"
)
CALL: Final = rf"{VERBS}|ringa|ringer|larmar|slå|calling|phone|telephone|telefon|tel|tfn|{NUMBERS}"
# Names that stand directly before or after their number.
SERVICE: Final = (
    "sos alarm|polisen|the police|police|bris|vårdguiden|sjukvårdsrådgivningen"
    "|ambulans|ambulance|brandkåren"
)
BEFORE_NUMBER: Final = (
    r"\.?(?:\s+(?:alltid|always|genast|direkt|immediately|straight|då|then|först|first|gratis"
    r"|nr|nummer|numret|number))?\s*[:(–—-]?\s*$"
)
AFTER_VERB: Final = re.compile(rf"\b(?:{VERBS}){BEFORE_NUMBER}", re.IGNORECASE)
AFTER_NAME: Final = re.compile(rf"\b(?:{CALL}|{SERVICE}){BEFORE_NUMBER}", re.IGNORECASE)
# "Call Mind on 90101": other words may stand between.
REACH: Final = re.compile(rf"\b(?:{CALL}|nå|når|nås|reach|kontakta|contact)\b", re.IGNORECASE)
LEAD: Final = re.compile(
    r"(?:\b(?:på|on|at|to|till|eller|or|och|and)\s+|[:(]\s*"
    rf"|\b(?:{HELPLINES})\b[^,;/&]*[,;/&]\s*)$",
    re.IGNORECASE,
)
# A sentence about danger or about turning to somebody, wherever its number stands.
ABOUT_HELP: Final = re.compile(
    rf"\b(?:{CALL}|livsfara|i fara|livet i fara|akuta lägen|nödläge|larm|alarm|danger|emergency"
    r"|självmord|ta ditt liv|suicid\w+|suicide|text|sms:?a?|turn to|vänder dig|vända dig)\b",
    re.IGNORECASE,
)
# What follows a number that is called, but hardly one that counts something.
REST: Final = re.compile(
    r"\s*(?:[.,;:!?)/&…]|[–—-]\s|$|(?:dygnet|alla|around|at|day|also|också|även|om|if|eller|or|och"
    r"|and|för|for|vid|when|när|så|genast|direkt|omedelbart|immediately|now|nu|utan|without"
    r"|först|first|before|innan|instead|istället|från|from|gratis|free|i hela|i alla|i stället"
    r"|anywhere)\b)",
    re.IGNORECASE,
)
DIRECTLY_AFTER: Final = re.compile(
    r"\s*(?:dygnet runt|around the clock|round the clock|at any hour|at all hours|day or night"
    r"|(?:per|via|på|över) telefon\b|(?:by|over the) phone\b"
    rf"|(?:[:(–—-]|är\b|is\b)\s*(?:the\s+)?(?:{NUMBERS}|{SERVICE})(?=\s*(?:[.,;:!?)]|$)))",
    re.IGNORECASE,
)
# Text of a block that has only helplines in it.
ALONE: Final = re.compile(
    rf"(?>(?:\b(?:{HELPLINES})\b|\b(?:eller|or|och|and)\b|[\s,;/&().!•*–—-])*)", re.IGNORECASE
)
INLINE_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|em|i|mark|small|span|strong|u)\b[^>]*>", re.IGNORECASE
)
CELL: Final = "\0"
TABLE_CELL: Final = re.compile(r"</?t[dh]\b[^>]*>", re.IGNORECASE)
SENTENCE_END: Final = re.compile(r"(?<!\btel)(?<!\btfn)[.!?]\s+", re.IGNORECASE)
# How many characters around a short number are read.
CONTEXT: Final = 240


def link_contacts(html: str) -> str:
    """Return finished HTML with links around the numbers and addresses in its text."""
    return CONTACT.sub(_link, html) if "@" in html or re.search(r"\d", html) else html


def linked_text(text: str) -> SafeString:
    """Return plain text as HTML with links around its numbers and addresses."""
    return mark_safe(link_contacts(escape(text)))  # noqa: S308  # escaped before


def phone_url(number: str) -> str:
    """Return a phone number as a tel: URL (RFC 3966).

    The country code is added to numbers that can be dialled from other countries. A number that no
    numbering plan has keeps its digits.
    """
    return _phone_url(number) or "tel:" + "".join(sign for sign in number if sign in "+0123456789")


# Digits with the signs that people write between them, and nothing to be said of the number.
validate_phone: Final = RegexValidator(
    r"\A\+?[\d\s().\-‐‑–/]*\d[\d\s().\-‐‑–/]*\Z",
    _("Write the number alone: digits and spaces. Hours and other words belong in the text."),
)


def digits_of(number: str) -> str:
    """Return the digits of a number as people write it."""
    return "".join(sign for sign in number if sign in "0123456789")


def mail_url(address: str) -> str:
    """Return a mail address as a mailto: URL (RFC 6068)."""
    return "mailto:" + quote(address, safe="@+")


def _link(match: re.Match[str]) -> str:
    text = match[0]
    url: str | None = None
    if match["mail"]:
        url = mail_url(unescape(text))
    elif match["helpline"]:
        url = phone_url(text) if not _is_quantity(match) and _is_call(match) else None
    elif match["phone"] and not _is_part_of_number_or_hours(match):
        url = _phone_url(text.replace("&nbsp;", " "))
    return f'<a href="{url}">{text}</a>' if url else text


def _phone_url(number: str) -> str | None:
    """Return the tel: URL of a number, None where it is no phone number.

    A number with a country code may be one that is reserved for examples, which no numbering plan
    has. Two hyphens are a date or opening hours.
    """
    is_abroad = number.startswith(("+", "00"))
    if not is_abroad and len(re.findall(r"[-‐‑–]", number)) > 1:
        return None
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return None
    is_known = phonenumbers.is_possible_number if is_abroad else phonenumbers.is_valid_number
    if not is_known(parsed):
        return None
    return f"tel:{phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}"


def _is_quantity(match: re.Match[str]) -> bool:
    """Return whether the words around a short number count, price or number something."""
    start, end = match.span()
    return bool(
        COUNTED.match(match.string, end)
        or NUMBERED.search(match.string[max(0, start - LONGEST_LABEL) : start])
    )


def _is_part_of_number_or_hours(match: re.Match[str]) -> bool:
    """Return whether a long number is part of thousands (1 000 000) or a time (kl. 08-12)."""
    start = match.start()
    before = match.string[max(0, start - LONGEST_LABEL) : start]
    return bool(
        HOURS.search(before)
        or (match[0].startswith("00") and AFTER_DIGIT.search(before))
        or (THOUSANDS.fullmatch(match[0]) and FIRST_THOUSANDS.search(before))
    )


def _is_call(match: re.Match[str]) -> bool:
    """Return whether the text around a short number is about calling, or is only numbers."""
    start, end = match.span()
    if POST_CODE.fullmatch(match[0]) and TOWN.match(match.string, end):
        return False
    before = _last_block(match.string[max(0, start - CONTEXT) : start])
    after = _first_block(match.string[end : end + CONTEXT])
    sentence = SENTENCE_END.split(before)[-1]
    # "901 01" alone is a post code; the helpline writes 90101.
    is_alone = (
        (match[0] == "90101" or not match[0].startswith("901"))
        and ALONE.fullmatch(before)
        and ALONE.fullmatch(after)
    )
    is_introduced = REST.match(after) and (
        AFTER_NAME.search(sentence) or (REACH.search(sentence) and LEAD.search(sentence))
    )
    # In two groups it may be a post code.
    is_whole = match[0].isdigit()
    around = sentence + SENTENCE_END.split(after)[0]
    is_of_help = is_whole and REST.match(after) and ABOUT_HELP.search(around)
    return bool(
        is_alone
        or AFTER_VERB.search(sentence)
        or DIRECTLY_AFTER.match(after)
        or is_introduced
        or is_of_help
    )


def _last_block(html: str) -> str:
    """Return the plain text after the last block tag or line break.

    A table cell leaves a sign that is no text: a number alone in a cell is mostly data.
    """
    if html.find(">") < html.find("<") or "<" not in html:
        html = html[html.find(">") + 1 :]  # the start may be inside a tag
    return re.split(r"<[^>]*>|\n", _without_inline_tags(html))[-1]


def _first_block(html: str) -> str:
    """Return the plain text before the first block tag or line break."""
    return re.split(r"<|\n", _without_inline_tags(html), maxsplit=1)[0]


def _without_inline_tags(html: str) -> str:
    """Return the HTML without inline tags, with entities decoded and cell tags as `CELL`."""
    return unescape(TABLE_CELL.sub(CELL, INLINE_TAG.sub("", html)))
