"""Phone numbers and mail addresses in text, as links that a phone or a mail program opens.

Rich text and plain texts pass through here on their way to the public, so that HTML and API lead
to the same numbers. Years, prices, opening hours and numbers of sessions are left alone: a number
is a phone number where its country's numbering plan has it, and a short one only where it is a
known helpline and the words around it count or price nothing.
"""

import re
from typing import Final
from urllib.parse import quote

import phonenumbers
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Where numbers without a country code are dialled.
REGION: Final = "SE"

SPACE: Final = r"(?:[ \u00a0\u202f]|&nbsp;)"
BETWEEN: Final = rf"(?:{SPACE}?[-‐‑–]{SPACE}?|{SPACE})"
ABROAD: Final = rf"(?:\+|00){SPACE}?\d{{1,3}}(?:(?:{BETWEEN}|\.)?(?:\(\d+\)|\d+))++"
# In groups of two and three, or in one piece: four digits at the end are mostly a year.
NATIONAL: Final = (
    rf"\(?0\d{{1,3}}\)?(?:(?:{BETWEEN}\d{{2,3}}){{2,}}+(?!\d)|{BETWEEN}\d{{5,8}})|0\d{{7,9}}"
)
# Emergency, healthcare advice, police, information in a crisis and the suicide helpline of
# Sweden, and the European helplines (https://pts.se, 116 series).
HELPLINES: Final = (
    rf"112|1177|114{SPACE}?14|113{SPACE}?13|90{SPACE}?101|901{SPACE}?01"
    rf"|116{SPACE}?(?:000|006|016|111|117|123)"
)
MAIL: Final = r"[\w+%-]+(?:\.[\w+%-]+)*@[\w-]+(?:\.[\w-]+)+"

# Links and tags are matched to be passed over; then come addresses and numbers.
CONTACT: Final = re.compile(
    r"<a\b.*?</a\s*>|<[^>]*>"
    rf"|(?<![\w@/:.])(?P<mail>{MAIL})"
    rf"|(?<![\w#@/:=.,+-])(?:(?P<phone>{ABROAD}|{NATIONAL})|(?P<helpline>{HELPLINES}))"
    r"(?![\w@]|[.,:/-]\w)",
    re.DOTALL | re.IGNORECASE,
)

# What a number before these words, or after those, is of: money, time, people, places.
UNITS: Final = (
    "kr|kronor|sek|eur|euros?|usd|pounds?|procent|percent|per cent|promille|grader|degrees"
    "|samtal|sessioner|sessions?|möten|besök|visits?|tillfällen|gånger|times"
    "|min|minuter|minutes?|tim|timmar|hours?|dagar|days?|veckor|weeks?|månader|months?|år|years?"
    "|personer|people|persons?|patienter|patients?|deltagare|participants?|par|couples|platser"
    "|places|sidor|pages|ord|words|studier|studies|mg|g|kg|ml|cm|m|km|meter|metres?"
)
LABELS: Final = (
    "år|years?|rum|rummet|rooms?|sal|sidan?|sidor|pages?|kapitel|chapter|paragraf|paragraph"
    "|section|figur|figure|tabell|table|buss|bus|linje|kr|sek|eur|usd|bland|among|totalt"
)
COUNTED: Final = re.compile(
    rf"{SPACE}*(?:[%‰€$£°]|:[-–]|(?:[–—-]|till|to)?{SPACE}?\d|(?:{UNITS})\b)", re.IGNORECASE
)
NUMBERED: Final = re.compile(rf"(?:[€$£§]|\d{SPACE}?[–—-]?|\b(?:{LABELS})){SPACE}*$", re.IGNORECASE)
LONGEST_LABEL: Final = 24


def link_contacts(html: str) -> str:
    """Finished HTML with links around the numbers and addresses in its words."""
    return CONTACT.sub(_link, html) if "@" in html or re.search(r"\d", html) else html


def linked_text(text: str) -> SafeString:
    """Plain text as HTML with such links."""
    return mark_safe(link_contacts(escape(text)))  # noqa: S308  # escaped before


def phone_url(number: str) -> str:
    """A phone number as people write it, as a tel: address (RFC 3966).

    With the country code where the number can be dialled from other countries; what no numbering
    plan has keeps its digits.
    """
    return _phone_url(number) or "tel:" + "".join(sign for sign in number if sign in "+0123456789")


def mail_url(address: str) -> str:
    """A mail address as a mailto: address (RFC 6068)."""
    return "mailto:" + quote(address, safe="@+")


def _link(match: re.Match[str]) -> str:
    text = match[0]
    plain = text.replace("&nbsp;", " ")
    if match["mail"]:
        url: str | None = mail_url(plain)
    elif match["helpline"]:
        url = None if _is_quantity(match) else phone_url(plain)
    else:
        url = _phone_url(plain) if match["phone"] else None
    return f'<a href="{url}">{text}</a>' if url else text


def _phone_url(number: str) -> str | None:
    """None where it is no phone number.

    A number with a country code may be one of those that are kept for examples, which no numbering
    plan has. Two hyphens are a date or opening hours.
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
    """Whether the words around a short number count, price or number something with it."""
    start, end = match.span()
    return bool(
        COUNTED.match(match.string, end)
        or NUMBERED.search(match.string[max(0, start - LONGEST_LABEL) : start])
    )
