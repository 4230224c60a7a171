"""API v2's views, made to show what the public may see and to depend on the URL alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.views import BaseAPIViewSet

from cms.core.collation import in_alphabetical_order
from cms.public.visibility import PublicScope
from cms.upstream.wagtail_apis import BadRequestError, OrderingFilter, SearchFilter

from ..problems import BadRequest
from .public_answer import PublicAnswer
from .query_strings import checked_query


class JsonAlways(BaseContentNegotiation):
    """Answers in JSON, whatever the Accept header says."""

    def select_parser(self, request: Any, parsers: list[Any]) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Any, renderers: list[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class PublicSearchFilter(SearchFilter):
    """Search within any selection: the search engines filter by indexed fields only."""

    def filter_queryset(self, request: HttpRequest, queryset: Any, view: Any) -> Any:
        if "search" in request.GET:
            order = queryset.query.order_by
            selected = queryset.order_by().values("pk")
            queryset = queryset.model._default_manager.filter(pk__in=selected).order_by(*order)
        return super().filter_queryset(request, queryset, view)


class AlphabeticalOrderingFilter(OrderingFilter):
    """Orders by text as the readers of the language asked for do, or else of the default one."""

    def filter_queryset(self, request: HttpRequest, queryset: Any, view: Any) -> Any:
        ordered = super().filter_queryset(request, queryset, view)
        language = request.GET.get("locale", settings.LANGUAGE_CODE)
        return in_alphabetical_order(ordered, language)


class PublicAPIViewSet(BaseAPIViewSet):
    """Base of all endpoints of API v2: public scope, errors and cache headers."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JsonAlways

    @cached_property
    def scope(self) -> PublicScope:
        return PublicScope.for_request(self.request)

    @cached_property
    def answer(self) -> PublicAnswer:
        return PublicAnswer(self.scope, self.resolve_rich_text_format())

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        request._request.GET = checked_query(request.GET)

    def handle_exception(self, exc: Exception) -> Any:
        if isinstance(exc, BadRequest):
            exc = BadRequestError(str(exc))
        return super().handle_exception(exc)

    def find_object(self, queryset: QuerySet[Any], request: HttpRequest) -> Any | None:
        with reading_parameters():
            return super().find_object(queryset, request)

    def filter_queryset(self, queryset: QuerySet[Any]) -> Any:
        with reading_parameters():
            return super().filter_queryset(queryset)

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        page = list(super().paginate_queryset(queryset))
        self.answer.show(page)
        return page

    def detail_view(self, request: Any, pk: int) -> Any:
        self.answer.show([self.get_object()])
        return super().detail_view(request, pk)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "answer": self.answer}


@contextmanager
def reading_parameters() -> Iterator[None]:
    """Say what is wrong with values that Wagtail hands to a field unseen."""
    try:
        yield
    except (ValueError, ValidationError) as error:
        with translation.override("en"):
            raise BadRequestError(f"invalid query parameter: {error}") from error
