"""Parts of Wagtail's API v2 as bases for ours, and its API v3 to be mounted behind our checks.

From `wagtail.api.v2`, `wagtail.api.validators` and `wagtail.images.api.v2`, Wagtail 8.0.
Documented are the viewsets and `APIField`; an answer that hides what the public may not see needs
other fields inside the serializers, and search within any selection needs other filters.

From `wagtail.api.v3`, Wagtail 8.0, a preview that may change in any release. Documented is how to
mount it; that only members of a group may use it, and that a request is one transaction, has no
setting.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
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
from wagtail.api.validators import SiteFilterValidator
from wagtail.images.api.v2.serializers import ImageDownloadUrlField, ImageSerializer

from .admin_views import decorate_urls

__all__ = [
    "BadRequestError",
    "BaseSerializer",
    "ChildRelationField",
    "FieldsFilter",
    "ImageDownloadUrlField",
    "ImageSerializer",
    "LocaleFilter",
    "OrderingFilter",
    "PageAliasOfField",
    "PageLocaleField",
    "PageSerializer",
    "RelatedField",
    "RichTextFieldSerializer",
    "SearchFilter",
    "StreamFieldSerializer",
]


def site_of(request: HttpRequest) -> Any | None:
    """Return the site that the parameter `site` or else the host names; None where there is none.

    Raises Http404 for a parameter that names no site, and ValueError for one that names several.
    """
    return SiteFilterValidator(site=request.GET.get("site"), request=request).site_obj


def has_valid_token(request: HttpRequest) -> bool:
    """Tell whether a request bears a valid token of API v3; makes the token's owner its user."""
    return bool(BearerTokenAuth()(request))


def decorated_v3_urls(decorator: Callable[..., Any]) -> tuple[list[Any], str, str]:
    """Return the URLs of API v3 as `path()` takes them, with a decorator around every view.

    To be called once, when every app has added its routes: ninja then takes no more.
    """
    patterns, app_name, namespace = api.urls
    return decorate_urls(patterns, decorator), app_name, namespace
