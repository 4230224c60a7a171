"""Those who look after the content."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture
def user(db: None) -> Any:
    return get_user_model().objects.get(username="editor")


@pytest.fixture
def editor(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
