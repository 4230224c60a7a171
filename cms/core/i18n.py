"""Languages: which one a path is in, and which locales the site has."""

from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language, get_language_from_path, get_language_info
from wagtail.models import Locale

# In which the names of languages begin with a capital, as few languages have it.
CAPITALISING: Final = ("de", "en", "nl")


def language_of_path(path: str) -> str:
    """The language code that an address stands for; nothing but the path decides.

    Takes the path part of a URL ("/en/therapy-methods/"). Unprefixed paths are in the
    default language.
    """
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def language_name(code: str) -> str:
    """A language's name in that language itself, as `LANGUAGES` gives it ("Svenska")."""
    return dict(settings.LANGUAGES).get(code, code)


def language_in_sentence(code: str) -> str:
    """A language's name in the active language, inside a sentence ("Swedish", "engelska")."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return language_name(code)
    return name if (get_language() or "").startswith(CAPITALISING) else name.lower()


def create_missing_locales(**kwargs: Any) -> None:
    """Give every content language its `Locale` row, so that a new language is one setting."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
