"""Times of a translation: its aliases wait, it begins without any, and visitors are told."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from pages.models import ContentPage, SelfTestCallToAction
from tests.reading import Api
from tests.translation.conftest import publish
from tests.translation.desk.reading import Desk, log_in
from tests.translation.desk.timing import APRIL, MARCH, at, live, pass_time, times


def alias_of(page: Any) -> Page:
    return page.create_alias(parent=page.get_parent(), update_slug="alias")


def test_an_alias_of_what_is_scheduled_waits(
    editor: Client, client: Client, draft: Translation
) -> None:
    alias_of(live(draft))
    desk = Desk(editor, draft)
    desk.send("action-publish", **{"times-go_live_at": MARCH})
    assert client.get("/en/alias/").status_code == 404
    desk.send("times", "set", **{"times-go_live_at": ""})
    assert client.get("/en/alias/").status_code == 404


def test_an_alias_of_a_scheduled_original_waits(client: Client, page: ContentPage) -> None:
    alias_of(page)
    type(page).objects.get(pk=page.pk).unpublish()
    scheduled = publish(page, title="Hemlig", go_live_at=at(MARCH))
    assert client.get("/alias/").status_code == 404
    pass_time(scheduled, go_live_at=True)
    call_command("publish_scheduled")
    assert "Hemlig" in client.get("/alias/").content.decode()


def test_a_change_of_meaning_counts_when_old_words_go_live(
    editor: Client, page: ContentPage, draft: Translation, api: Api
) -> None:
    Desk(editor, draft).send("action-publish", **{"times-go_live_at": MARCH})
    publish(page, "meaning", title="Nytt")
    pass_time(live(draft), go_live_at=True)
    call_command("publish_scheduled")
    answer = api.page(live(draft).url)
    assert answer["stale_since"] is not None
    assert answer["stale_parts"] == ["title"]


def test_it_counts_still_when_a_translation_is_published_again(
    page: ContentPage, translation: Translation, api: Api
) -> None:
    publish(page, "meaning", title="Nytt")
    target = live(translation)
    target.unpublish()
    live(translation).latest_revision.publish()
    answer = api.page(live(translation).url)
    assert answer["stale_since"] is not None
    assert answer["stale_parts"] == ["title"]


def test_an_alias_tells_what_its_translation_tells(
    page: ContentPage, translation: Translation, api: Api
) -> None:
    alias_of(live(translation))
    publish(page, "meaning", title="Nytt")
    assert api.page("/en/alias/")["stale_parts"] == ["title"]
    publish(page, "wording", title="Behandling")
    assert api.page("/en/alias/")["stale_parts"] == []
    assert api.page("/en/alias/")["stale_since"] is None


@pytest.mark.parametrize("kind", ["page", "cta"])
def test_a_translation_begins_without_times(
    kind: str, request: pytest.FixtureRequest, editor: Client, en: Locale
) -> None:
    original: ContentPage | SelfTestCallToAction = publish(
        request.getfixturevalue(kind), expire_at=at(APRIL)
    )
    model = "page" if kind == "page" else "snippet/pages/selftestcalltoaction"
    address = f"/admin/localize/submit/{model}/{original.pk}/"
    assert editor.post(address, {"locales": [en.pk]}).status_code == 302
    begun = original.get_translation(en)
    assert times(begun) == (None, None)
    assert times(begun.get_latest_revision_as_object()) == (None, None)


@pytest.mark.sampled
@pytest.mark.parametrize("button", ["set", "keep", "follow"])
def test_a_text_is_shown_again_where_its_schedule_locks_it(
    editor: Client, page: ContentPage, draft: Translation, button: str
) -> None:
    publish(page, expire_at=at(APRIL))
    mine = Desk(editor, draft)
    Desk(log_in("admin"), draft).send("action-publish", **{"times-go_live_at": MARCH})
    data = mine.form() | {f"text-{mine.key('title')}": "Typed by me", "times": button}
    shown = editor.post(mine.url, data, follow=True).content.decode()
    assert "Nothing was saved: this is locked." in shown
    assert "Typed by me" in shown


def test_a_time_that_is_not_sent_stays(editor: Client, draft: Translation) -> None:
    desk = Desk(editor, draft)
    desk.send("action-publish", **{"times-go_live_at": MARCH})
    data = desk.form() | {"times": "set", "times-expire_at": APRIL}
    del data["times-go_live_at"]
    editor.post(desk.url, data)
    assert times(live(draft)) == (at(MARCH), at(APRIL))
    assert live(draft).scheduled_revision is not None


def test_a_text_is_kept_where_times_may_no_longer_be_set(
    editor: Client, translator: Client, translation: Translation
) -> None:
    sent = Desk(editor, translation).form() | {"times-expire_at": MARCH}
    desk = Desk(translator, translation)
    data = sent | {f"text-{desk.key('title')}": "Typed by me"}
    shown = translator.post(desk.url, data, follow=True).content.decode()
    assert "The times were not saved: you may not publish this." in shown
    assert live(translation).expire_at is None
    assert Desk(translator, translation).text("title") == "Typed by me"
