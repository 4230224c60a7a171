"""The groups that the site creates, their permissions, and those of a new language."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import Settings
from wagtail.models import GroupPagePermission, Locale, Page, Task, Workflow

from cms.core.i18n import create_missing_locales
from cms.review.models import ClinicalReviewTask, LanguageLimit
from cms.review.roles.fixed import set_up_fixed_roles
from cms.review.setting_up import set_up_languages
from pages.models import Concern, HomePage
from tests.factories import ContentPageFactory

pytestmark = pytest.mark.django_db
GROUPS = {"Editors", "Publishers", "Clinical reviewers", "Translators sv→en", "Translators en→sv"}


def page_permissions(name: str) -> set[tuple[str, str]]:
    rows = GroupPagePermission.objects.filter(group__name=name)
    return set(rows.values_list("page__slug", "permission__codename"))


def permissions(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_the_groups_are_there_and_wagtails_moderators_are_the_publishers() -> None:
    names = set(Group.objects.values_list("name", flat=True))
    assert names >= GROUPS
    assert "Moderators" not in names
    assert Workflow.objects.filter(name="Publishers approval", active=True).exists()


def test_what_the_groups_may_do_with_pages() -> None:
    editing = {("root", "add_page"), ("root", "change_page")}
    publishing = {
        ("root", f"{action}_page") for action in ("publish", "lock", "unlock", "bulk_delete")
    }
    assert page_permissions("Editors") == editing
    assert page_permissions("Publishers") == editing | publishing
    assert page_permissions("Clinical reviewers") == set()
    assert page_permissions("Translators sv→en") == {("home", "change_page")}
    assert page_permissions("Translators en→sv") == {("hem", "change_page")}


def test_what_the_groups_may_do_with_shared_content() -> None:
    def of_concerns(name: str) -> set[str]:
        return {code.removesuffix("_concern") for code in permissions(name) if "concern" in code}

    assert of_concerns("Editors") == {"add", "change", "view"}
    everything = {"add", "change", "view", "publish", "lock", "unlock", "delete"}
    assert of_concerns("Publishers") == everything
    assert of_concerns("Clinical reviewers") == {"view"}
    assert of_concerns("Translators sv→en") == {"change", "view"}
    for name in GROUPS:
        assert "access_admin" in permissions(name)
        for codename in ("submit_translation", "change_term"):
            assert (codename in permissions(name)) == (name != "Clinical reviewers")


def test_publishers_manage_files_as_editors_do() -> None:
    for name in ("Editors", "Publishers"):
        held = Group.objects.get(name=name).collection_permissions
        assert {"add_image", "add_document"} <= set(
            held.values_list("permission__codename", flat=True)
        )


def test_setting_up_again_changes_nothing_that_an_administrator_arranged() -> None:
    editors = Group.objects.get(name="Editors")
    editors.permissions.clear()
    GroupPagePermission.objects.filter(group__name="Translators sv→en").delete()
    task = ClinicalReviewTask.objects.get(locale__language_code="sv")
    Task.objects.filter(pk=task.pk).update(name="Granskning")
    count = Group.objects.count(), Workflow.objects.count()
    set_up_fixed_roles()
    set_up_languages()
    assert not editors.permissions.exists()
    assert not page_permissions("Translators sv→en")
    assert (Group.objects.count(), Workflow.objects.count()) == count


def test_moderators_who_are_somebody_are_left_alone() -> None:
    Group.objects.get(name="Publishers").delete()
    moderators = Group.objects.create(name="Moderators")
    get_user_model().objects.get(username="editor").groups.add(moderators)
    set_up_fixed_roles()
    assert Group.objects.filter(name="Moderators").exists()
    assert not moderators.permissions.exists()
    assert ("root", "publish_page") in page_permissions("Publishers")
    assert "publish_concern" in permissions("Publishers")
    assert Group.objects.get(name="Publishers").collection_permissions.exists()


@pytest.mark.parametrize(
    ("username", "own", "other"),
    [
        ("translator", "en", "sv"),
        ("translator-sv", "sv", "en"),
    ],
)
def test_translators_edit_pages_of_their_language_and_publish_none(
    log_in: Any, username: str, own: str, other: str
) -> None:
    client = log_in(username)
    for page in Page.objects.filter(depth__gt=1, slug__in=["kontakt", "contact"]):
        response = client.get(f"/admin/pages/{page.pk}/edit/")
        is_own = page.locale.language_code == own
        assert response.status_code == (200 if is_own else 302), page
        for action in ("unpublish", "delete"):
            refused = client.post(f"/admin/pages/{page.pk}/{action}/")
            assert (refused.status_code, refused["Location"]) == (302, "/admin/")
    assert Page.objects.filter(slug__in=["kontakt", "contact"], live=True).count() == 2


def test_translators_submit_into_their_language_alone(log_in: Any, en: Locale, sv: Locale) -> None:
    swedish = ContentPageFactory(parent=Page.objects.get(slug="hem"), slug="ny")
    english = ContentPageFactory(parent=Page.objects.get(slug="home"), slug="new")
    for username, page, locale, allowed in (
        ("translator", swedish, en, True),
        ("translator", english, sv, False),
        ("translator-sv", english, sv, True),
    ):
        client: Client = log_in(username)
        address = f"/admin/localize/submit/page/{page.pk}/"
        response = client.post(address, {"locales": [str(locale.pk)]})
        assert response.status_code == 302
        assert page.has_translation(locale) == allowed, username
        assert (response["Location"] == "/admin/") != allowed


def test_editors_submit_into_every_language(log_in: Any, en: Locale, sv: Locale) -> None:
    for slug, parent, locale in (("ny", "hem", en), ("new", "home", sv)):
        page = ContentPageFactory(parent=Page.objects.get(slug=parent), slug=slug)
        address = f"/admin/localize/submit/page/{page.pk}/"
        log_in("editor").post(address, {"locales": [str(locale.pk)]})
        assert page.has_translation(locale)


def test_a_concern_is_submitted_into_the_own_language_alone(log_in: Any, en: Locale) -> None:
    concern = Concern.objects.create(name="Ny", slug="ny", locale=Locale.get_default())
    address = f"/admin/localize/submit/snippet/pages/concern/{concern.pk}/"
    assert log_in("translator-sv").post(address, {"locales": [str(en.pk)]})["Location"] == "/admin/"
    assert not concern.has_translation(en)
    log_in("translator").post(address, {"locales": [str(en.pk)]})
    assert concern.has_translation(en)


@pytest.fixture
def finnish(settings: Settings) -> Locale:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [
        ("sv", "Svenska"),
        ("en", "English"),
        ("fi", "Suomi"),
    ]
    create_missing_locales()
    return Locale.objects.get(language_code="fi")


def test_a_third_language_takes_no_code(finnish: Locale) -> None:
    pairs = {"Translators sv→fi", "Translators en→fi", "Translators fi→sv", "Translators fi→en"}
    names = set(Group.objects.values_list("name", flat=True))
    assert pairs <= names
    limits = dict(LanguageLimit.objects.values_list("group__name", "locale__language_code"))
    assert limits["Translators sv→fi"] == limits["Translators en→fi"] == "fi"
    assert "change_concern" in permissions("Translators sv→fi")
    assert page_permissions("Translators sv→fi") == set()
    workflow = ClinicalReviewTask.workflow_of(finnish.pk)
    assert workflow is not None
    assert "Suomi" in workflow.name

    swedish = HomePage.objects.get(slug="hem")
    home = HomePage.objects.get(pk=swedish.copy_for_translation(finnish).pk)
    assert page_permissions("Translators sv→fi") == {(home.slug, "change_page")}
    assert page_permissions("Translators fi→sv") == {("hem", "change_page")}
