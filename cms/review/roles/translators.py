"""Create a group of translators for each pair of languages, limited to the target language."""

from itertools import permutations
from typing import Final

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale

from cms.core.i18n import content_language_codes
from pages.models import HomePage

from ..models import LanguageLimit
from .permissions import make_permissions, permit, permit_pages

TRANSLATING: Final = ("change",)


def group_name(source: str, target: str) -> str:
    """Return the name of the group that translates from one language into another."""
    return f"Translators {source}→{target}"


@transaction.atomic
def set_up_translators() -> None:
    """Create the group of each pair of content languages that has none."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    codes = [code for code in content_language_codes() if code in locales]
    pairs = {group_name(source, target): target for source, target in permutations(codes, 2)}
    known = Group.objects.filter(name__in=pairs).values_list("name", flat=True)
    missing = [name for name in pairs if name not in set(known)]
    if missing:
        make_permissions()
    for name in missing:
        _make_group(name, locales[pairs[name]])


def permit_on_home_page(home: HomePage) -> None:
    """Grant a language's translators their permissions on its home page and all below it."""
    for limit in LanguageLimit.objects.filter(locale=home.locale_id).select_related("group"):
        permit_pages(limit.group, home, TRANSLATING)


def _make_group(name: str, target: Locale) -> None:
    group = Group.objects.create(name=name)
    LanguageLimit.objects.create(group=group, locale=target)
    permit(group, snippets=[*TRANSLATING, "view"], translating=True)
    for home in HomePage.objects.filter(locale=target):
        permit_pages(group, home, TRANSLATING)
