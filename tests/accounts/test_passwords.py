"""Every form that sets a password refuses one that is easy to guess."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

EASY = ["1", "12345678901234", "password1234", "kerstin-lundgren"]
GOOD = "three quiet rooms"


@pytest.fixture
def admin(db: None) -> Client:
    user = get_user_model().objects.create_superuser("kerstin-lundgren", "k@example.com", GOOD)
    client = Client(headers={"accept-language": "sv"})
    client.force_login(user)
    return client


@pytest.mark.parametrize("password", EASY)
def test_a_new_user_cannot_have_an_easy_password(admin: Client, password: str) -> None:
    fields = {
        "username": "kerstin-lundgren2",
        "email": "new@example.com",
        "first_name": "Ny",
        "last_name": "Person",
        "password1": password,
        "password2": password,
        "groups": Group.objects.get(name="Editors").pk,
    }
    answer = admin.post("/admin/users/new/", fields)
    assert answer.status_code == 200
    assert answer.context["form"].errors["password2"]
    assert not get_user_model().objects.filter(username="kerstin-lundgren2").exists()


@pytest.mark.parametrize("password", EASY)
def test_nor_can_it_be_chosen_by_mail(admin: Client, password: str) -> None:
    user = get_user_model().objects.get(username="kerstin-lundgren")
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    client = Client()
    start = client.get(
        f"/admin/password_reset/confirm/{uid}/{default_token_generator.make_token(user)}/"
    )
    answer = client.post(start["Location"], {"new_password1": password, "new_password2": password})
    assert answer.status_code == 200
    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_nor_in_the_account_or_at_the_command_line(admin: Client, monkeypatch: Any) -> None:
    fields = {
        "password-old_password": GOOD,
        "password-new_password1": "1",
        "password-new_password2": "1",
    }
    admin.post("/admin/account/", fields)
    monkeypatch.setattr("getpass.getpass", lambda prompt="": "1")
    with pytest.raises(CommandError):
        call_command("changepassword", "kerstin-lundgren", stdout=StringIO(), stderr=StringIO())
    assert get_user_model().objects.get(username="kerstin-lundgren").check_password(GOOD)


def test_nor_for_a_private_page_or_collection(admin: Client, site: Any) -> None:
    page = site.root_page
    collection = Collection.get_first_root_node().add_child(name="Privat")
    for address in (
        f"/admin/pages/{page.pk}/privacy/",
        f"/admin/collections/{collection.pk}/privacy/",
    ):
        form = {"restriction_type": "password", "password": "1", "groups": []}
        assert admin.post(address, form).json()["html"].count("minst 8 tecken") == 1
        assert admin.post(address, form | {"password": GOOD}).json()["step"] == "set_privacy_done"
    assert PageViewRestriction.objects.get().password == GOOD
    assert CollectionViewRestriction.objects.get().password == GOOD


def test_a_new_password_ends_what_the_old_one_let_in(client: Client, site: Any) -> None:
    page = Page.objects.get(slug="kontakt")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password=GOOD
    )
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])

    def is_let_in() -> bool:
        return "password" not in client.get("/kontakt/").content.decode()

    assert not is_let_in()
    client.post(address, {"password": GOOD, "return_url": "/kontakt/"})
    assert is_let_in()
    restriction.save()
    assert is_let_in()
    restriction.password = "four loud rooms"
    restriction.save()
    assert not is_let_in()
    client.post(address, {"password": "four loud rooms", "return_url": "/kontakt/"})
    assert is_let_in()
