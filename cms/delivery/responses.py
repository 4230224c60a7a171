"""What an answer says of itself in its headers."""

from django.http import HttpResponse


def say_language(response: HttpResponse, language: str | None) -> None:
    """`Content-Language` for an answer in one language (RFC 9110, 8.5)."""
    if language:
        response["Content-Language"] = language
