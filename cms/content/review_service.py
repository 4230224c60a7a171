"""Interface to clinical reviews for floors below `cms.review`, which implements it."""

from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Locale, Workflow


class ReviewService(Protocol):
    """Operations on clinical reviews that content types and demo content need."""

    def may_publish(self, content: Any) -> bool:
        """Return whether exactly this content was approved, or published without review before."""
        ...

    def is_approved(self, content: Any) -> bool:
        """Return whether a reviewer approved exactly this content."""
        ...

    def approve(self, content: Any, *, reviewer: Any, title: str) -> None:
        """Store a reviewer's approval of an object's newest draft."""
        ...

    def workflow(self, locale_id: int) -> Workflow | None:
        """Return the review workflow of a language, None where none is active."""
        ...

    def set_title(self, reviewer: Any, locale: Locale, title: str, *, is_made_up: bool) -> None:
        """Store the professional title of a reviewer in a language."""
        ...


_installed: ReviewService | None = None


def install_review_service(service: ReviewService) -> None:
    """Set the implementation; called once when the apps are ready."""
    global _installed
    _installed = service


def review_service() -> ReviewService:
    """Return the installed implementation; raises ImproperlyConfigured where there is none."""
    if _installed is None:
        raise ImproperlyConfigured("No app has installed a review service.")
    return _installed
