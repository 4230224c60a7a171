"""Users who edit content."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from tests.factories import ContentPageFactory


@pytest.fixture
def user(db: None) -> Any:
    return get_user_model().objects.get(username="editor")


@pytest.fixture
def editor(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def home(db: None) -> Page:
    return Page.objects.get(slug="hem")


@pytest.fixture
def target(home: Page) -> Any:
    return ContentPageFactory(parent=home, title="Målet")
