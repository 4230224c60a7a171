"""API tokens in the admin: issued, used, renamed and revoked by administrators alone."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from cms.delivery.wagtail_api.v3 import API_CLIENTS

WHOAMI = "/api/v3-preview/whoami/"


def url(name: str, *args: Any) -> str:
    return reverse(f"wagtailusers_api_tokens:{name}", args=args)


@pytest.fixture(params=["sv", "en"])
def administrator(request: Any, db: None) -> Client:
    """An administrator whose admin is in Swedish, and one whose is in English."""
    user = get_user_model().objects.get(username="admin")
    UserProfile.objects.filter(user=user).update(preferred_language=request.param)
    client = Client()
    client.force_login(user)
    assert f'<html lang="{request.param}"' in client.get(url("index")).content.decode()
    return client


@pytest.fixture
def machine(db: None) -> Any:
    user = get_user_model().objects.create_user("maskin")
    user.groups.add(Group.objects.get(name=API_CLIENTS))
    return user


def issue(client: Client, user: Any) -> str:
    """Fill in the form as an administrator does; gives the token that is shown once."""
    form = client.get(url("add"))
    assert form.status_code == 200
    page = client.post(url("add"), {"name": "Byggserver", "user": user.pk}).content.decode()
    return re.search(r'id="api-token-value"\s+value="(wagtail_\w+)"', page)[1]


def status_with(token: str) -> int:
    return Client(headers={"authorization": f"Bearer {token}"}).get(WHOAMI).status_code


def test_the_menu_leads_to_the_tokens(administrator: Client) -> None:
    assert url("index") in administrator.get(reverse("wagtailadmin_home")).content.decode()


def test_issued_used_renamed_and_revoked(administrator: Client, machine: Any) -> None:
    token = issue(administrator, machine)
    stored = APIToken.objects.get(user=machine)
    listed = administrator.get(url("index")).content.decode()
    assert token not in listed, "a token is shown once"
    assert stored.prefix in listed
    assert stored.last_used_at is None

    assert status_with(token) == 200
    stored.refresh_from_db()
    assert stored.last_used_at is not None
    for page in (url("index"), url("edit", stored.pk)):
        assert administrator.get(page).status_code == 200
    column = administrator.get(url("index"), {"last_used_at_from": "2020-01-01"})
    assert list(column.context["object_list"]) == [stored]

    administrator.post(url("edit", stored.pk), {"name": "Ny byggserver"})
    assert "Ny byggserver" in administrator.get(url("index")).content.decode()
    assert status_with(token) == 200

    assert administrator.get(url("delete", stored.pk)).status_code == 200
    response = administrator.post(url("delete", stored.pk), follow=True)
    assert "Ny byggserver" in response.content.decode()
    assert status_with(token) == 401
    assert list(administrator.get(url("index"), {"revoked": "true"}).context["object_list"]) == [
        stored
    ]


def test_last_use_is_shown(administrator: Client, machine: Any) -> None:
    token = issue(administrator, machine)
    stored = APIToken.objects.get(user=machine)
    address = url("edit", stored.pk)
    never = {"sv": "Aldrig", "en": "Never"}
    before = administrator.get(address).content.decode()
    status_with(token)
    after = administrator.get(address).content.decode()
    assert any(word in before and word not in after for word in never.values())


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["editor", "reviewer", "translator"])
def test_others_do_not_reach_the_tokens(username: str) -> None:
    user = get_user_model().objects.get(username=username)
    token, _plaintext = APIToken.create_token(user=user, name="Egen")
    client = Client()
    client.force_login(user)
    home = reverse("wagtailadmin_home")
    assert url("index") not in client.get(home).content.decode()
    for address in (url("index"), url("add"), url("edit", token.pk), url("delete", token.pk)):
        for response in (client.get(address), client.post(address, {"name": "x", "user": user.pk})):
            assert (response.status_code, response["Location"]) == (302, home)
    token.refresh_from_db()
    assert (APIToken.objects.count(), token.name, token.revoked_at) == (1, "Egen", None)


def test_strangers_are_asked_to_log_in(client: Client, db: None) -> None:
    response = client.get(url("index"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("wagtailadmin_login"))
