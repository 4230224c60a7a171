"""What an answer says of itself in its headers."""

from django.http import HttpResponse

from cms.public.cache_headers import name_page
from cms.public.visibility import PublicScope

from .schemas import PageEnvelope


def say_language(response: HttpResponse, language: str | None) -> None:
    """`Content-Language` for an answer in one language (RFC 9110, 8.5)."""
    if language:
        response["Content-Language"] = language


def say_page(response: HttpResponse, envelope: PageEnvelope, scope: PublicScope) -> None:
    """What an answer of one page says: its language, and its name for caches."""
    say_language(response, envelope.locale)
    name_page(response, envelope.id, envelope.locale, scope.shown_pages)
