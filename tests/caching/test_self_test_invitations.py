"""An invitation to a self-test is shown while there is a test, and answers that show it follow."""

from typing import Any

import pytest
from django.test import Client

from pages.models import SelfTestPage
from tests.reading import API, soup_of

WITH_INVITATION = "/terapimetoder/ipt/"
IN_ENGLISH = "/en/therapy-methods/ipt/"
LISTS = (f"{API}self-test-ctas/?locale=sv", f"{API}self-test-ctas/?locale=en")


def self_test(language: str) -> Any:
    return SelfTestPage.objects.get(locale__language_code=language, live=True)


def lose_test(language: str) -> None:
    """Save a page as it was before a self-test had to have a test."""
    page = self_test(language)
    page.questions = page.bands = []
    # What is live already may be saved so; the signals of a save write the journal's row.
    SelfTestPage.objects.filter(pk=page.pk).update(questions=[], bands=[])
    page.save()


def shows(reader: Client, path: str) -> tuple[bool, bool, int]:
    """Return whether a page invites, in HTML and in the API, and how many the list has."""
    page = soup_of(reader, path)
    content = reader.get(f"{API}pages/by-path/?path={path}").json()["content"]
    invited = any(item["type"] == "self_test_cta" for item in content["body"])
    count = reader.get(LISTS[path.startswith("/en/")]).json()["count"]
    return page.select_one(".invitation:not(.invitation-contact)") is not None, invited, count


def test_it_goes_and_comes_back_with_the_test(reader: Client, site: Any) -> None:
    assert shows(reader, WITH_INVITATION) == (True, True, 2)
    assert shows(reader, IN_ENGLISH) == (True, True, 2)
    whole = self_test("sv")
    lose_test("sv")
    assert shows(reader, WITH_INVITATION) == (False, False, 0)
    # In the other language there is a test still.
    assert shows(reader, IN_ENGLISH) == (True, True, 2)
    page = self_test("sv")
    page.questions, page.bands = list(whole.questions.raw_data), list(whole.bands.raw_data)
    page.save_revision().publish()
    assert shows(reader, WITH_INVITATION) == (True, True, 2)


def test_it_does_not_lead_to_a_test_in_another_language(reader: Client, site: Any) -> None:
    assert shows(reader, WITH_INVITATION)[0]
    self_test("sv").unpublish()
    assert shows(reader, WITH_INVITATION) == (False, False, 0)
    assert shows(reader, IN_ENGLISH) == (True, True, 2)


def test_a_test_elsewhere_is_one(reader: Client, site: Any) -> None:
    lose_test("sv")
    page = self_test("sv")
    page.start_url, page.start_button_label = "https://prov.example/", "Börja"
    page.save_revision().publish()
    assert shows(reader, WITH_INVITATION) == (True, True, 2)


@pytest.mark.parametrize("path", [WITH_INVITATION])
def test_the_feed_names_the_page_that_invites(reader: Client, site: Any, path: str) -> None:
    version = reader.get(f"{API}changes/?since=0&limit=1").json()["version"]
    page = self_test("sv")
    page.heading = "Hur är det?"
    page.save_revision().publish()
    [change] = reader.get(f"{API}changes/?since={version}").json()["items"]
    assert path in change["paths"]
