"""API v2, the convention of existing Wagtail front ends, with the shared content beside pages."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from cms.public.images import RENDITION_FILTERS
from cms.public.page_paths import find_page
from cms.public.visibility import PublicScope, public_snippets
from cms.upstream.wagtail_apis import (
    BadRequestError,
    FieldsFilter,
    LocaleFilter,
    OrderingFilter,
    SearchFilter,
    site_of,
)
from faq.models import FaqEntry, FaqTopic
from pages.models import Concern, SelfTestCallToAction

from .serializers import PublicImageSerializer, PublicPageSerializer, PublicSnippetSerializer
from .views import AlphabeticalOrderingFilter, PublicAPIViewSet, PublicSearchFilter


def public_filters(stock: type[BaseAPIViewSet]) -> list[Any]:
    """The filters of one of Wagtail's endpoints, with ours in the place of its order and search."""
    ours = {OrderingFilter: AlphabeticalOrderingFilter, SearchFilter: PublicSearchFilter}
    return [ours.get(one, one) for one in stock.filter_backends]


class PublicPagesViewSet(PublicAPIViewSet, PagesAPIViewSet):
    """Pages, with `find` in every language."""

    base_serializer_class = PublicPageSerializer
    filter_backends = public_filters(PagesAPIViewSet)
    # A page may stand for its translation where there is none: readers see that.
    nested_default_fields = [*PagesAPIViewSet.nested_default_fields, "locale"]

    @cached_property
    def scope(self) -> PublicScope:
        try:
            site = site_of(self.request)
        except ValueError as error:
            raise BadRequestError(str(error)) from error
        if site is None:
            raise Http404("No site answers to this host.")
        return PublicScope(site)

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.scope.pages()

    def get_queryset(self) -> QuerySet[Any]:
        pages = super().get_queryset().select_related("locale")
        return pages.prefetch_related(*getattr(pages.model, "summary_prefetch", ()))

    def find_object(self, queryset: QuerySet[Any], request: HttpRequest) -> Any | None:
        if path := request.GET.get("html_path"):
            return find_page(path, self.scope)
        return super().find_object(queryset, request)


class PublicImagesViewSet(PublicAPIViewSet, ImagesAPIViewSet):
    filter_backends = public_filters(ImagesAPIViewSet)
    base_serializer_class = PublicImageSerializer

    def get_queryset(self) -> QuerySet[Any]:
        images = self.model.objects.exclude(collection__in=self.scope.private_collections)
        images = images.order_by("id").select_related("fault")
        return images.prefetch_renditions(*RENDITION_FILTERS)


class PublicDocumentsViewSet(PublicAPIViewSet, DocumentsAPIViewSet):
    filter_backends = public_filters(DocumentsAPIViewSet)

    def get_queryset(self) -> QuerySet[Any]:
        documents = self.model.objects.exclude(collection__in=self.scope.private_collections)
        return documents.order_by("id")


class SnippetsViewSet(PublicAPIViewSet):
    """Shared content of one type, in the editors' order."""

    base_serializer_class = PublicSnippetSerializer
    filter_backends: list[Any] = [FieldsFilter, AlphabeticalOrderingFilter, LocaleFilter]
    known_query_parameters = BaseAPIViewSet.known_query_parameters - {"search", "search_operator"}
    meta_fields = [*BaseAPIViewSet.meta_fields, "locale"]

    def get_queryset(self) -> QuerySet[Any]:
        snippets = public_snippets(self.model).select_related("locale")
        return snippets.order_by(*self.model._meta.ordering, "pk")


class FaqsViewSet(SnippetsViewSet):
    model = FaqEntry
    filter_backends = [*SnippetsViewSet.filter_backends, PublicSearchFilter]
    known_query_parameters = BaseAPIViewSet.known_query_parameters
    listing_default_fields = [*BaseAPIViewSet.listing_default_fields, "locale", "question", "topic"]
    nested_default_fields = [*BaseAPIViewSet.nested_default_fields, "question"]


class FaqTopicsViewSet(SnippetsViewSet):
    model = FaqTopic
    listing_default_fields = [*BaseAPIViewSet.listing_default_fields, "locale", "name", "slug"]
    nested_default_fields = [*BaseAPIViewSet.nested_default_fields, "name"]


class ConcernsViewSet(SnippetsViewSet):
    model = Concern
    listing_default_fields = [*BaseAPIViewSet.listing_default_fields, "locale", "name", "slug"]
    nested_default_fields = [*BaseAPIViewSet.nested_default_fields, "name"]


class SelfTestCallsToActionViewSet(SnippetsViewSet):
    model = SelfTestCallToAction
    listing_default_fields = [*BaseAPIViewSet.listing_default_fields, "locale", "heading"]
    nested_default_fields = [*BaseAPIViewSet.nested_default_fields, "heading"]

    def get_queryset(self) -> QuerySet[Any]:
        without_test = SelfTestCallToAction.without_test_q(self.scope)
        return super().get_queryset().exclude(without_test)


wagtail_v2 = WagtailAPIRouter("wagtail_api")
wagtail_v2.register_endpoint("pages", PublicPagesViewSet)
wagtail_v2.register_endpoint("images", PublicImagesViewSet)
wagtail_v2.register_endpoint("documents", PublicDocumentsViewSet)
wagtail_v2.register_endpoint("faqs", FaqsViewSet)
wagtail_v2.register_endpoint("faq-topics", FaqTopicsViewSet)
wagtail_v2.register_endpoint("concerns", ConcernsViewSet)
wagtail_v2.register_endpoint("self-test-ctas", SelfTestCallsToActionViewSet)
