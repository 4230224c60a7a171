"""The admin asks about the translations of a source that is unpublished, moved or deleted."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import Translation

from pages.models import ContentPage, SelfTestCallToAction
from tests.factories import ContentPageFactory

from .conftest import Submit, publish, state_of

KEEP, SAME = {"translations": "keep"}, {"translations": "same"}


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    return client


def asks(response: Any) -> bool:
    names = [template.name for template in response.templates]
    return response.status_code == 200 and "translation/ask_translations.html" in names


def is_live(instance: Any) -> bool:
    return bool(type(instance)._default_manager.get(pk=instance.pk).live)


def exists(instance: Any) -> bool:
    return bool(type(instance)._default_manager.filter(pk=instance.pk).exists())


def test_unpublishing_asks_and_the_answer_is_done(
    admin: Client, page: ContentPage, translation: Translation
) -> None:
    target = translation.get_target_instance()
    url = f"/admin/pages/{page.pk}/unpublish/"
    response = admin.post(url, {"include_descendants": "on"})
    assert asks(response)
    assert target.title in response.content.decode()
    assert 'name="include_descendants" value="on"' in response.content.decode()
    assert is_live(page)
    assert admin.post(url, SAME).status_code == 302
    assert not is_live(page)
    assert not is_live(target)
    assert state_of(translation).stale_since is None


def test_a_translation_can_stay_published(
    admin: Client, page: ContentPage, translation: Translation
) -> None:
    assert admin.post(f"/admin/pages/{page.pk}/unpublish/", KEEP).status_code == 302
    assert not is_live(page)
    assert is_live(translation.get_target_instance())


def test_all_is_unpublished_or_nothing(
    admin: Client, page: ContentPage, translation: Translation, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = translation.get_target_instance()
    stock = UnpublishPageAction.execute

    def fail_on_the_target(self: Any, **options: Any) -> None:
        if self.object.pk == target.pk:
            raise PermissionDenied
        stock(self, **options)

    monkeypatch.setattr(UnpublishPageAction, "execute", fail_on_the_target)
    admin.post(f"/admin/pages/{page.pk}/unpublish/", SAME)
    assert is_live(page)
    assert is_live(target)


def test_nothing_is_asked_of_a_translation_or_of_what_has_none(
    admin: Client, page: ContentPage, translation: Translation
) -> None:
    target = translation.get_target_instance()
    assert admin.post(f"/admin/pages/{target.pk}/unpublish/").status_code == 302
    assert not is_live(target)
    assert admin.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302
    assert not is_live(page)


def test_deleting_asks_after_drafts_too(
    admin: Client, untranslated: ContentPage, submit: Submit
) -> None:
    page = untranslated
    target = submit(page).get_target_instance()
    url = f"/admin/pages/{page.pk}/delete/"
    assert not asks(admin.get(url))
    assert asks(admin.post(url))
    assert admin.post(url, SAME).status_code == 302
    assert not exists(page)
    assert not exists(target)
    assert not Translation.objects.filter(source__object_id=page.translation_key).exists()


def test_a_translation_outlives_its_source_where_it_is_kept(
    admin: Client, page: ContentPage, translation: Translation
) -> None:
    publish(page, weight="meaning", title="Ny titel")
    target = translation.get_target_instance()
    assert admin.post(f"/admin/pages/{page.pk}/delete/", KEEP).status_code == 302
    assert not exists(page)
    target.refresh_from_db()
    assert target.live
    assert target.stale_since is None


def test_moving_takes_translations_to_the_same_place(
    admin: Client, page: ContentPage, translation: Translation, en: Any
) -> None:
    target = translation.get_target_instance()
    destination = Page.objects.get(slug="om-webbplatsen")
    counterpart = destination.get_translation(en)
    url = f"/admin/pages/{page.pk}/move/{destination.pk}/confirm/"
    assert asks(admin.post(url))
    assert admin.post(url, SAME).status_code == 302
    assert Page.objects.get(pk=page.pk).get_parent() == destination
    assert Page.objects.get(pk=target.pk).get_parent() == counterpart
    assert Page.objects.get(pk=target.pk).url_path == f"{counterpart.url_path}contact/"


def test_moving_to_where_the_language_has_no_page_keeps_translations_and_says_why(
    admin: Client, page: ContentPage, translation: Translation
) -> None:
    destination = ContentPageFactory(parent=page.get_parent(), slug="bara-svenska")
    url = f"/admin/pages/{page.pk}/move/{destination.pk}/confirm/"
    response = admin.post(url)
    assert asks(response)
    assert 'value="same"' not in response.content.decode()
    assert asks(admin.post(url, SAME))
    before = translation.get_target_instance().path
    assert admin.post(url, KEEP).status_code == 302
    assert translation.get_target_instance().path == before


@pytest.mark.parametrize("deed", ["unpublish", "delete", "move"])
def test_bulk_actions_ask_and_do_the_same(
    admin: Client, page: ContentPage, translation: Translation, en: Any, deed: str
) -> None:
    target = translation.get_target_instance()
    destination = Page.objects.get(slug="om-webbplatsen")
    url = f"/admin/bulk/wagtailcore/page/{deed}/?id={page.pk}"
    sent = {"chooser": str(destination.pk)} if deed == "move" else {}
    assert asks(admin.post(url, sent))
    assert exists(page)
    assert admin.post(url, {**sent, **SAME}).status_code == 302
    if deed == "unpublish":
        assert not is_live(page)
        assert not is_live(target)
    elif deed == "delete":
        assert not exists(page)
        assert not exists(target)
    else:
        assert Page.objects.get(pk=target.pk).get_parent() == destination.get_translation(en)


def test_a_bulk_action_can_keep_translations(
    admin: Client, page: ContentPage, translation: Translation
) -> None:
    url = f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}"
    assert admin.post(url, KEEP).status_code == 302
    assert not is_live(page)
    assert is_live(translation.get_target_instance())


@pytest.mark.parametrize("deed", ["unpublish", "delete"])
def test_snippets_are_asked_about_in_the_same_way(
    admin: Client, cta: SelfTestCallToAction, cta_translation: Translation, deed: str
) -> None:
    target = cta_translation.get_target_instance()
    url = f"/admin/snippets/pages/selftestcalltoaction/{deed}/{cta.pk}/"
    assert asks(admin.post(url))
    assert admin.post(url, SAME).status_code == 302
    if deed == "unpublish":
        assert not is_live(cta)
        assert not is_live(target)
    else:
        assert not exists(cta)
        assert not exists(target)


def test_snippets_deleted_in_bulk_take_their_translations_along(
    admin: Client, cta: SelfTestCallToAction, cta_translation: Translation
) -> None:
    target = cta_translation.get_target_instance()
    url = f"/admin/bulk/pages/selftestcalltoaction/delete/?id={cta.pk}"
    assert asks(admin.post(url))
    assert admin.post(url, SAME).status_code == 302
    assert not exists(cta)
    assert not exists(target)


def test_who_may_not_unpublish_a_translation_can_only_keep_it(
    page: ContentPage, translation: Translation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(username="editor"))
    group = Group.objects.get(name="Publishers")
    GroupPagePermission.objects.filter(group__name__in=["Editors", "Publishers"]).delete()
    for codename in ("change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=page,
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            ),
        )
    url = f"/admin/pages/{page.pk}/unpublish/"
    response = client.post(url)
    assert asks(response)
    assert 'value="same"' not in response.content.decode()
    assert asks(client.post(url, SAME))
    assert is_live(page)


def test_an_alias_in_another_language_is_refused(admin: Client, translation: Translation) -> None:
    target = translation.get_target_instance()
    response = admin.post(f"/admin/localize/page/{target.pk}/convert_to_alias/")
    assert response.status_code == 302
    target.refresh_from_db()
    assert target.alias_of_id is None
