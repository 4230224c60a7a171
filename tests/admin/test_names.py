"""Names of groups, workflows and permissions are shown in the reader's language."""

from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core import serializers
from django.db.models import Q
from django.test import Client
from django.utils import translation
from wagtail.models import APIToken, ModelLogEntry, Task, Workflow
from wagtail.users.models import UserProfile

from cms.core.alphabet import sort_key
from cms.review.roles.names import shown_name
from tests.reading import words


@pytest.fixture
def swedish(admin_client: Client, admin_user: Any) -> Client:
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": "sv"})
    return admin_client


@pytest.fixture
def english(client: Client, django_user_model: Any) -> Client:
    user = django_user_model.objects.create_superuser("ann", "ann@example.org", "x")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def said(client: Client, url: str) -> str:
    return words(client.get(url).content.decode())


def test_groups(swedish: Client, english: Client) -> None:
    theirs, ours = (said(client, "/admin/groups/") for client in (english, swedish))
    for name, shown in (
        ("Editors", "Redaktörer"),
        ("Clinical reviewers", "Kliniska granskare"),
        ("Translators sv → en", "Översättare sv → en"),
    ):
        assert (name in theirs, shown in theirs) == (True, False)
        assert (name in ours, shown in ours) == (False, True)


def test_workflows_name_their_language_in_that_of_the_reader(
    swedish: Client, english: Client
) -> None:
    theirs, ours = (said(client, "/admin/workflows/list/") for client in (english, swedish))
    for name in ("Clinical review (English)", "Clinical review (Swedish)"):
        assert name in theirs
    for name in ("Klinisk granskning (engelska)", "Klinisk granskning (svenska)"):
        assert name in ours
    assert "Clinical" not in ours
    assert "Klinisk" not in theirs


LISTS = {
    "/admin/groups/results/": Group,
    "/admin/workflows/list/results/": Workflow,
    "/admin/workflows/tasks/index/results/": Task,
}


def shown_in(client: Client, url: str, names: dict[str, str]) -> list[str]:
    """Return the links of a list that bear one of the names."""
    soup = BeautifulSoup(client.get(url).content.decode(), "html.parser")
    links = [link.get_text(strip=True) for link in soup.select("td.title a")]
    return [text for text in links if text in names.values()]


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_lists_are_searched_and_sorted_by_the_names_that_they_show(
    swedish: Client, english: Client, url: str, language: str
) -> None:
    client = swedish if language == "sv" else english
    with translation.override(language):
        names = {
            name: shown_name(name) for name in LISTS[url].objects.values_list("name", flat=True)
        }
    shown = sorted(names.values(), key=lambda name: sort_key(name, language))
    assert len(shown) > 1
    assert shown_in(client, url, names) == shown
    assert shown_in(client, f"{url}?ordering=-name", names) == shown[::-1]
    for stored, text in names.items():
        assert text in shown_in(client, f"{url}?q={quote(text.upper())}", names)
        if stored.casefold() != text.casefold():
            assert text not in shown_in(client, f"{url}?q={quote(stored)}", names)
    assert shown_in(client, f"{url}?q=qqq", names) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_chooser_of_tasks_does_so_too(swedish: Client, english: Client, language: str) -> None:
    client = swedish if language == "sv" else english
    url = "/admin/workflows/task_chooser/results/"
    other = "Clinical review (English)" if language == "sv" else "Klinisk granskning (Svenska)"
    with translation.override(language):
        names = {name: shown_name(name) for name in Task.objects.values_list("name", flat=True)}
    shown = sorted(names.values(), key=lambda name: sort_key(name, language))
    assert shown_in(client, url, names) == shown
    assert shown_in(client, f"{url}?q={quote(names[other].upper())}", names) == [names[other]]
    assert shown_in(client, f"{url}?q={quote(other)}", names) == []
    assert len(shown_in(client, f"{url}?task_type=wagtailcore.GroupApprovalTask", names)) > 0
    chosen = client.get(f"/admin/workflows/task_chooser/{Task.objects.get(name=other).pk}/")
    assert chosen.json()["result"]["name"] == names[other]


def form_data(client: Client, url: str) -> dict[str, Any]:
    """The fields of the form at an address, as a browser sends them."""
    soup = BeautifulSoup(client.get(url).content.decode(), "html.parser")
    data: dict[str, Any] = {}
    for field in soup.select("main form [name], form#group_form [name]") or soup.select("[name]"):
        kind = field.get("type", "")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            values = [each["value"] for each in field.select("option[selected]")]
        else:
            values = [field.get("value", "") if field.name == "input" else field.get_text()]
        data.setdefault(str(field["name"]), []).extend(values)
    return data


