"""Texts that something was copied with from another language do not go live.

Each test names what Wagtail or wagtail-localize does where nobody stops it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import APIToken, Locale, Page, PageLogEntry
from wagtail_localize.models import StringTranslation, Translation

from cms.public.visibility import PLACE_KEPT
from cms.translation.engine import targets
from pages.models import Concern, ContentPage
from tests.factories import ConcernFactory, ContentPageFactory

from ..conftest import publish, translate, translation_of
from ..desk.reading import edit_url, log_in
from .test_aliases import (
    SWEDISH,
    Tree,
    alias,
    check_no_swedish_in_english,
    convert_in_admin_api,
    copy_in_admin,
    post_v3,
    tree,
)
from .test_guarded_texts import publish_on_time

pytestmark = pytest.mark.sampled

__all__ = ["alias", "tree"]

Publish = Callable[[Page], Any]
ENGLISH = {"title": "Treatment", "introduction": "<p>We listen to you.</p><p>Your pace.</p>"}


@pytest.fixture
def editor(db: None) -> Client:
    return log_in("editor")


@pytest.fixture
def admin(db: None) -> Client:
    return log_in("admin")


@pytest.fixture
def copy(alias: ContentPage, editor: Client) -> ContentPage:
    copy_in_admin(editor, alias, alias.get_parent())
    return ContentPage.objects.get(slug="kopia")


def publish_in_form(page: Page) -> Any:
    client = log_in("editor")
    response = client.get(edit_url(page))
    form = response.context.get("form")
    fields = {"action-publish": "action-publish"}
    if form is not None and "introduction" in form.fields:
        latest = page.get_latest_revision_as_object()
        fields |= {
            "title": latest.title,
            "slug": latest.slug,
            "introduction": client_rich_text(form),
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        }
    return client.post(edit_url(page), fields, follow=True)


def client_rich_text(form: Any) -> str:
    bound = form["introduction"]
    return str(bound.field.widget.format_value(bound.value()))


def publish_in_bulk(page: Page) -> Any:
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/"
    return log_in("editor").post(address)


def publish_in_v3(page: Page) -> Any:
    return post_v3(f"{page.pk}/actions/publish/", {})


WAYS = [publish_in_form, publish_in_bulk, publish_in_v3]


def check_refused(page: Page, way: Publish) -> None:
    response = way(page)
    assert response.status_code in (200, 302, 422), response.content.decode()
    page.refresh_from_db()
    assert not page.live
    check_no_swedish_in_english(Client())


@pytest.mark.parametrize("way", WAYS)
def test_publishing_a_copy_of_an_alias_puts_its_source_live(
    copy: ContentPage, way: Publish
) -> None:
    check_refused(copy, way)
    draft = copy.get_latest_revision_as_object()
    for name, value in ENGLISH.items():
        setattr(draft, name, value)
    draft.save_revision()
    assert way(copy).status_code in (200, 302)
    copy.refresh_from_db()
    assert copy.live


def test_the_error_names_the_texts(copy: ContentPage) -> None:
    said = publish_in_form(copy).content.decode()
    assert "This would publish text that is not translated into English" in said
    assert SWEDISH in said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("live", [True, False])
def test_publishing_a_freed_alias_puts_its_source_live(
    alias: ContentPage, tree: Tree, editor: Client, way: Publish, live: bool
) -> None:
    if not live:
        tree[0].unpublish()
    assert editor.post(f"/admin/pages/{alias.pk}/convert_alias/").status_code == 302
    alias.refresh_from_db()
    assert alias.alias_of is None
    check_refused(alias, way)


def test_a_freed_alias_takes_the_place_of_the_translation(
    alias: ContentPage, tree: Tree, admin: Client, user: Any, client: Client
) -> None:
    assert convert_in_admin_api(admin, alias) == 200
    translation = translation_of(tree[0])
    assert translation.get_target_instance().pk == alias.pk
    response = admin.get(edit_url(alias))
    assert "translation/desk/desk.html" in [each.name for each in response.templates]
    translate(translation)
    targets.publish(translation, user)
    assert client.get("/en/behandling/").status_code == 200


@pytest.mark.parametrize("way", WAYS)
def test_a_freed_alias_whose_original_is_deleted_is_published(
    alias: ContentPage, tree: Tree, way: Publish
) -> None:
    assert alias.live
    ContentPage.objects.get(pk=tree[0].pk).delete()
    alias.refresh_from_db()
    assert alias.alias_of is None
    assert not alias.live
    response = way(alias)
    assert response.status_code in (200, 302, 422)
    alias.refresh_from_db()
    assert not alias.live


def test_a_copy_of_a_copy_is_published(copy: ContentPage, editor: Client) -> None:
    data = {"new_title": "Copy", "new_slug": "igen", "new_parent_page": copy.get_parent().pk}
    assert editor.post(f"/admin/pages/{copy.pk}/copy/", data).status_code == 302
    check_refused(ContentPage.objects.get(slug="igen"), publish_in_bulk)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_draft", [False, True])
def test_publishing_what_copy_for_translation_made(
    untranslated: ContentPage, way: Publish, is_draft: bool
) -> None:
    if is_draft:
        untranslated.unpublish()
        untranslated.introduction = f"<p>{SWEDISH} i ett utkast.</p>"
        untranslated.save_revision()
    made = post_v3(f"{untranslated.pk}/actions/copy_for_translation/", {"locale": "en"})
    assert made.status_code == 201
    page = ContentPage.objects.get(pk=made.json()["id"])
    assert translation_of(untranslated).get_target_instance().pk == page.pk
    assert "utkast" not in page.get_latest_revision_as_object().introduction
    check_refused(page, way)


def copy_snippet_in_v3(concern: Concern) -> Any:
    user = get_user_model().objects.get(username="admin")
    token = APIToken.create_token(user=user, name="Snippets")[1]
    address = f"/api/v3-preview/snippets/pages.Concern/{concern.pk}/actions/copy_for_translation/"
    client = Client(headers={"authorization": f"Bearer {token}"})
    return client.post(address, {"locale": "en"}, content_type="application/json")


def test_copy_for_translation_puts_a_snippet_live_with_its_unpublished_draft(
    site: Any, en: Locale, client: Client
) -> None:
    concern = publish(ConcernFactory(name="Sorg i familjen", slug="sorg-familj"))
    concern.name = "Hemligt utkast"
    concern.save_revision()
    assert copy_snippet_in_v3(concern).status_code == 201
    made = concern.get_translation(en)
    assert not made.live
    assert made.name == "Sorg i familjen"
    assert Translation.objects.filter(source__object_id=concern.translation_key).exists()
    address = "/api/delivery/v1/concerns/?locale=en&limit=100"
    assert "utkast" not in client.get(address).content.decode()
    translation = translation_of(concern)
    response = log_in("editor").get(edit_url(made))
    assert "translation/desk/desk.html" in [each.name for each in response.templates]
    translate(translation)
    targets.publish(translation, None)
    assert concern.get_translation(en).live


def test_a_name_that_somebody_has_given_in_the_language_passes(
    alias: ContentPage, tree: Tree, editor: Client, copy: ContentPage
) -> None:
    draft = copy.get_latest_revision_as_object()
    draft.title, draft.introduction = "Behandling", ENGLISH["introduction"]
    revision = draft.save_revision()
    assert publish_in_bulk(copy).status_code == 302
    copy.refresh_from_db()
    assert not copy.live
    assert editor.post(f"/admin/pages/{alias.pk}/convert_alias/").status_code == 302
    segment = translation_of(tree[0]).source.stringsegment_set.get(context__path="title")
    name = StringTranslation(
        translation_of=segment.string, context=segment.context, data="Behandling"
    )
    for language, kind in [(tree[0].locale, "manual"), (alias.locale, "machine")]:
        name.locale, name.translation_type = language, kind
        name.save()
        with pytest.raises(ValidationError, match="Behandling"):
            revision.publish()
    name.translation_type = "manual"
    name.save()
    revision.publish()
    copy.refresh_from_db()
    assert copy.live
    # What is live stays.
    name.delete()
    assert publish_on_time(copy)
    assert copy.title == "Behandling"


def test_an_alias_freed_before_is_begun_with_the_next_translation(
    alias: ContentPage, tree: Tree, en: Locale
) -> None:
    """As the migration leaves them, which knows of no texts."""
    Page.objects.filter(pk=alias.pk).update(alias_of=None, live=False, first_published_at=None)
    page = ContentPage.objects.get(pk=alias.pk)
    PageLogEntry.objects.log_action(instance=page, action=PLACE_KEPT)
    parent = Page.objects.get(slug="hem")
    above = publish(ContentPageFactory(parent=parent, slug="over"))
    ContentPage.objects.get(pk=tree[0].pk).move(above, pos="last-child")
    data = {"locales": en.pk, "include_subtree": "on"}
    response = log_in("admin").post(f"/admin/localize/submit/page/{above.pk}/", data)
    assert response.status_code == 302
    assert translation_of(tree[0]).get_target_instance().pk == alias.pk
