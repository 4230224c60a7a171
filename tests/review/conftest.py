"""Users of a site with clinical review enforced, which the other tests suspend."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture(autouse=True)
def review_suspended() -> None:
    """Override the fixture that suspends review in the other tests."""


@pytest.fixture
def log_in(db: None) -> Callable[[str], Client]:
    def client_of(username: str) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        return client

    return client_of


@pytest.fixture
def editor(log_in: Any) -> Client:
    client: Client = log_in("editor")
    return client


@pytest.fixture
def reviewer(log_in: Any) -> Client:
    client: Client = log_in("reviewer")
    return client
