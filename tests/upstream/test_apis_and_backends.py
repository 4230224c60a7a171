"""Wagtail's APIs, modelsearch's backends, purging of proxies and django-axes."""

import inspect
from typing import Any

import pytest
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.http import Http404
from django.test import RequestFactory
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.contrib.frontend_cache.utils import get_backends
from wagtail.models import Site

from cms.upstream import backends, wagtail_apis

from .comparing import check_methods

OVERRIDDEN: list[tuple[Any, dict[str, str]]] = [
    (wagtail_apis.RelatedField, {"get_attribute": "(self, instance)"}),
    (wagtail_apis.ChildRelationField, {"to_representation": "(self, value)"}),
    (wagtail_apis.RichTextFieldSerializer, {"to_representation": "(self, value)"}),
    (wagtail_apis.StreamFieldSerializer, {"to_representation": "(self, value)"}),
    (
        wagtail_apis.PageSerializer,
        {"build_relational_field": "(self, field_name, relation_info)"},
    ),
    (wagtail_apis.SearchFilter, {"filter_queryset": "(self, request, queryset, view)"}),
    (wagtail_apis.OrderingFilter, {"filter_queryset": "(self, request, queryset, view)"}),
    (wagtail_apis.ImageDownloadUrlField, {"to_representation": "(self, image)"}),
    (backends.PostgresIndex, {"add_items": "(self, model, objs)"}),
    (backends.PostgresSearchQueryCompiler, {"build_tsquery": "(self, query, config=None)"}),
    (backends.HTTPBackend, {"purge": "(self, url)"}),
]


@pytest.mark.parametrize(
    ("base", "methods"), OVERRIDDEN, ids=[base.__qualname__ for base, _methods in OVERRIDDEN]
)
def test_bases_have_the_methods_that_ours_override(base: Any, methods: dict[str, str]) -> None:
    check_methods(base, methods, "A class of ours overrides it.")


def test_serializers_choose_fields_in_these_attributes() -> None:
    base = wagtail_apis.BaseSerializer
    assert base.serializer_related_field is wagtail_apis.RelatedField
    assert wagtail_apis.RichTextFieldSerializer in base.serializer_field_mapping.values()
    assert wagtail_apis.StreamFieldSerializer in base.serializer_field_mapping.values()


@pytest.mark.django_db
def test_the_host_or_a_parameter_names_the_site(site: Site) -> None:
    request = RequestFactory(headers={"host": "localhost"})
    assert wagtail_apis.site_of(request.get("/")) == site
    with pytest.raises(Http404):
        wagtail_apis.site_of(request.get("/", {"site": "nowhere.example"}))


@pytest.mark.django_db
def test_a_request_without_a_token_is_refused() -> None:
    check_methods(BearerTokenAuth, {"__call__": ""}, "wagtail_apis.has_valid_token calls it.")
    assert not wagtail_apis.has_valid_token(RequestFactory().get("/"))


def test_the_index_stems_words_by_the_configuration_of_its_backend() -> None:
    source = inspect.getsource(inspect.getmodule(backends.PostgresIndex))
    assert "self.backend.config" in source or "backend.config" in source, (
        "PostgresIndex takes its configuration elsewhere: StemmingIndex changes `backend.config`."
    )


def test_backends_that_purge_answer_for_hosts_and_take_many_addresses() -> None:
    check_methods(
        backends.HTTPBackend,
        {
            "invalidates_hostname": "(self, hostname) -> bool",
            "purge_batch": "(self, urls) -> None",
        },
        "cms.webhooks.purging.network calls it.",
    )
    assert backends.purge_backends() == dict(get_backends())


def test_failures_are_counted_and_asked_by_these_methods() -> None:
    reliance = "cms.upstream.login_attempts calls it."
    check_methods(
        AxesProxyHandler,
        {"get_implementation": "", "is_allowed": "", "reset_attempts": "", "user_login_failed": ""},
        reliance,
    )
    assert list(inspect.signature(AxesDatabaseHandler.get_user_attempts).parameters) == [
        "self",
        "request",
        "credentials",
    ]
    names = set(inspect.signature(AxesProxyHandler.reset_attempts).parameters)
    assert {"username", "ip_address"} <= names