def test_a_saved_form_stores_the_name_as_it_was_made(swedish: Client) -> None:
    group = Group.objects.get(name="Editors")
    url = f"/admin/groups/edit/{group.pk}/"
    data = form_data(swedish, url)
    assert data["name"] == ["Editors"]
    answer = swedish.post(url, data)
    assert answer.status_code == 302, answer.content.decode()
    assert Group.objects.filter(name="Editors", pk=group.pk).exists()


def test_a_name_that_somebody_chose_is_shown_as_it_is(swedish: Client) -> None:
    group = Group.objects.get(name="Editors")
    url = f"/admin/groups/edit/{group.pk}/"
    swedish.post(url, form_data(swedish, url) | {"name": "Webbgruppen"})
    assert Group.objects.filter(name="Webbgruppen", pk=group.pk).exists()
    assert "Webbgruppen" in said(swedish, "/admin/groups/")


def test_a_changed_workflow_keeps_its_name(swedish: Client) -> None:
    workflow = Workflow.objects.get(name="Clinical review (English)")
    url = f"/admin/workflows/edit/{workflow.pk}/"
    data = form_data(swedish, url)
    assert data["name"] == ["Clinical review (English)"]
    assert swedish.post(url, data).status_code == 302
    assert Workflow.objects.filter(name="Clinical review (English)", pk=workflow.pk).exists()


def test_permissions(swedish: Client) -> None:
    page = said(swedish, f"/admin/groups/edit/{Group.objects.get(name='Editors').pk}/")
    assert "Can " not in page
    raw = Permission.objects.filter(Q(name__startswith="Can add"))
    assert raw.exists(), "They are stored as Django makes them."


def test_what_refuses_a_request_speaks_the_editors_language(
    client: Client, django_user_model: Any
) -> None:
    """And not the browser's, which Wagtail's own refusals took."""
    editor = django_user_model.objects.get(username="editor")
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "sv"})
    client.force_login(editor)
    answer = client.get("/admin/users/", follow=True, headers={"accept-language": "en"})
    assert "Du har inte behörighet till den här delen." in answer.content.decode()


def test_code_dumps_and_apis_have_the_stored_names(django_user_model: Any) -> None:
    editor = django_user_model.objects.get(username="editor")
    with translation.override("sv"):
        groups = list(Group.objects.order_by("pk"))
        Group.objects.bulk_update(groups, ["name"])
        dumped = serializers.serialize("json", [editor, *groups], use_natural_foreign_keys=True)
        assert "Redakt\u00f6rer" not in dumped.replace("\\u00f6", "\u00f6")
        for row in serializers.deserialize("json", dumped):
            row.save()
        permission = Permission.objects.get(codename="add_group")
        permission.save()
    assert Group.objects.filter(name="Editors").exists()
    assert Permission.objects.get(codename="add_group").name == "Can add group"
    Group.objects.get(name="API clients").user_set.add(editor)
    key = APIToken.create_token(user=editor, name="Prov")[1]
    who = Client(headers={"authorization": f"Bearer {key}"}).get("/api/v3-preview/whoami/")
    assert "Editors" in str(who.json()), who.json()


def test_a_log_has_the_stored_name(swedish: Client) -> None:
    group = Group.objects.get(name="Editors")
    url = f"/admin/groups/edit/{group.pk}/"
    assert swedish.post(url, form_data(swedish, url)).status_code == 302
    entry = ModelLogEntry.objects.for_instance(group).latest("pk")
    assert entry.label == "Editors"


@pytest.mark.parametrize("ajax", [True, False])
def test_a_refusal_is_no_page_of_djangos(
    client: Client, django_user_model: Any, ajax: bool
) -> None:
    editor = django_user_model.objects.get(username="editor")
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "sv"})
    headers = {"accept-language": "en"}
    if ajax:
        client.force_login(editor)
        answer = client.get(
            "/admin/users/", headers={**headers, "x-requested-with": "XMLHttpRequest"}
        )
        text = "Ditt konto har ingen behörighet för det."
    else:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor)
        answer = strict.post("/admin/account/", {}, headers=headers)
        text = "Formuläret var öppet för länge"
    assert answer.status_code == 403
    assert text in answer.content.decode()
    assert 'lang="sv"' in answer.content.decode()


def test_columns_of_exports_are_in_the_readers_language(swedish: Client) -> None:
    for url in ("/admin/reports/workflow/", "/admin/reports/workflow_tasks/"):
        answer = swedish.get(f"{url}?export=csv")
        heads = b"".join(answer.streaming_content).decode().splitlines()[0]
        assert "_" not in heads
        assert "workflow" not in heads.casefold()
