"""Clients of editors who are logged in to the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture
def editor(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor"))
    return client
