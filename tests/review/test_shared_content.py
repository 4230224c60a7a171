"""Users limited to one language cannot edit, publish or delete snippets in another."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Locale
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringSegment, Translation

from cms.content.clinical_review import without_review
from cms.content.models import BaseSnippet
from cms.delivery.wagtail_api.v3 import API_CLIENTS
from cms.review.models import LanguageLimit
from pages.models import Concern

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]
SNIPPETS = [model for model in apps.get_models() if issubclass(model, BaseSnippet)]
MODELS = pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)
ACTIONS = ("add", "change", "delete", "publish", "lock", "unlock", "view")


@pytest.fixture
def english() -> Any:
    """Someone who may do everything with shared content, and in English alone."""
    group = Group.objects.create(name="English desk")
    LanguageLimit.objects.create(group=group, locale=Locale.objects.get(language_code="en"))
    codenames = [f"{action}_{model._meta.model_name}" for action in ACTIONS for model in SNIPPETS]
    group.permissions.set(
        Permission.objects.filter(codename__in=[*codenames, "access_admin", "submit_translation"])
    )
    user = get_user_model().objects.create_user("english", "english@samtal.example")
    user.groups.add(group)
    return user


@pytest.fixture
def client_of_english(english: Any) -> Client:
    client = Client()
    client.force_login(english)
    return client


def snippet(model: type[BaseSnippet], language: str) -> Any:
    return model._default_manager.filter(locale__language_code=language).first()


def url(instance: Any, name: str) -> str:
    return reverse(instance.snippet_viewset.get_url_name(name), args=[instance.pk])


def refused(response: Any) -> bool:
    return (response.status_code, response.get("Location")) == (302, "/admin/")


@MODELS
@pytest.mark.parametrize("name", ["edit", "copy", "delete", "unpublish", "lock", "unlock"])
def test_no_view_acts_on_another_language(
    model: type[BaseSnippet], name: str, client_of_english: Client
) -> None:
    swedish = snippet(model, "sv")
    if name == "unlock":
        model._default_manager.filter(pk=swedish.pk).update(locked=True)
    before = model._default_manager.values().get(pk=swedish.pk)
    address = url(swedish, name)
    data = {"action-publish": "action-publish", "action-edit": "action-edit"}
    assert refused(client_of_english.post(address, data))
    if name not in ("lock", "unlock"):
        assert refused(client_of_english.get(address))
    assert model._default_manager.values().get(pk=swedish.pk) == before


@MODELS
@pytest.mark.parametrize("name", ["edit", "copy", "delete", "unpublish"])
def test_every_view_acts_on_the_own_language(
    model: type[BaseSnippet], name: str, client_of_english: Client
) -> None:
    assert client_of_english.get(url(snippet(model, "en"), name)).status_code == 200


@MODELS
def test_nothing_is_added_in_another_language(
    model: type[BaseSnippet], client_of_english: Client
) -> None:
    address = reverse(model.snippet_viewset.get_url_name("add"))
    assert client_of_english.get(address, {"locale": "en"}).status_code == 200
    assert refused(client_of_english.get(address, {"locale": "sv"}))
    assert refused(client_of_english.post(f"{address}?locale=sv", {}))


@MODELS
def test_bulk_deletion_passes_over_other_languages(
    model: type[BaseSnippet], client_of_english: Client
) -> None:
    swedish = snippet(model, "sv")
    app, name = model._meta.app_label, model._meta.model_name
    address = f"/admin/bulk/{app}/{name}/delete/?id={swedish.pk}"
    client_of_english.post(address)
    assert model._default_manager.filter(pk=swedish.pk).exists()


@MODELS
def test_lists_show_all_and_offer_what_is_allowed(
    model: type[BaseSnippet], client_of_english: Client
) -> None:
    swedish, english = snippet(model, "sv"), snippet(model, "en")
    address = reverse(model.snippet_viewset.get_url_name("list"))
    for shown, name, offered in (
        (swedish, "sv", False),
        (english, "en", True),
    ):
        html = client_of_english.get(address, {"locale": name}).content.decode()
        assert str(shown) in html
        for action in ("edit", "delete", "copy"):
            assert (url(shown, action) in html) == offered, action


@pytest.mark.parametrize("model", [model for model in SNIPPETS if hasattr(model, "api_fields")])
def test_the_api_acts_on_no_other_language(model: type[BaseSnippet], english: Any) -> None:
    english.groups.add(Group.objects.get(name=API_CLIENTS))
    token = APIToken.create_token(user=english, name="Prov")[1]
    client = Client(headers={"authorization": f"Bearer {token}"})
    start = f"/api/v3-preview/snippets/{model._meta.label}/"
    swedish = snippet(model, "sv")
    own = start + f"{swedish.pk}/"
    before = model._default_manager.values().get(pk=swedish.pk)
    revision = swedish.get_latest_revision()
    requests = [
        ("patch", own, {"meta": {}}),
        ("patch", own, {"meta": {"action": "publish"}}),
        ("delete", own, {}),
        ("post", own + "actions/publish/", {}),
        ("post", own + "actions/unpublish/", {}),
        ("post", own + "actions/revert/", {"revision_id": revision.pk}),
        ("post", own + "actions/copy_for_translation/", {"locale": "en"}),
        ("delete", own + "actions/delete/", {}),
    ]
    for method, address, data in requests:
        response = getattr(client, method)(
            address, json.dumps(data), content_type="application/json"
        )
        assert response.status_code == 403, (address, response.content)
    assert model._default_manager.values().get(pk=swedish.pk) == before
    assert client.get(own).status_code == 200
    translated = snippet(model, "en")
    with without_review():
        published = client.post(start + f"{translated.pk}/actions/publish/")
    assert published.status_code == 200, published.content


def test_the_api_creates_in_no_other_language(english: Any) -> None:
    """It has no way to choose a language, so that what it creates is in the default one."""
    english.groups.add(Group.objects.get(name=API_CLIENTS))
    data = json.dumps({"name": "Prov", "slug": "prov"})
    before = set(Concern.objects.values_list("pk", flat=True))
    for user, status in ((english, 403), (get_user_model().objects.get(username="admin"), 201)):
        token = APIToken.create_token(user=user, name="Prov")[1]
        client = Client(headers={"authorization": f"Bearer {token}"})
        response = client.post(
            "/api/v3-preview/snippets/pages.Concern/", data, content_type="application/json"
        )
        assert response.status_code == status, response.content
        created = Concern.objects.exclude(pk__in=before)
        languages = list(created.values_list("locale__language_code", flat=True))
        assert languages == (["sv"] if status == 201 else [])


@MODELS
def test_single_texts_of_translations_into_another_language_are_refused(
    model: type[BaseSnippet], client_of_english: Client
) -> None:
    english, swedish = snippet(model, "en"), snippet(model, "sv")
    translation = Translation.objects.get(source__object_id=english.translation_key)
    target = translation.get_target_instance()
    segment = StringSegment.objects.filter(source=translation.source).first()
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    response = client_of_english.put(
        address, "value=Nytt", content_type="application/x-www-form-urlencoded"
    )
    assert refused(response) == (target == swedish)
    stop = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    assert refused(client_of_english.post(stop, {"next": "/admin/pages/"})) == (target == swedish)


@MODELS
def test_permissions_are_asked_once_for_a_list(
    model: type[BaseSnippet], english: Any, django_assert_num_queries: Any
) -> None:
    policy = policy_registry.get_by_type(model)
    rows = list(model._default_manager.all())
    policy.user_has_permission_for_instance(english, "change", rows[0])
    with django_assert_num_queries(0):
        for row in rows:
            policy.user_has_permission_for_instance(english, "change", row)


@MODELS
def test_the_policy_names_the_users_of_a_language(model: type[BaseSnippet], english: Any) -> None:
    policy = policy_registry.get_by_type(model)
    users = policy.users_with_permission_for_instance
    assert english in users("publish", snippet(model, "en"))
    assert english not in users("publish", snippet(model, "sv"))
    assert english in users("view", snippet(model, "sv"))
    in_swedish = policy.instances_user_has_permission_for(english, "change")
    assert {row.locale.language_code for row in in_swedish} == {"en"}
    assert policy.instances_user_has_permission_for(english, "view").count() == (
        model._default_manager.count()
    )


@MODELS
def test_a_group_whose_language_is_gone_works_in_none(
    model: type[BaseSnippet], english: Any
) -> None:
    LanguageLimit.objects.filter(group__name="English desk").update(locale=None)
    policy = policy_registry.get_by_type(model)
    assert not policy.user_has_permission_for_instance(english, "change", snippet(model, "en"))
    assert not policy.instances_user_has_permission_for(english, "change").exists()
