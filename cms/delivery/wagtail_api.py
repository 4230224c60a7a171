"""Wagtail's own API v2 beside the Delivery API, showing the same public pages and no others."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from cms.core.addresses import find_page
from cms.core.visibility import PublicScope


class PublicPagesViewSet(PagesAPIViewSet):
    """Pages, with `find` in every language."""

    def get_base_queryset(self) -> QuerySet[Any]:
        pages = super().get_base_queryset()
        return pages.filter(PublicScope.for_request(self.request).public_q)

    def find_object(self, queryset: QuerySet[Any], request: HttpRequest) -> Any | None:
        if path := request.GET.get("html_path"):
            return find_page(path, PublicScope.for_request(request))
        return super().find_object(queryset, request)


class PublicImagesViewSet(ImagesAPIViewSet):
    """Images outside private collections."""

    def get_queryset(self) -> QuerySet[Any]:
        private = PublicScope.for_request(self.request).private_collections
        return super().get_queryset().exclude(collection__in=private)


class PublicDocumentsViewSet(DocumentsAPIViewSet):
    """Documents outside private collections."""

    def get_queryset(self) -> QuerySet[Any]:
        private = PublicScope.for_request(self.request).private_collections
        return super().get_queryset().exclude(collection__in=private)


wagtail_api = WagtailAPIRouter("wagtail_api")
wagtail_api.register_endpoint("pages", PublicPagesViewSet)
wagtail_api.register_endpoint("images", PublicImagesViewSet)
wagtail_api.register_endpoint("documents", PublicDocumentsViewSet)
