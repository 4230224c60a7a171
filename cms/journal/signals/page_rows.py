"""What a row says of a page."""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Page

from ..models import Kind
from ..public_urls import PublicUrl
from ..recording import record


def identity(page: Page) -> dict[str, Any]:
    """The fields of a row that name a page."""
    model = page.specific_class
    return {
        "kind": Kind.PAGE,
        "type": getattr(model, "public_type", model._meta.label),
        "object_id": page.pk,
        "locale": page.locale.language_code,
    }


def record_page(left: Sequence[PublicUrl], **fields: Any) -> None:
    """Write a row for each place where the public could read a page until now, or else one.

    Takes the places and the fields of a row where there are none.
    """
    if not left:
        record(**fields)
    for url in left:
        place = {"path": url.path, "site_id": url.site_id, "withdrawn": True}
        record(**fields | place)
