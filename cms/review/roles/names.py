"""Names of the groups, workflows and tasks that the product makes, in the reader's language.

They are stored as they were made, in one language, and templates show them in the reader's. Names
that administrators give are shown as they are.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from cms.core.i18n import content_language_codes, language_in_sentence, language_name

from .fixed import EDITORS, MODERATION, MODERATORS, PUBLICATION, PUBLISHERS, REVIEWERS
from .translators import group_name

ACTIONS: Final = {
    "Can add ": gettext_noop("Add: %(type)s"),
    "Can change ": gettext_noop("Change: %(type)s"),
    "Can choose ": gettext_noop("Choose: %(type)s"),
    "Can delete ": gettext_noop("Delete: %(type)s"),
    "Can lock ": gettext_noop("Lock: %(type)s"),
    "Can publish ": gettext_noop("Publish: %(type)s"),
    "Can unlock ": gettext_noop("Unlock: %(type)s"),
    "Can view ": gettext_noop("See: %(type)s"),
}
# Made in English by Wagtail and wagtail-localize, whose catalogues lack them.
OTHERS: Final = (
    gettext_noop("Can access Wagtail admin"),
    gettext_noop("Can submit translations"),
    gettext_noop("translation"),
    gettext_noop("translations"),
)


def shown_name(name: str) -> str:
    """Return a stored name in the active language."""
    return translated_names().get(name, name)


def translated_names() -> dict[str, str]:
    """Return each stored name that is translated, with its text in the active language."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return _names(language, *content_language_codes())


def review_name(code: str) -> str:
    """Return the name under which the clinical review of a language is stored: in that language."""
    with translation.override(code):
        return f"{_('Clinical review')} ({language_name(code)})"


def shown_permission(name: str) -> str:
    """Return the name of a permission in the active language.

    Django and Wagtail make it in English, of an action and the name of a type.
    """
    for action, text in ACTIONS.items():
        if name.startswith(action):
            return gettext(text) % {"type": gettext(name.removeprefix(action))}
    return gettext(name)


@cache
def _names(language: str, *codes: str) -> dict[str, str]:
    with translation.override(language):
        return dict(_pairs(codes))


def _pairs(codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each name as it is stored, with its translation into the active language."""
    yield EDITORS, _("Editors")
    yield PUBLISHERS, _("Publishers")
    yield REVIEWERS, _("Clinical reviewers")
    yield MODERATORS, _("Moderators")
    yield "API clients", _("API clients")
    yield PUBLICATION, _("Approval by publishers")
    yield MODERATION, _("Approval by moderators")
    for source, target in permutations(codes, 2):
        shown = _("Translators %(source)s → %(target)s") % {"source": source, "target": target}
        yield group_name(source, target), shown
    for code in codes:
        yield review_name(code), f"{_('Clinical review')} ({language_in_sentence(code)})"
