"""A content type can hide its stale translations instead of marking them."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.journal.models import ContentChange
from cms.journal.version import current_version
from cms.public.visibility import PublicScope
from cms.translation.engine import targets
from pages.models import ContentPage, SelfTestCallToAction
from tests.factories import ContentPageFactory
from tests.reading import Api

from .conftest import publish, state_of, translate

PATH = "/en/contact/"


@pytest.fixture
def withholding(monkeypatch: pytest.MonkeyPatch) -> None:
    for model in (ContentPage, SelfTestCallToAction):
        monkeypatch.setattr(model, "hides_stale_translations", True)


def test_a_page_is_hidden_everywhere_until_it_is_brought_up_to_date(
    withholding: None,
    page: ContentPage,
    translation: Translation,
    client: Client,
    api: Api,
    user: Any,
) -> None:
    assert client.get(PATH).status_code == 200
    below = ContentPageFactory(parent=translation.get_target_instance(), slug="below")
    assert client.get(f"{PATH}below/").status_code == 200
    publish(page, weight="meaning", title="Ny titel")
    assert client.get(PATH).status_code == 404
    assert client.get(f"{PATH}below/").status_code == 404
    assert api.response("pages/by-path/", path=PATH).status_code == 404
    assert api.response(f"pages/{below.pk}/").status_code == 404
    assert api.page("/kontakt/")["translations"] == []
    assert PATH not in client.get("/kontakt/").content.decode()
    translate(translation)
    targets.publish(translation, user)
    assert client.get(PATH).status_code == 200
    assert client.get(f"{PATH}below/").status_code == 200


def test_a_change_of_wording_hides_nothing(
    withholding: None, page: ContentPage, translation: Translation, client: Client
) -> None:
    publish(page, weight="wording", title="Ny titel")
    assert client.get(PATH).status_code == 200


def test_a_snippet_is_hidden_too(
    withholding: None, cta: SelfTestCallToAction, cta_translation: Translation, api: Api
) -> None:
    target = cta_translation.get_target_instance()
    assert target.pk in {item["id"] for item in api.get("self-test-ctas/", locale="en")["items"]}
    publish(cta, weight="meaning", heading="Hur mår du i dag?")
    left = api.get("self-test-ctas/", locale="en")["items"]
    assert target.pk not in {item["id"] for item in left}


def test_the_feed_tells_that_it_is_gone_and_back(
    withholding: None, page: ContentPage, translation: Translation, api: Api, user: Any
) -> None:
    version = current_version()
    publish(page, weight="meaning", title="Ny titel")
    (gone,) = ContentChange.objects.filter(version__gt=version, locale="en")
    assert (gone.action, gone.path, gone.withdrawn) == ("unpublished", PATH, True)
    told = api.get("changes/", since=version)["items"]
    assert PATH in {item["path"] for item in told}
    version = current_version()
    translate(translation)
    targets.publish(translation, user)
    back = ContentChange.objects.filter(version__gt=version, locale="en").last()
    assert back is not None
    assert back.action == "published"
    assert state_of(translation).stale_since is None


def test_what_hides_nothing_costs_nothing(scope: PublicScope) -> None:
    assert "stale_since" not in str(Page.objects.filter(scope.public_q).query)
