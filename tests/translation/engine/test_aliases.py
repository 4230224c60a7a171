"""Aliases that keep a place in the tree of another language never become live text there.

Each test names what wagtail-localize or Wagtail does where nobody stops it.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import APIToken, Locale, Page, PageLogEntry
from wagtail_localize.models import LocaleSynchronization, Translation

from cms.journal.version import current_version
from cms.public.visibility import PLACE_KEPT
from cms.translation.engine import targets
from pages.models import ContentPage
from tests.factories import ContentPageFactory
from tests.reading import Api

from ..conftest import publish, translate, translation_of
from ..desk.reading import Desk, log_in

pytestmark = pytest.mark.sampled

SWEDISH = "Vi lyssnar på dig"
ROOT = "/en/behandling/"
COPY = "/en/kopia/"
V3 = "/api/v3-preview/pages/"

Tree = tuple[ContentPage, ContentPage, ContentPage]


@pytest.fixture
def translator(db: None) -> Client:
    return log_in("translator")


@pytest.fixture
def admin(db: None) -> Client:
    return log_in("admin")


@pytest.fixture
def tree(untranslated: ContentPage) -> Tree:
    """Three live pages in Swedish alone, each below the one before."""
    child = publish(ContentPageFactory(parent=untranslated, slug="barn", introduction=SWEDISH))
    leaf = publish(ContentPageFactory(parent=child, slug="barnbarn", introduction=SWEDISH))
    return ContentPage.objects.get(pk=untranslated.pk), child, leaf


@pytest.fixture
def alias(tree: Tree, en: Locale) -> ContentPage:
    """The live alias in English that keeps the place of the tree's first page."""
    alias: ContentPage = tree[0].copy_for_translation(en, alias=True)
    assert alias.live
    return ContentPage.objects.get(pk=alias.pk)


def submit(client: Client, page: Page, en: Locale, **fields: Any) -> None:
    response = client.post(f"/admin/localize/submit/page/{page.pk}/", {"locales": en.pk, **fields})
    assert response.status_code == 302


def delete(client: Client, page: Page) -> None:
    """Delete a page and leave its translations."""
    data = {"translations": "keep"}
    assert client.post(f"/admin/pages/{page.pk}/delete/", data).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()


def check_no_swedish_in_english(client: Client) -> None:
    """No English address of the new pages, and no list or search, shows the tree's Swedish."""
    oldest = Page.objects.get(slug="behandling", locale__language_code="sv")
    lists = [
        "/api/delivery/v1/pages/?locale=en&limit=100",
        "/api/delivery/v1/search/?locale=en&q=behandling",
        "/api/v2/pages/?locale=en&limit=3&order=-id&fields=*",
    ]
    pages = Page.objects.filter(path__startswith=Page.objects.get(slug="home").path)
    for address in [*lists, *(page.url for page in pages.filter(pk__gt=oldest.pk))]:
        text = client.get(address).content.decode()
        assert SWEDISH not in text, address
        assert "Behandling" not in text, address


def test_submitting_parents_after_children_leaves_them_live(
    tree: Tree, translator: Client, client: Client, en: Locale
) -> None:
    parent, child, leaf = tree
    for page in (leaf, parent, child):
        submit(translator, page, en)
    check_no_swedish_in_english(client)
    assert not any(page.get_translation(en).live for page in tree)


def test_submitting_a_subtree_finds_an_alias_at_its_top(
    tree: Tree, translator: Client, client: Client, en: Locale
) -> None:
    submit(translator, tree[2], en)
    submit(translator, tree[0], en, include_subtree="on")
    check_no_swedish_in_english(client)
    assert not any(page.get_translation(en).live for page in tree)


def test_what_is_live_below_stays_and_the_parent_joins_it_when_it_is_translated(
    tree: Tree, translator: Client, client: Client, api: Api, en: Locale, user: Any
) -> None:
    parent, child, _leaf = tree
    submit(translator, child, en)
    below = translation_of(child)
    translate(below)
    targets.publish(below, user)
    path = below.get_target_instance().url
    assert client.get(path).status_code == 200
    submit(translator, parent, en)
    assert client.get(ROOT).status_code == 404
    assert client.get(path).status_code == 200
    assert [item["path"] for item in api.page(path)["breadcrumbs"]] == ["/en/"]
    above = translation_of(parent)
    translate(above)
    version = current_version()
    targets.publish(above, user)
    page = above.get_target_instance()
    now = below.get_target_instance().url
    assert client.get(page.url).status_code == client.get(now).status_code == 200
    assert now != path
    # The address that the child has lost with its parent's new slug, and all that is new.
    told = api.get("changes/", since=version)["items"]
    assert path in {item["path"] for item in told}
    assert {page.url, now} <= {address for item in told for address in item["paths"]}
    page.unpublish()
    assert client.get(below.get_target_instance().url).status_code == 404


