"""The site as it is: what needs clinical review is published after it, and not before."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture(autouse=True)
def review_suspended() -> None:
    """Nothing is suspended here."""


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
