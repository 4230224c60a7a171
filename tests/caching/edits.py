"""Helper that changes all content of a page but its title and place, and publishes it."""

from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.content.models import BasePage
from cms.content.staleness import STALENESS_FIELDS, Weight

OF_EVERY_PAGE = ("seo_title", "search_description")


def rewrite(page: BasePage) -> None:
    """Change every field that an editor can change, for a page of any type."""
    for field in _fields(page):
        setattr(page, field.name, _other_value(page, field))
    for relation in get_all_child_relations(page):
        children = getattr(page, relation.get_accessor_name())
        if first := children.first():
            children.remove(first)
    page.change_weight = Weight.MEANING
    page.save_revision().publish()


def _fields(page: BasePage) -> list[Any]:
    own = [
        field
        for field in page._meta.concrete_fields
        if field.model not in (Page, page._meta.get_field("path").model)
        and field.editable
        and field.name not in (*STALENESS_FIELDS, "page_ptr")
    ]
    return [*own, *(page._meta.get_field(name) for name in OF_EVERY_PAGE)]


def _other_value(page: BasePage, field: Any) -> Any:
    """Return another value for a field, the same where not any value is valid."""
    value = getattr(page, field.name)
    if isinstance(field, StreamField):
        # Without its first question or result a test would be none.
        is_of_test = field.name in ("questions", "bands")
        return value.raw_data if is_of_test else list(value.raw_data)[1:]
    if isinstance(field, RichTextField):
        return f"<p>Helt ny text.</p>{value}"
    if field.name == "image":
        return None
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return value and value + 1
    if isinstance(field, models.CharField) and not isinstance(field, models.URLField):
        return f"{value} nytt"[: field.max_length]
    return value
