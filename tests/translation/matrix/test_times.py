"""The matrix, the home page and messages name times in which a translation differs."""

from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail_localize.models import Translation

from cms.translation.matrix.after_publishing import tell_what_was_carried_over
from pages.models import ContentPage
from tests.translation.conftest import publish
from tests.translation.desk.reading import Desk, edit_url, log_in
from tests.translation.matrix.reading import cell_of, links_of

MARCH = timezone.make_aware(datetime(2037, 3, 3, 8))
TOLD = "The original expires 3 March 2037, 08:00. English has no expiry."


@pytest.fixture
def expiring(all_current: None, page: ContentPage) -> ContentPage:
    return publish(page, expire_at=MARCH)


def test_the_report_asks_and_leads_to_the_desk(
    english_admin: Client, expiring: ContentPage, translation: Translation
) -> None:
    said = cell_of(english_admin, expiring.title, "English", needs_work="true")
    assert said is not None
    assert TOLD in said
    desk = Desk(log_in("editor"), translation)
    assert links_of(english_admin, expiring.title)["Decide about times"] == f"{desk.url}#times"
    desk.send("times", "keep")
    assert cell_of(english_admin, expiring.title, "English", needs_work="true") is None
    assert TOLD not in str(cell_of(english_admin, expiring.title, "English"))


def test_the_home_page_counts_it(english_admin: Client, expiring: ContentPage) -> None:
    soup = BeautifulSoup(english_admin.get("/admin/").content, "html.parser")
    work = soup.find("a", string=None, href=lambda url: bool(url) and "status=current" in url)
    assert work is not None
    assert "1 Live and current, times to decide about" in " ".join(work.get_text(" ").split())
    rows = english_admin.get(work["href"])
    assert expiring.title in rows.content.decode()


def test_who_opens_the_original_is_told(english_admin: Client, expiring: ContentPage) -> None:
    soup = BeautifulSoup(english_admin.get(edit_url(expiring)).content, "html.parser")
    told = " ".join(soup.find(class_="messages").get_text(" ").split())
    assert TOLD in told


def test_a_translation_that_is_edited_directly_has_its_own_times(
    english_admin: Client, expiring: ContentPage, translation: Translation
) -> None:
    translation.enabled = False
    translation.save()
    assert TOLD not in str(cell_of(english_admin, expiring.title, "English"))


def test_who_publishes_is_told_with_a_way_to_decide(
    english_admin: Client,
    page: ContentPage,
    translation: Translation,
    rf: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = publish(page, expire_at=MARCH)
    request = rf.post("/", {"action-publish": "yes"})
    request.user = get_user_model().objects.get(username="editor")
    request.session = {}
    request._messages = FallbackStorage(request)
    with override("en"), django_capture_on_commit_callbacks(execute=True):
        tell_what_was_carried_over(request, page)
    (told,) = [str(message) for message in get_messages(request)]
    assert f"{TOLD} Nothing follows by itself." in told
    url = edit_url(translation.get_target_instance())
    assert f"{url}#times" in told
