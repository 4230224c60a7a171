"""Limit answers of API v2 to what the public may see of referenced objects."""

from collections import defaultdict
from collections.abc import Iterable
from html import escape
from typing import Any

from django.db.models import Model
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from cms.core.keyed_streams import KEY_OF_ROW
from cms.public.lookup import PublicLookup
from cms.public.rich_text import without_attributes
from cms.public.rich_text_links import LINK
from cms.public.schemas import Image, PageLink, RichTextFormat, RichTextMarkdown
from cms.public.streams import is_public, public_items
from cms.public.visibility import PublicScope
from cms.upstream.rich_text import serialize_rich_text, tag_attributes


class ObjectLookup(PublicLookup):
    """Gives the objects themselves, as Wagtail's serializers take them."""

    def __init__(
        self, scope: PublicScope, locale: Locale, rich_text_format: RichTextFormat = "html"
    ) -> None:
        super().__init__(scope.with_all_loaded(), locale, rich_text_format)
        self._objects: dict[tuple[type[Model], int], Any] = {}

    def object(self, model: type[Model], key: int) -> Any | None:
        """Return the object in the readers' locale, or None if the public may not see it."""
        self.find([(model, key)])
        if issubclass(model, Page):
            link = self.page_link(key)
            return link and self._objects[Page, link.id]
        if issubclass(model, get_image_model()):
            self._images.get(key)
            return self._objects.get((get_image_model(), key))
        if issubclass(model, get_document_model()):
            self._documents.get(key)
            return self._objects.get((get_document_model(), key))
        return self.snippet(model, key)

    def _link(self, page: Page) -> PageLink:
        self._objects[Page, page.pk] = page
        return super()._link(page)

    def _image(self, image: Any) -> Image | None:
        self._objects[get_image_model(), image.pk] = image
        return super()._image(image)

    def _document(self, document: Any) -> str:
        self._objects[get_document_model(), document.pk] = document
        return super()._document(document)


class PublicAnswer:
    """The references of the objects that one answer shows, each in its owner's language.

    All are looked up together, when the first is met.
    """

    def __init__(self, scope: PublicScope, rich_text_format: str) -> None:
        self.scope = scope
        self.rich_text_format = rich_text_format
        self._shown: dict[int | None, list[Any]] = defaultdict(list)
        self._lookups: dict[int, ObjectLookup] = {}

    def show(self, instances: Iterable[Any]) -> None:
        """Name the objects that the answer shows, before their references are asked for."""
        for instance in instances:
            # Images and documents are in no language and refer to nothing.
            self._shown[getattr(instance, "locale_id", None)].append(instance)

    def referred(self, owner: Any, model: type[Model], key: int | None) -> Any | None:
        """The object that stands for what an owner refers to, or None where it is hidden."""
        return self._lookup(owner).object(model, key) if key is not None else None

    def rich_text(self, owner: Any, source: str) -> str:
        """An owner's rich text in the format asked for, without hidden links."""
        lookup = self._lookup(owner)
        if self.rich_text_format not in ("html", "markdown"):
            html = without_attributes(source)
            html = LINK.sub(lambda match: _database_link(lookup, match), html)
            return serialize_rich_text(html, self.rich_text_format)
        text = lookup.rich_text(source)
        return text.markdown if isinstance(text, RichTextMarkdown) else text.html

    def stream(self, owner: Any, stream: Any, context: dict[str, Any]) -> list[dict[str, Any]]:
        """A stream as API v2 gives it, without the blocks that pages and our own API leave out."""
        lookup = self._lookup(owner)

        def item_of(item: Any) -> dict[str, Any] | None:
            if is_public(item.block) and item.block.public_value(item.value, lookup) is None:
                return None
            value = self.block(owner, item.block, item.value, context)
            return {"type": item.block_type, "value": value, "id": item.id}

        return public_items(stream, item_of)

    def block(self, owner: Any, block: blocks.Block, value: Any, context: dict[str, Any]) -> Any:
        """A StreamField value as API v2 gives it, without the ids of hidden choices."""

        def child(block: blocks.Block, value: Any) -> Any:
            return self.block(owner, block, value, context)

        match block:
            case blocks.StreamBlock():
                return [
                    {"type": item.block_type, "value": child(item.block, item.value), "id": item.id}
                    for item in value
                ]
            case blocks.ListBlock():
                items = (child(block.child_block, item) for item in value)
                return [item for item in items if item is not None]
            case blocks.StructBlock():
                return {name: child(block.child_blocks[name], item) for name, item in value.items()}
            case blocks.ChooserBlock():
                # What is stored in the place of a key may be none.
                is_key = value is not None and KEY_OF_ROW.fullmatch(str(value.pk))
                chosen = self.referred(owner, type(value), value.pk) if is_key else None
                return chosen.pk if chosen else None
            case blocks.RichTextBlock():
                return self.rich_text(owner, value.source)
        return block.get_api_representation(value, context=context)

    def _lookup(self, owner: Any) -> ObjectLookup:
        lookup = self._lookups.get(owner.locale_id)
        if lookup is None:
            finished: RichTextFormat = "markdown" if self.rich_text_format == "markdown" else "html"
            lookup = ObjectLookup(self.scope, owner.locale, finished)
            lookup.prime(self._shown[owner.locale_id])
            self._lookups[owner.locale_id] = lookup
        return lookup


def _database_link(lookup: ObjectLookup, match: Any) -> str:
    """The link in Wagtail's own form, to what stands for its target."""
    attributes, text = tag_attributes(match[1]), match[2]
    kind, key = attributes.get("linktype"), attributes.get("id", "")
    models = {"page": Page, "document": get_document_model()}
    if kind not in models:
        href = attributes.get("href")
        return f'<a href="{escape(href)}">{text}</a>' if href else str(text)
    target = lookup.object(models[kind], int(key)) if key.isdecimal() else None
    return f'<a linktype="{kind}" id="{target.pk}">{text}</a>' if target else str(text)
