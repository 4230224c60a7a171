"""Parts of Wagtail's API v2 as bases for ours, and its API v3 to be mounted behind our checks.

From `wagtail.api.v2`, `wagtail.api.validators` and `wagtail.images.api.v2`, Wagtail 8.0.
Documented are the viewsets and `APIField`; an answer that hides what the public may not see needs
other fields inside the serializers, and search within any selection needs other filters.

From `wagtail.api.v3`, Wagtail 8.0, a preview that may change in any release. Documented is how to
mount it; that only members of a group may use it, and that a request is one transaction, has no
setting. Nor has it one for fields that it does not know, which it passes over, or for the shape of
a StreamField. The routes of locales are in an app that wagtail-localize replaces.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, get_args

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from ninja import Router
from pydantic import AfterValidator, BaseModel
from wagtail.api.v2.filters import FieldsFilter, LocaleFilter, OrderingFilter, SearchFilter
from wagtail.api.v2.serializers import (
    BaseSerializer,
    ChildRelationField,
    PageAliasOfField,
    PageLocaleField,
    PageSerializer,
    RelatedField,
    RichTextFieldSerializer,
)
from wagtail.api.v2.serializers import StreamField as StreamFieldSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v3.api import api
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.pagination import WagtailLimitOffsetPagination
from wagtail.api.v3.registry import registry
from wagtail.api.validators import SiteFilterValidator
from wagtail.fields import StreamField
from wagtail.images.api.v2.serializers import ImageDownloadUrlField, ImageSerializer
from wagtail.locales.api.v3.router import LocaleSchema

from .admin_views import decorate_urls

__all__ = [
    "BadRequestError",
    "BaseSerializer",
    "ChildRelationField",
    "FieldsFilter",
    "ImageDownloadUrlField",
    "ImageSerializer",
    "LocaleFilter",
    "LocaleSchema",
    "OrderingFilter",
    "PageAliasOfField",
    "PageLocaleField",
    "PageSerializer",
    "RelatedField",
    "RichTextFieldSerializer",
    "SearchFilter",
    "StreamFieldSerializer",
    "WagtailLimitOffsetPagination",
]


def site_of(request: HttpRequest) -> Any | None:
    """Return the site that the parameter `site` or else the host names; None where there is none.

    Raises Http404 for a parameter that names no site, and ValueError for one that names several.
    """
    return SiteFilterValidator(site=request.GET.get("site"), request=request).site_obj


def has_valid_token(request: HttpRequest) -> bool:
    """Tell whether a request bears a valid token of API v3; makes the token's owner its user."""
    return bool(BearerTokenAuth()(request))


def add_v3_router(name: str) -> Router:
    """Return a new router of API v3, for whoever has a token, below its name."""
    router = Router(tags=[name], auth=BearerTokenAuth())
    api.add_router(f"/{name}/", router)
    return router


def close_v3_inputs(check_stream: Callable[[StreamField], Callable[[Any], Any]]) -> None:
    """Let API v3 refuse fields of pages and snippets that it does not know, with 422.

    Takes a function that returns the validator of a StreamField's JSON. To be called once, when
    every app has registered its types.
    """
    closed: set[type[BaseModel]] = set()
    for name in [summary.name for summary in registry.list_content_types()]:
        registration = registry.get(name)
        for schema in (registration.create_schema, registration.patch_schema):
            if schema is not None:
                _validate_streams(schema, apps.get_model(name), check_stream)
                _close(schema, closed)
    for _path, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for parameters in operation.models:
                    # Built of the schemas as they were.
                    parameters.model_rebuild(force=True)


def _validate_streams(schema: type[BaseModel], model: Any, check_stream: Any) -> None:
    for name, field in schema.model_fields.items():
        try:
            model_field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(model_field, StreamField):
            field.annotation = Annotated[list[Any], AfterValidator(check_stream(model_field))]


def _close(schema: type[BaseModel], closed: set[type[BaseModel]]) -> None:
    """Refuse unknown fields in a schema and in those that it is built of, the innermost first."""
    if schema in closed:
        return
    closed.add(schema)
    for field in schema.model_fields.values():
        for inner in _schemas_in(field.annotation):
            _close(inner, closed)
    # Ninja calls `image` `image_id` in what is sent, and passed over what answers call it.
    schema.model_config = {
        **schema.model_config,
        "validate_by_name": True,
        "validate_by_alias": True,
        "extra": "forbid",
    }
    schema.model_rebuild(force=True)


def _schemas_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _schemas_in(part)


def decorated_v3_urls(decorator: Callable[..., Any]) -> tuple[list[Any], str, str]:
    """Return the URLs of API v3 as `path()` takes them, with a decorator around every view.

    To be called once, when every app has added its routes: ninja then takes no more.
    """
    patterns, app_name, namespace = api.urls
    return decorate_urls(patterns, decorator), app_name, namespace
