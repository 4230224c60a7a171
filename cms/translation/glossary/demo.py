"""The demo glossary: the terms of the demo site's texts."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale

from .models import Term, TermForm

# Swedish, English and a note; the preferred form comes first, other accepted forms after commas.
TERMS = (
    ("terapimetod", "therapy method", ""),
    ("samtalsterapi", "talk therapy, talking therapy", ""),
    ("självtest", "self-test", "Never “diagnosis” or “quiz”."),
    ("session, samtal", "session", ""),
    ("vanliga frågor", "FAQ, frequently asked questions", ""),
    ("i korthet", "in short", "The heading of the box at the top of a page."),
    ("gör självtestet", "take the self-test", ""),
    ("terapeut", "therapist", "Psychologists are therapists; not all therapists psychologists."),
    ("psykolog", "psychologist", ""),
    ("ångest", "anxiety", ""),
    ("utmattning", "burnout", ""),
    ("ätstörning", "eating disorder", ""),
    ("självkänsla", "self-esteem", ""),
    ("KBT", "CBT", ""),
    ("kognitiv beteendeterapi", "cognitive behavioural therapy", "British spelling."),
    ("IPT", "IPT", ""),
    ("interpersonell terapi", "interpersonal therapy", ""),
    ("PDT", "PDT", ""),
    ("psykodynamisk terapi", "psychodynamic therapy", ""),
    ("ACT", "ACT", ""),
    ("DBT", "DBT", ""),
    ("dialektisk beteendeterapi", "dialectical behaviour therapy", "British spelling."),
    ("EMDR", "EMDR", ""),
    ("CFT", "CFT", ""),
    ("compassionfokuserad terapi", "compassion-focused therapy", ""),
    ("parterapi, parsamtal", "couples therapy", ""),
)


@transaction.atomic
def add_demo_terms(**kwargs: Any) -> int:
    """Add the demo terms that the glossary lacks and return their number."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    known = set(TermForm.objects.values_list("locale__language_code", "text"))
    added = 0
    for swedish, english, note in TERMS:
        forms = {"sv": _spellings(swedish), "en": _spellings(english)}
        if any((code, forms[code][0]) in known for code in forms):
            continue
        term = Term.objects.create(note=note)
        TermForm.objects.bulk_create(
            TermForm(term=term, locale=locales[code], text=first, also=", ".join(others))
            for code, (first, *others) in forms.items()
        )
        added += 1
    return added


def _spellings(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]
