"""Tests that API v3 is only for holders of a token in the group "API clients"."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver
from wagtail.images import get_image_model
from wagtail.models import APIToken, CollectionViewRestriction, GroupPagePermission, Page

from cms.delivery.wagtail_api.v3 import API_CLIENTS
from tests.factories import ContentPageFactory

pytestmark = pytest.mark.sampled

V3 = "/api/v3-preview/"
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def routes() -> Iterator[str]:
    """Return an address for every route of the API."""
    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern) == V3.removeprefix("/"):
            yield from (V3 + address for address in addresses(resolver))


def addresses(resolver: Any) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        path = re.sub(r"<[^>]+>", "1", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from (path + address for address in addresses(pattern))


def token_of(user: Any) -> str:
    return APIToken.create_token(user=user, name="Prov")[1]


def client_with(token: str, **options: Any) -> Client:
    return Client(headers={"authorization": f"Bearer {token}"}, **options)


def problem(response: Any) -> Any:
    assert response["Content-Type"] == "application/problem+json"
    answer = response.json()
    assert answer["status"] == response.status_code
    return answer


@pytest.fixture
def machine(db: None) -> Any:
    """Return a program's user: in the group, with no other permission and no password."""
    user = get_user_model().objects.create_user("maskin")
    user.groups.add(Group.objects.get(name=API_CLIENTS))
    return user


@pytest.fixture
def administrator(db: None) -> Client:
    return client_with(token_of(get_user_model().objects.get(username="admin")))


# --- Who gets in -------------------------------------------------------------------------------


