"""Adds `locales/` to API v3: the languages in which a program can write.

Wagtail's own routes are in `wagtail.locales`, which wagtail-localize replaces. They also make and
delete languages; here these are a setting.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja.pagination import paginate
from wagtail.models import Locale

from cms.upstream.wagtail_apis import LocaleSchema, WagtailLimitOffsetPagination, add_v3_router

router = add_v3_router("locales")


@router.get("/", response=list[LocaleSchema], summary="List locales", operation_id="locales_list")
@paginate(WagtailLimitOffsetPagination)
def list_locales(request: HttpRequest, **kwargs: Any) -> QuerySet[Locale]:
    return Locale.objects.order_by("pk")


@router.get(
    "/{locale_id}/",
    response=LocaleSchema,
    summary="Locale detail",
    operation_id="locales_detail",
)
def get_locale(request: HttpRequest, locale_id: int) -> Locale:
    return get_object_or_404(Locale, pk=locale_id)
