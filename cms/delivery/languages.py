"""Resolves the language parameters of a request, and selects the items of lists by them."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http.response import HttpResponseBase
from wagtail.models import Locale

from cms.public.lookup import PublicLookup
from cms.public.schemas import RichTextFormat
from cms.public.visibility import PublicScope

from .parameters import LanguageParameters
from .problems import BadRequest


def find_locale(scope: PublicScope, code: str, name: str = "locale") -> Locale:
    """Return the locale of a language code; raises BadRequest with the known codes."""
    locale = scope.locale(code)
    if locale is None:
        codes = ", ".join(known.language_code for known in scope.locales.values())
        raise BadRequest(f"{name}: must be one of {codes}.")
    return locale


@dataclass(frozen=True)
class ListLanguages:
    """The language of a list, and the fallback language for items without a translation."""

    locale: Locale
    fallback: Locale | None

    @classmethod
    def of(cls, scope: PublicScope, query: LanguageParameters) -> "ListLanguages":
        """Return the languages that a query names; raises BadRequest for unknown ones."""
        return cls(
            locale=find_locale(scope, query.locale),
            fallback=find_locale(scope, query.fallback, "fallback") if query.fallback else None,
        )

    @property
    def content_language(self) -> str | None:
        """The language of the whole answer, None where there may be two."""
        return None if self.fallback else self.locale.language_code

    def select(self, queryset: Any) -> Any:
        """Return the objects of a translatable queryset that belong in the list."""
        own = self.own(queryset)
        return queryset.filter(self._own_q() | self._missing_q(own)) if self.fallback else own

    def own(self, queryset: Any) -> Any:
        """Return the objects in the list's language."""
        return queryset.filter(self._own_q())

    def missing(self, queryset: Any) -> Any:
        """Return the objects in the fallback language that the list's language does not have."""
        return queryset.filter(self._missing_q(self.own(queryset)))

    def labels(self, scope: PublicScope, item: Any) -> dict[str, Any]:
        """Return the fields of an item that name its language."""
        return {
            "locale": scope.locales[item.locale_id].language_code,
            "is_fallback": item.locale_id != self.locale.pk,
        }

    def lookups(
        self,
        scope: PublicScope,
        items: Iterable[Any],
        fields: Container[str] | None,
        rich_text_format: RichTextFormat = "html",
    ) -> dict[int, PublicLookup]:
        """Return a lookup for each locale of the items, primed with their fields, by locale id."""
        found: dict[int, PublicLookup] = {}
        for pk in {item.locale_id for item in items}:
            found[pk] = PublicLookup(scope, scope.locales[pk], rich_text_format)
            found[pk].prime((item for item in items if item.locale_id == pk), fields)
        return found

    def _own_q(self) -> Q:
        return Q(locale=self.locale)

    def _missing_q(self, own: Any) -> Q:
        translated = own.order_by().values("translation_key")
        return Q(locale=self.fallback) & ~Q(translation_key__in=translated)


def set_content_language(response: HttpResponseBase, language: str | None) -> None:
    """Set `Content-Language` of an answer in one language (RFC 9110, 8.5)."""
    if language:
        response["Content-Language"] = language
