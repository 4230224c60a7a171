"""Which language is asked for, and which languages' items a list then holds."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Locale

from cms.public.lookup import PublicLookup
from cms.public.schemas import RichTextFormat
from cms.public.visibility import PublicScope

from .parameters import ListParameters
from .problems import BadRequest


def find_locale(scope: PublicScope, code: str, name: str = "locale") -> Locale:
    """The locale of a language code; raises BadRequest that lists the codes there are."""
    locale = scope.locale(code)
    if locale is None:
        codes = ", ".join(known.language_code for known in scope.locales.values())
        raise BadRequest(f"{name}: must be one of {codes}.")
    return locale


@dataclass(frozen=True)
class ListLanguages:
    """The language of a list, and the one that stands in where it has no translation."""

    locale: Locale
    fallback: Locale | None

    @classmethod
    def of(cls, scope: PublicScope, query: ListParameters) -> "ListLanguages":
        """Raises BadRequest for a language that the site does not have."""
        return cls(
            locale=find_locale(scope, query.locale),
            fallback=find_locale(scope, query.fallback, "fallback") if query.fallback else None,
        )

    @property
    def content_language(self) -> str | None:
        """The language of the whole answer, or None where there may be two."""
        return None if self.fallback else self.locale.language_code

    def select(self, queryset: Any) -> Any:
        """Those of a queryset's translatable objects that the list holds."""
        own, missing = self.parts(queryset)
        return own if missing is None else queryset.filter(self._own_q() | self._missing_q(own))

    def parts(self, queryset: Any) -> tuple[Any, Any | None]:
        """The objects in the list's language, and apart from them those that stand in."""
        own = queryset.filter(self._own_q())
        return own, (queryset.filter(self._missing_q(own)) if self.fallback else None)

    def labels(self, scope: PublicScope, item: Any) -> dict[str, Any]:
        """What every item of a list says of its language."""
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
        """A lookup by locale id for the readers of each item, primed with the given fields."""
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