def test_every_part_of_the_api_is_known() -> None:
    parts = {address.removeprefix(V3).partition("/")[0] for address in routes()}
    assert parts >= {
        "",
        "docs",
        "documents",
        "images",
        "openapi.json",
        "pages",
        "redirects",
        "schema",
        "sites",
        "snippets",
        "whoami",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_no_route_answers_without_a_token(method: str) -> None:
    editor = Client(enforce_csrf_checks=True)
    editor.force_login(get_user_model().objects.get(username="admin"))
    for client in (Client(), editor, client_with("")):
        for address in routes():
            response = client.generic(method, address, "{}", content_type="application/json")
            assert response.status_code == 401, address
            assert response["Content-Type"] == "application/problem+json", address
            assert response["WWW-Authenticate"] == "Bearer", address
            assert "Set-Cookie" not in response.headers


@pytest.mark.django_db
def test_no_route_answers_outside_the_group() -> None:
    client = client_with(token_of(get_user_model().objects.get(username="reviewer")))
    for address in routes():
        response = client.get(address)
        assert response.status_code == 403, address
        assert API_CLIENTS in problem(response)["detail"]


def test_a_token_must_be_whole_valid_and_of_an_active_user(machine: Any) -> None:
    token = token_of(machine)
    address = f"{V3}whoami/"
    assert client_with(token).get(address).status_code == 200
    wrong_checksum = token[:-1] + ("a" if token[-1] != "a" else "b")
    for bad in (wrong_checksum, token[:-1], f"{token} ", token.upper(), "wagtail_", "ä\x00"):
        assert client_with(bad).get(address).status_code == 401, bad
    for header in (f"Basic {token}", f"Token {token}", token, "Bearer", ""):
        assert Client(headers={"authorization": header}).get(address).status_code == 401, header
    assert Client().get(address, {"token": token}).status_code == 401

    machine.is_active = False
    machine.save()
    assert client_with(token).get(address).status_code == 401
    machine.is_active = True
    machine.save()
    assert client_with(token).get(address).status_code == 200
    APIToken.objects.get(user=machine).revoke()
    assert client_with(token).get(address).status_code == 401


def test_a_session_neither_adds_nor_takes(machine: Any) -> None:
    client = client_with(token_of(machine))
    client.force_login(get_user_model().objects.get(username="admin"))
    answer = client.get(f"{V3}whoami/").json()
    assert (answer["user"]["username"], answer["groups"]) == ("maskin", [API_CLIENTS])

    image = get_image_model().objects.first()
    restriction = CollectionViewRestriction.objects.create(
        collection=image.collection, restriction_type="password", password="x"
    )
    session = client.session
    session[restriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    assert client.get(f"{V3}images/{image.pk}/").status_code == 404
    assert "_auth_user_id" in client.session


def test_leaving_the_group_ends_it(machine: Any) -> None:
    client = client_with(token_of(machine))
    assert client.get(f"{V3}pages/").status_code == 200
    machine.groups.clear()
    assert client.get(f"{V3}pages/").status_code == 403


def test_answers_are_not_stored(machine: Any) -> None:
    for client in (Client(), client_with(token_of(machine))):
        assert client.get(f"{V3}pages/")["Cache-Control"] == "no-store"


def test_the_contract_is_for_token_holders_too(machine: Any) -> None:
    client = client_with(token_of(machine))
    assert client.get(f"{V3}docs/").status_code == 200
    document = client.get(f"{V3}openapi.json").json()
    assert f"{V3}snippets/{{type}}/" in document["paths"]
    types = {item["name"] for item in client.get(f"{V3}schema/").json()["types"]}
    assert types >= {"pages.TherapyMethodPage", "faq.FaqEntry", "pages.SelfTestCallToAction"}


# --- What a token can do -----------------------------------------------------------------------


def test_the_group_alone_permits_nothing(machine: Any) -> None:
    client = client_with(token_of(machine))
    home = Page.objects.get(slug="hem")
    assert client.get(f"{V3}pages/").json()["count"] == 0
    assert client.get(f"{V3}pages/{home.pk}/").status_code == 404
    assert client.get(f"{V3}snippets/faq.FaqEntry/").status_code == 403
    assert client.get(f"{V3}sites/").status_code == 403
    page = {"title": "Ny", "meta": {"type": "pages.ContentPage", "parent_id": home.pk}}
    assert client.post(f"{V3}pages/", page, content_type="application/json").status_code == 403
    assert client.get("/admin/").status_code == 302


def test_an_administrator_permits_writing_below_a_page(machine: Any) -> None:
    home = Page.objects.get(slug="hem")
    writers = Group.objects.create(name="Programs that write")
    machine.groups.add(writers)
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=writers, page=home, permission=Permission.objects.get(codename=codename)
        )
    client = client_with(token_of(machine), enforce_csrf_checks=True)
    data = {
        "title": "Skriven av ett program",
        "slug": "skriven",
        "meta": {"type": "pages.ContentPage", "parent_id": home.pk},
        "introduction": "<p>En ingress.</p>",
    }
    created = client.post(f"{V3}pages/", json.dumps(data), content_type="application/json")
    page = Page.objects.filter(slug="skriven").first()
    assert (created.status_code, page.live) == (201, False), created.content
    assert Client().get("/skriven/").status_code == 404
    published = client.post(f"{V3}pages/{page.pk}/actions/publish/")
    assert problem(published)["status"] == 403


def test_drafts_are_for_those_who_may_edit(administrator: Client) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Publicerad")
    page.title = "Utkast"
    page.save_revision()
    address = f"{V3}pages/{page.pk}/"
    assert administrator.get(address).json()["title"] == "Publicerad"
    assert administrator.get(address, {"version": "draft"}).json()["title"] == "Utkast"


# --- Hostile input -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "pages/?search=",
        "pages/?search=%22",
        "pages/?search=a%00b",
        "pages/?offset=99999999999999999999",
        "pages/?limit=99999999999999999999",
        "pages/?locale=%00",
        "pages/?type=pages.TherapyMethodPage&image=99999999999999999999",
        "pages/find/?html_path=%00",
        "images/?search=%20",
        "documents/?search=%22",
        "snippets/faq.FaqEntry/?search=%22",
        "snippets/faq.FaqEntry/?translation_of=abc",
        "snippets/faq.FaqEntry/abc/",
        "snippets/faq.FaqEntry/%00/",
    ],
)
def test_a_bad_value_is_no_fault_of_the_server(administrator: Client, address: str) -> None:
    response = administrator.get(V3 + address)
    assert response.status_code == 400
    assert problem(response)["detail"]


def test_signs_of_search_engines_are_no_commands(administrator: Client) -> None:
    for endpoint in ("pages/", "images/", "documents/"):
        for search in ('depression"', "NEAR(a b)", "a:b", "a*", "x'; --"):
            assert administrator.get(V3 + endpoint, {"search": search}).status_code == 200


# --- The group ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_group_comes_with_the_database_and_grants_nothing() -> None:
    group = Group.objects.get(name=API_CLIENTS)
    assert not group.permissions.exists()
    assert not group.page_permissions.exists()


@pytest.mark.django_db
def test_the_groups_migration_can_be_repeated_and_reversed() -> None:
    migration = import_module("cms.delivery.migrations.0001_api_clients_group")
    editor = SimpleNamespace(connection=connection)
    count = Group.objects.count()
    for change, expected in (
        (migration.create_group, count),
        (migration.delete_group, count - 1),
        (migration.delete_group, count - 1),
        (migration.create_group, count),
    ):
        change(apps, editor)
        assert Group.objects.count() == expected
    assert Group.objects.filter(name=API_CLIENTS).count() == 1
