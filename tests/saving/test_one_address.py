"""Two pages never get one address, also where two people write at the same moment."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.content.clinical_review import without_review
from cms.translation.engine.segments import segment_rows
from pages.models import ContentPage
from tests.factories import ContentPageFactory
from tests.journal.parallel import Parallel, copy_of_the_database
from tests.review.desk import edit_url, form_of
from tests.translation.desk.reading import Desk

pytestmark = pytest.mark.django_db

# Longer than any request takes that has nothing to wait for.
PAUSE = 1.5
MOVE = "/admin/pages/{}/move/{}/confirm/"


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Parallel]:
    with django_db_blocker.unblock(), copy_of_the_database("addresses") as parallel:
        yield parallel


@pytest.fixture(autouse=True)
def both_look_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each of two requests ask whether a slug is free before the other one writes."""
    upstream, barrier = Page._slug_is_available, threading.Barrier(2)
    waited = threading.local()

    def look(slug: str, parent_page: Any, page: Any = None) -> bool:
        found = upstream(slug, parent_page, page)
        if found and slug.startswith("samma") and not hasattr(waited, "once"):
            waited.once = True
            with suppress(threading.BrokenBarrierError):
                barrier.wait(PAUSE)
        return bool(found)

    monkeypatch.setattr(Page, "_slug_is_available", staticmethod(look))


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return client


def page(title: str, slug: str = "", below: Any = None) -> ContentPage:
    below = below or Page.objects.get(slug="hem", locale__language_code="sv")
    with without_review():
        made = ContentPageFactory(parent=below, title=title, slug=slug or title.lower())
        made.save_revision().publish()
    found: ContentPage = ContentPage.objects.get(pk=made.pk)
    return found


def rename(username: str, key: int, slug: str) -> Callable[[], Any]:
    def send() -> Any:
        client, instance = client_of(username), ContentPage.objects.get(pk=key)
        data = {**form_of(client, instance), "slug": slug, "action-publish": "action-publish"}
        return client.post(edit_url(instance), data)

    return send


def publish_translation(username: str, key: int, slug: str) -> Callable[[], Any]:
    def send() -> Any:
        desk = Desk(client_of(username), Translation.objects.get(pk=key))
        typed = {f"text-{desk.key('slug')}": slug, "action-publish": "yes"}
        return desk.client.post(desk.url, desk.form() | typed)

    return send


def both(database: Parallel, *requests: Callable[[], Any]) -> list[Any]:
    running = [database.start(request) for request in requests]
    return [each.result(60) for each in running]


def with_slug(slug: str) -> list[int]:
    return list(Page.objects.filter(slug=slug, live=True).values_list("pk", flat=True))


def told(response: Any) -> str:
    return response.content.decode()


def test_of_two_editors_who_choose_one_slug_the_second_is_told(database: Parallel) -> None:
    first, second = database.run(lambda: (page("Ena").pk, page("Andra").pk))
    answers = both(
        database,
        rename("admin", first, "samma-redigerare"),
        rename("editor", second, "samma-redigerare"),
    )
    assert len(database.run(lambda: with_slug("samma-redigerare"))) == 1
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    refused = next(answer for answer in answers if answer.status_code == 200)
    assert refused.context["form"].errors["slug"]
    assert 'value="samma-redigerare"' in told(refused)


def test_a_page_that_is_made_while_another_takes_its_slug_is_not_lost(database: Parallel) -> None:
    key = database.run(lambda: page("Tredje").pk)

    def create() -> Any:
        home = Page.objects.get(slug="hem", locale__language_code="sv")
        client = client_of("editor")
        data = {
            **form_of(client, ContentPage.objects.get(pk=key)),
            "title": "Alldeles ny",
            "slug": "samma-ny",
            "action-publish": "action-publish",
        }
        return client.post(f"/admin/pages/add/pages/contentpage/{home.pk}/", data)

    answers = both(database, rename("admin", key, "samma-ny"), create)
    assert len(database.run(lambda: with_slug("samma-ny"))) == 1
    refused = next(answer for answer in answers if answer.status_code == 200)
    assert refused.context["form"].errors["slug"]
    assert 'value="samma-ny"' in told(refused)


def test_of_two_translators_who_write_one_slug_the_second_is_told(database: Parallel) -> None:
    def begin(title: str) -> int:
        source = page(title)
        locale = source.locale.__class__.objects.get(language_code="en")
        client_of("admin").post(
            f"/admin/localize/submit/page/{source.pk}/", {"locales": [str(locale.pk)]}
        )
        translation = Translation.objects.get(source__object_id=source.translation_key)
        for row in segment_rows(translation):
            StringTranslation.objects.create(
                translation_of=row.segment.string,
                locale=locale,
                context=row.segment.context,
                data=f"en-{row.source_text}" if row.path == "slug" else f"English {title}",
                translation_type="manual",
            )
        return int(translation.pk)

    first, second = database.run(lambda: (begin("Fjärde"), begin("Femte")))
    answers = both(
        database,
        publish_translation("admin", first, "samma-engelska"),
        publish_translation("editor", second, "samma-engelska"),
    )
    assert len(database.run(lambda: with_slug("samma-engelska"))) == 1
    assert {answer.status_code for answer in answers} == {302}
    kept = database.run(
        lambda: StringTranslation.objects.filter(data="samma-engelska").count(),
    )
    assert kept == 2


def test_a_page_is_not_moved_to_where_its_slug_is_being_taken(database: Parallel) -> None:
    def made() -> tuple[int, int, int]:
        above = page("Mapp")
        return above.pk, page("Inne", below=above).pk, page("Ute", "samma-flyttad").pk

    above, inside, outside = database.run(made)

    def move() -> Any:
        return client_of("admin").post(MOVE.format(outside, above))

    both(database, rename("editor", inside, "samma-flyttad"), move)
    places = database.run(
        lambda: list(Page.objects.filter(slug="samma-flyttad").values_list("url_path", flat=True))
    )
    assert len(places) == len(set(places))


def test_an_address_that_two_pages_have_leads_to_the_first_everywhere(client: Client) -> None:
    draft, first, second = page("Utkastet"), page("Dubbel ett", "ett"), page("Dubbel två", "tva")
    same = {"slug": "dubbel", "url_path": first.url_path.replace("/ett/", "/dubbel/")}
    Page.objects.filter(pk__in=[draft.pk, first.pk, second.pk]).update(**same)
    Page.objects.filter(pk=draft.pk).update(live=False)
    answer = client.get("/dubbel/")
    assert answer.status_code == 200
    assert "Dubbel ett" in told(answer)
    found = client.get("/api/delivery/v1/pages/by-path/?path=/dubbel/")
    assert found.json()["id"] == first.pk
