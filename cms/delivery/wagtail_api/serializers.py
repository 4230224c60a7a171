"""Fields of API v2 that keep hidden objects out of an answer. Each asks its `PublicAnswer`."""

from typing import Any

from wagtail import fields as wagtail_fields

from cms.public.images import public_image
from cms.public.outgoing_references import references
from cms.upstream.wagtail_apis import (
    BaseSerializer,
    ChildRelationField,
    ImageDownloadUrlField,
    ImageSerializer,
    PageAliasOfField,
    PageLocaleField,
    PageSerializer,
    RelatedField,
    RichTextFieldSerializer,
    StreamFieldSerializer,
)


class PublicRelatedField(RelatedField):
    """A related object, or `None` where the public may not see it."""

    def get_attribute(self, instance: Any) -> Any | None:
        return find_related(self, instance)


class PublicAliasOfField(PageAliasOfField):
    def get_attribute(self, instance: Any) -> Any | None:
        return find_related(self, instance)


def find_related(field: Any, instance: Any) -> Any | None:
    relation = instance._meta.get_field(field.source)
    key = getattr(instance, relation.attname)
    return field.context["answer"].referred(instance, relation.related_model, key)


class PublicChildRelationField(ChildRelationField):
    """Child objects of a page, but for those that refer to something hidden."""

    def to_representation(self, children: Any) -> list[Any]:
        serializer = self.serializer_class(context=self.context)
        answer = self.context["answer"]
        return [
            serializer.to_representation(child)
            for child in children.all()
            if all(answer.referred(child, model, key) for model, key in references(child))
        ]


class PublicRichTextField(RichTextFieldSerializer):
    def get_attribute(self, instance: Any) -> tuple[Any, str]:
        return instance, super().get_attribute(instance)

    def to_representation(self, owned: tuple[Any, str]) -> str:
        return self.context["answer"].rich_text(*owned)


class PublicStreamField(StreamFieldSerializer):
    def get_attribute(self, instance: Any) -> tuple[Any, Any]:
        return instance, super().get_attribute(instance)

    def to_representation(self, owned: tuple[Any, Any]) -> Any:
        return self.context["answer"].stream(*owned, self.context)


class PublicDownloadUrlField(ImageDownloadUrlField):
    """The widest size that the site itself shows, or None: original files are not handed out."""

    def to_representation(self, image: Any) -> str | None:
        shown = public_image(image, site=self.context["answer"].scope.site)
        return shown.srcset[-1].src if shown else None


class PublicSerializer(BaseSerializer):
    serializer_related_field = PublicRelatedField
    serializer_field_mapping = {
        **BaseSerializer.serializer_field_mapping,
        wagtail_fields.StreamField: PublicStreamField,
        wagtail_fields.RichTextField: PublicRichTextField,
    }


class PublicPageSerializer(PublicSerializer, PageSerializer):
    alias_of = PublicAliasOfField(read_only=True)

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        field_class, arguments = super().build_relational_field(field_name, relation_info)
        if field_class is not ChildRelationField:
            return field_class, arguments
        stock = arguments["serializer_class"]
        public = type(stock.__name__, (stock, PublicSerializer), {})
        return PublicChildRelationField, {**arguments, "serializer_class": public}


class PublicSnippetSerializer(PublicSerializer):
    locale = PageLocaleField(read_only=True)


class PublicImageSerializer(PublicSerializer, ImageSerializer):
    download_url = PublicDownloadUrlField(read_only=True)
