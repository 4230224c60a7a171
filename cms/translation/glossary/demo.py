"""The demo glossary: the terms of the demo site's texts."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale

from .models import Term, TermForm

# Swedish and English: the preferred form first, other accepted forms after commas. Then notes in
# both languages, where a term has any.
TERMS = (
    ("terapimetod", "therapy method"),
    ("samtalsterapi", "talk therapy, talking therapy"),
    ("självtest", "self-test", "Aldrig ”diagnos” eller ”quiz”.", "Never “diagnosis” or “quiz”."),
    ("session, samtal", "session"),
    ("vanliga frågor", "FAQ, frequently asked questions"),
    (
        "i korthet",
        "in short",
        "Rubriken på rutan överst på en sida.",
        "The heading of the box at the top of a page.",
    ),
    ("gör självtestet", "take the self-test"),
    (
        "terapeut",
        "therapist",
        "Psykologer är terapeuter, men alla terapeuter är inte psykologer.",
        "Psychologists are therapists, but not all therapists are psychologists.",
    ),
    ("psykolog", "psychologist"),
    ("ångest", "anxiety"),
    ("utmattning", "burnout"),
    ("ätstörning", "eating disorder"),
    ("självkänsla", "self-esteem"),
    ("KBT", "CBT"),
    (
        "kognitiv beteendeterapi",
        "cognitive behavioural therapy",
        "Brittisk stavning.",
        "British spelling.",
    ),
    ("IPT", "IPT"),
    ("interpersonell terapi", "interpersonal therapy"),
    ("PDT", "PDT"),
    ("psykodynamisk terapi", "psychodynamic therapy"),
    ("ACT", "ACT"),
    ("DBT", "DBT"),
    (
        "dialektisk beteendeterapi",
        "dialectical behaviour therapy",
        "Brittisk stavning.",
        "British spelling.",
    ),
    ("EMDR", "EMDR"),
    ("CFT", "CFT"),
    ("compassionfokuserad terapi", "compassion-focused therapy"),
    ("parterapi, parsamtal", "couples therapy"),
)


@transaction.atomic
def add_demo_terms(**kwargs: Any) -> int:
    """Add the demo terms that the glossary lacks and return their number."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    known = set(TermForm.objects.values_list("locale__language_code", "text"))
    added = 0
    for swedish, english, *notes in TERMS:
        forms = {"sv": _spellings(swedish), "en": _spellings(english)}
        if any((code, forms[code][0]) in known for code in forms):
            continue
        term = Term.objects.create()
        noted = dict(zip(forms, notes, strict=False))
        TermForm.objects.bulk_create(
            TermForm(
                term=term,
                locale=locales[code],
                text=first,
                also=", ".join(others),
                note=noted.get(code, ""),
            )
            for code, (first, *others) in forms.items()
        )
        added += 1
    return added


def _spellings(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]