def convert_in_admin_api(admin: Client, page: Page) -> int:
    return admin.post(f"/admin/api/main/pages/{page.pk}/action/convert_alias/").status_code


def convert_in_v3(admin: Client, page: Page) -> int:
    return post_v3(f"{page.pk}/actions/convert_alias/", {}).status_code


def post_v3(address: str, data: dict[str, Any]) -> Any:
    user = get_user_model().objects.get(username="admin")
    token = APIToken.create_token(user=user, name="Test")[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    return client.post(V3 + address, data, content_type="application/json")


@pytest.mark.parametrize("convert", [convert_in_admin_api, convert_in_v3])
def test_converting_an_alias_leaves_it_live(
    alias: ContentPage, admin: Client, client: Client, convert: Callable[[Client, Page], int]
) -> None:
    assert convert(admin, alias) == 200
    check_no_swedish_in_english(client)
    alias.refresh_from_db()
    assert (alias.alias_of_id, alias.live, alias.live_revision_id) == (None, False, None)
    page = alias.get_latest_revision_as_object()
    page.title, page.introduction, page.live = "Treatment", "<p>We listen.</p>", True
    page.save_revision().publish()
    assert client.get(ROOT).status_code == 200


def copy_in_admin(admin: Client, page: Page, parent: Page, **fields: Any) -> None:
    data = {"new_title": "Copy", "new_slug": "kopia", "new_parent_page": parent.pk, **fields}
    assert admin.post(f"/admin/pages/{page.pk}/copy/", data).status_code == 302


def copy_in_admin_api(admin: Client, page: Page, parent: Page, **fields: Any) -> None:
    data = {"slug": "kopia", "destination_page_id": parent.pk, "recursive": True}
    address = f"/admin/api/main/pages/{page.pk}/action/copy/"
    assert admin.post(address, {**data, "keep_live": True}).status_code == 201


def copy_in_v3(admin: Client, page: Page, parent: Page, **fields: Any) -> None:
    data = {"slug": "kopia", "destination_id": parent.pk, "recursive": True, "keep_live": True}
    assert post_v3(f"{page.pk}/actions/copy/", data).status_code == 201


@pytest.mark.parametrize("copy", [copy_in_admin, copy_in_v3])
def test_copying_an_alias_publishes_its_text(
    alias: ContentPage, admin: Client, client: Client, en: Locale, copy: Callable[..., None]
) -> None:
    english = publish(ContentPageFactory(parent=alias.get_parent(), slug="clean", title="Clean"))
    alias.move(english, pos="last-child")
    copy(admin, english, english.get_parent(), publish_copies="on", copy_subpages="on")
    assert client.get(COPY).status_code == 200
    assert client.get(f"{COPY}behandling/").status_code == 404
    check_no_swedish_in_english(client)


def test_an_alias_of_an_alias_is_in_the_language_of_its_source(
    alias: ContentPage, admin: Client, client: Client, tree: Tree
) -> None:
    copy_in_admin(admin, alias, alias.get_parent(), alias="on")
    publish(tree[0], title="Vår behandling")
    assert client.get(COPY).status_code == 404
    assert convert_in_admin_api(admin, alias) == 200
    assert client.get(COPY).status_code == 404
    check_no_swedish_in_english(client)


def test_copying_into_another_language_puts_the_text_there(
    tree: Tree, admin: Client, client: Client
) -> None:
    home = Page.objects.get(slug="home")
    data = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": home.pk, "alias": "on"}
    response = admin.post(f"/admin/pages/{tree[0].pk}/copy/", data)
    assert "This page is in Swedish" in response.content.decode()
    tree[0].create_alias(parent=home, update_slug="dubblett")
    copy_in_admin_api(admin, tree[0], home)
    assert client.get(COPY).status_code == client.get("/en/dubblett/").status_code == 404
    assert client.get("/behandling/").status_code == 200
    check_no_swedish_in_english(client)


def test_sources_that_are_published_or_deleted_or_synchronised_make_aliases_live(
    alias: ContentPage, tree: Tree, client: Client, sv: Locale, en: Locale
) -> None:
    LocaleSynchronization.objects.create(locale=en, sync_from=sv)
    publish(tree[0], title="Vår behandling")
    publish(tree[2], title="Mer om behandling")
    check_no_swedish_in_english(client)
    tree[0].delete()
    assert Page.objects.filter(pk=alias.pk, alias_of=None).exists()
    assert client.get(ROOT).status_code == 404


def test_an_alias_whose_source_is_deleted_is_written_and_translated_like_any_page(
    alias: ContentPage, tree: Tree, admin: Client, client: Client, sv: Locale, en: Locale
) -> None:
    delete(admin, tree[0])
    page = ContentPage.objects.get(pk=alias.pk)
    assert admin.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    with pytest.raises(ValidationError):
        publish(page)
    page = publish(page, title="Treatment", introduction="<p>We listen.</p>")
    assert client.get(page.url).status_code == 200
    submit(admin, page, en, locales=sv.pk)
    translation = translation_of(page)
    desk = Desk(log_in("translator-sv"), translation)
    assert desk.text("title") == ""
    desk.write("title", "Behandlingen")
    assert desk.state("title") == "done"


def test_an_alias_whose_source_is_deleted_is_translated_from_another_language(
    alias: ContentPage, tree: Tree, admin: Client, en: Locale
) -> None:
    finnish = Locale.objects.create(language_code="fi")
    submit(admin, tree[0], en, locales=finnish.pk)
    other = tree[0].get_translation(finnish)
    delete(admin, tree[0])
    publish(other, title="Hoito", introduction="<p>Kuuntelemme.</p>")
    submit(admin, other, en)
    assert translation_of(other).get_target_instance().pk == alias.pk


def test_an_alias_that_was_freed_without_a_translation_gets_one(
    alias: ContentPage, tree: Tree, admin: Client, translator: Client, en: Locale
) -> None:
    """None can begin while the original is not valid."""
    ContentPage.objects.filter(pk=tree[0].pk).update(title="")
    assert convert_in_admin_api(admin, alias) == 200
    assert not Translation.objects.filter(source__object_id=alias.translation_key).exists()
    original = publish(tree[0], title="Behandling")
    submit(translator, original, en)
    assert translation_of(original).get_target_instance().pk == alias.pk


def test_an_alias_in_its_own_language_stays_live_when_it_is_converted(
    tree: Tree, admin: Client, client: Client
) -> None:
    own = tree[0].create_alias(update_slug="kopia")
    assert convert_in_admin_api(admin, own) == 200
    assert client.get("/kopia/").status_code == 200


def test_the_migration_repairs_what_was_freed_before(
    alias: ContentPage, tree: Tree, client: Client
) -> None:
    """As wagtail-localize leaves them: with the source's live revision and a log entry."""
    own = tree[0].create_alias(update_slug="kopia")
    for page in (alias, own):
        Page.objects.filter(pk=page.pk).update(alias_of=None)
        PageLogEntry.objects.log_action(instance=page, action="wagtail.convert_alias")
    child = ContentPageFactory(
        parent=Page.objects.get(pk=alias.pk), slug="live", introduction="Live", title="Live"
    )
    assert client.get(ROOT).status_code == 200
    migration = import_module("cms.translation.migrations.0004_originals_and_freed_aliases")
    migration.repair(apps, None)
    assert client.get(ROOT).status_code == 404
    assert client.get(child.url).status_code == 200
    assert client.get("/kopia/").status_code == 200
    assert PageLogEntry.objects.filter(page=alias.pk, action=PLACE_KEPT).count() == 1
    check_no_swedish_in_english(client)
    migration.repair(apps, None)
    assert PageLogEntry.objects.filter(action=PLACE_KEPT).count() == 1


def test_the_migration_ends_chains_of_aliases(alias: ContentPage, tree: Tree) -> None:
    second, third = (tree[0].create_alias(update_slug=f"kopia-{number}") for number in (2, 3))
    Page.objects.filter(pk=second.pk).update(alias_of=alias.pk)
    Page.objects.filter(pk=third.pk).update(alias_of=second.pk)
    migration = import_module("cms.translation.migrations.0004_originals_and_freed_aliases")
    migration.repair(apps, None)
    assert set(Page.objects.filter(alias_of=tree[0].pk)) == {
        Page.objects.get(pk=page.pk) for page in (alias, second, third)
    }


@pytest.mark.django_db
def test_an_alias_of_a_deleted_page_is_no_longer_live(client: Client) -> None:
    """As in Wagtail: what an editor deletes does not stay public at another address."""
    home = Page.objects.get(slug="hem")
    page = ContentPageFactory(parent=home, slug="original")
    alias = page.create_alias(parent=home, update_slug="kopia")
    assert client.get("/kopia/").status_code == 200
    Page.objects.get(pk=page.pk).delete()
    assert client.get("/kopia/").status_code == 404
    alias.refresh_from_db()
    assert (alias.live, alias.alias_of_id) == (False, None)
