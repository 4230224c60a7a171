"""Language of a path, names of languages, and the locales of the site's content languages."""

from typing import Any, Final

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import (
    get_language,
    get_language_from_path,
    get_language_info,
    override,
)
from wagtail.models import Locale

# The name of Wagtail's view of all pages.
PAGE_VIEW: Final = "wagtail_serve"

# Languages that write the names of languages with a capital.
CAPITALISING: Final = ("de", "en", "nl")


def language_of_path(path: str) -> str:
    """Return the language code of a URL's path, such as "/en/therapy-methods/".

    An unprefixed path is in the default language. Cookies, sessions and headers play no part.
    """
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def view_name(path: str) -> str | None:
    """Return the name of the view that answers at a path, None where there is none.

    A view without a name has the empty one. The patterns are those of the path's language.
    """
    try:
        with override(language_of_path(path)):
            return resolve(path).url_name or ""
    except Resolver404:
        return None


def language_name(code: str) -> str:
    """Return a language's name in that language itself, as `LANGUAGES` gives it ("Svenska")."""
    return dict(settings.LANGUAGES).get(code, code)


def language_in_sentence(code: str) -> str:
    """Return a language's name in the active language for use in a sentence ("engelska")."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return language_name(code)
    return name if (get_language() or "").startswith(CAPITALISING) else name.lower()


def content_language_codes() -> list[str]:
    """Return the codes of the site's content languages, in the order of the settings."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def content_locales() -> dict[int, Locale]:
    """Return the locales of the content languages by id, in the order of the settings."""
    order = content_language_codes()
    locales = Locale.objects.filter(language_code__in=order)
    return {
        locale.pk: locale
        for locale in sorted(locales, key=lambda locale: order.index(locale.language_code))
    }


def create_missing_locales(**kwargs: Any) -> None:
    """Create the `Locale` rows of content languages that have none; receives `post_migrate`."""
    for code in content_language_codes():
        Locale.objects.get_or_create(language_code=code)
