"""A changed slug makes no translation stale, as visitors do not read it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, Page
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.engine import targets
from cms.translation.engine.source_updates import catch_up
from pages.models import Concern, ContentPage

from .conftest import publish, state_of, translation_of
from .desk.reading import Desk, log_in

MEANING = "meaning"


def assert_current(translation: Translation) -> None:
    state = state_of(translation)
    assert (state.stale_since, state.stale_weight) == (None, "")
    assert state.segments_done == state.segments_total
    assert translation.get_target_instance().stale_since is None


@pytest.mark.parametrize(
    "changes",
    [
        {"show_in_menus": True},
        {"go_live_at": timezone.now() - timedelta(days=1)},
        {"expire_at": timezone.now() + timedelta(days=400)},
        {},
    ],
    ids=["menu", "from", "until", "nothing"],
)
def test_menus_times_and_nothing(
    page: ContentPage, translation: Translation, changes: dict[str, Any]
) -> None:
    publish(page, weight=MEANING, **changes)
    assert_current(translation)


def test_an_address_by_api_v3(page: ContentPage, translation: Translation) -> None:
    admin = get_user_model().objects.get(username="admin")
    token = APIToken.create_token(user=admin, name="Prov")[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    address = f"/api/v3-preview/pages/{page.pk}/"
    data = {"slug": "kontakta-oss", "meta": {"type": "pages.ContentPage"}}
    changed = client.patch(address, data, content_type="application/json")
    assert changed.status_code == 200, changed.content
    client.post(f"{address}actions/publish/", {}, content_type="application/json")
    assert Page.objects.get(pk=page.pk).slug == "kontakta-oss"
    assert_current(translation)


def test_the_address_of_a_concern(db: None) -> None:
    concern = Concern.objects.get(name="Depression", locale__language_code="sv")
    translation = translation_of(concern)
    english = translation.get_target_instance()
    publish(concern, weight=MEANING, slug="nedstamdhet")
    assert_current(translation)
    assert translation.get_target_instance().slug == english.slug


def test_an_address_that_comes_back_leaves_the_latest_of_the_translation(
    page: ContentPage, translation: Translation
) -> None:
    slug = page.slug
    publish(page, slug="mellanrum")
    desk = Desk(log_in("editor"), translation)
    desk.write("slug", "between", "action-publish")
    assert translation.get_target_instance().slug == "between"
    publish(page, slug=slug)
    assert_current(translation)
    targets.publish(translation_of(page), None)
    assert translation.get_target_instance().slug == "between"


def test_what_is_behind_by_wording_stays_so(page: ContentPage, translation: Translation) -> None:
    publish(page, weight="wording", title="Vår kontakt")
    publish(page, weight=MEANING, slug="ny-adress")
    state = state_of(translation)
    assert state.stale_weight == "wording"
    assert state.segments_done == state.segments_total - 1
    publish(page, weight=MEANING, title="Helt annat")
    assert state_of(translation).stale_weight == MEANING


def test_search_engines_show_their_description_to_people(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, weight=MEANING, search_description="En annan beskrivning")
    assert state_of(translation).stale_weight == MEANING


def test_an_address_stays_the_one_that_was_chosen_last(
    page: ContentPage, translation: Translation, user: Any
) -> None:
    first = page.slug
    publish(page, slug="ny-adress")
    Desk(log_in("editor"), translation).write("slug", "new-address", "action-publish")
    assert translation.get_target_instance().slug == "new-address"
    publish(page, slug=first)
    assert_current(translation)
    targets.publish(translation, user)
    assert translation.get_target_instance().slug == "new-address"


def test_one_that_was_written_late_for_an_older_source_replaces_none(
    page: ContentPage, translation: Translation
) -> None:
    late = Desk(log_in("editor"), translation)
    key = late.key("slug")
    publish(page, slug="ny-adress")
    Desk(log_in("editor"), translation).write("slug", "new-address")
    late.send(**{f"text-{key}": "late-address"})
    publish(page, weight=MEANING, heading="En annan rubrik")
    assert Desk(log_in("editor"), translation).text("slug") == "new-address"


def test_what_was_marked_before_is_put_right(page: ContentPage, translation: Translation) -> None:
    publish(page, slug="ny-adress")
    StringTranslation.objects.filter(
        context__path="slug",
        context__object_id=page.translation_key,
        translation_of__data="ny-adress",
    ).delete()
    state = state_of(translation)
    state.stale_since, state.stale_weight = timezone.now(), MEANING
    state.save()
    catch_up(translation.source)
    assert_current(translation)
