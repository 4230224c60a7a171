"""Extract the links and chosen objects of a page or snippet."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.content.models import BasePage, BaseSnippet
from cms.core.keyed_streams import KEY_OF_ROW
from cms.public.outgoing_references import Reference, located_references
from cms.public.rich_text import plain_text
from cms.public.rich_text_links import LINK
from cms.upstream.rich_text import tag_attributes

from ..models import ContentLink

TEXT_LENGTH: Final = 200


def content_links(instance: BasePage | BaseSnippet, *, is_draft: bool) -> list[ContentLink]:
    """Return unsaved rows for the links and chosen objects in an object's public content."""
    fields = instance.public_fields if isinstance(instance, BaseSnippet) else None
    source_type = type_of(type(instance))
    texts = dict(_link_texts(instance))
    rows = {
        (reference.content_path, reference.model, reference.key): ContentLink(
            source_type=source_type,
            source_id=instance.pk,
            is_draft=is_draft,
            locale_id=instance.locale_id,
            model_path=reference.model_path,
            content_path=reference.content_path,
            text=texts.get(_text_key(reference), ""),
            target_type=type_of(reference.model),
            target_id=reference.key,
        )
        for reference in located_references(instance, fields)
        if issubclass(reference.model, targets())
    }
    return list(rows.values())


def targets() -> tuple[type[Model], ...]:
    """Return the models that content can link to."""
    return (Page, BaseSnippet, get_image_model(), get_document_model())


def type_of(model: type[Model]) -> ContentType:
    """Return the content type that stands for a model in rows: for all pages that of `Page`."""
    base = Page if issubclass(model, Page) else model
    return ContentType.objects.get_for_model(base)


def _text_key(reference: Reference) -> tuple[str, str, int]:
    kind = "page" if issubclass(reference.model, Page) else "document"
    # Field, or block of a stream: two links to one object in there share a key.
    place = ".".join(reference.content_path.split(".")[:2])
    return place, kind, reference.key


def _link_texts(instance: Model) -> Iterator[tuple[tuple[str, str, int], str]]:
    """Yield ((place, link type, target id), text) of each link in rich text."""
    for field in instance._meta.concrete_fields:
        if hasattr(field, "extract_references"):
            value = field.value_from_object(instance)
            if isinstance(value, str):
                yield from _texts_in(value, field.name)
            else:
                for child in value.raw_data:
                    place = f"{field.name}.{child.get('id')}"
                    for text in _strings(child["value"]):
                        yield from _texts_in(text, place)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from _strings(child)


def _texts_in(html: str, place: str) -> Iterator[tuple[tuple[str, str, int], str]]:
    for match in LINK.finditer(html):
        attributes = tag_attributes(match[1])
        key = attributes.get("id", "")
        if KEY_OF_ROW.fullmatch(key):
            kind = attributes.get("linktype", "")
            yield (place, kind, int(key)), plain_text(match[2])[:TEXT_LENGTH]
