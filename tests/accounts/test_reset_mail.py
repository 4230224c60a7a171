"""The way to a new password is mailed in the language of the account, whoever asks for it."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from wagtail.users.models import UserProfile

WORDS = {"sv": "välja ett nytt lösenord", "en": "reset your password"}


@pytest.mark.django_db
@pytest.mark.parametrize("browser", ["sv", "en", "de"])
@pytest.mark.parametrize(("chosen", "told"), [("sv", "sv"), ("en", "en"), ("", "sv"), (None, "sv")])
def test_the_account_decides_the_language(browser: str, chosen: str | None, told: str) -> None:
    user = get_user_model().objects.create_user("ny", "ny@example.com", "three quiet rooms")
    if chosen is not None:
        UserProfile.objects.create(user=user, preferred_language=chosen)
    client = Client(headers={"accept-language": browser})
    answer = client.post("/admin/password_reset/", {"email": "ny@example.com"})
    assert answer.status_code == 302
    (sent,) = mail.outbox
    assert WORDS[told] in sent.body
