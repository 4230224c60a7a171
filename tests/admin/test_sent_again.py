"""Every add form of the admin makes one object, however often it is sent as it was opened."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, Collection, Task, UploadedFile

from cms.webhooks.models import Endpoint
from faq.models import FaqEntry, FaqTopic

from .test_choosers import QUESTIONS, question
from .test_created_once import token_of

pytestmark = pytest.mark.django_db


def file_of(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, get_test_image_file().file.getvalue(), content_type="image/png")


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """Open a form; return what a browser would send of it as it is."""
    html = BeautifulSoup(client.get(address).content, "html.parser")
    found = {}
    for each in html.select("main form [name]"):
        if each.name == "textarea":
            found[str(each["name"])] = each.text
        elif each.name == "input" and each.get("type") not in ("checkbox", "radio", "file"):
            found[str(each["name"])] = str(each.get("value", ""))
    return {**found, "csrfmiddlewaretoken": token_of(client, address)}


TASKS = "workflows/tasks/add/wagtailcore/groupapprovaltask/"
FORMS: dict[str, tuple[Any, dict[str, Any]]] = {
    "collections/add/": (Collection, {"name": "Åskådliga bilder", "parent": "1"}),
    "documents/add/": (get_document_model(), {"title": "Blad"}),
    "images/add/": (get_image_model(), {"title": "Bild"}),
    "redirects/add/": (Redirect, {"old_path": "/gammal/", "redirect_link": "https://a.example/"}),
    "workflows/tasks/add/wagtailcore/groupapprovaltask/": (
        Task,
        {"name": "En uppgift", "groups": "1"},
    ),
    "webhooks/new/": (Endpoint, {"name": "Bygge", "url": "https://a.example/"}),
    "users/new/": (
        get_user_model(),
        {
            "username": "ny",
            "email": "ny@example.org",
            "first_name": "Ny",
            "last_name": "Ny",
            "password1": "en-lang-mening-som-nyckel",
            "password2": "en-lang-mening-som-nyckel",
        },
    ),
}
FILES = {"documents/add/": "blad.png", "images/add/": "bild.png"}


@pytest.mark.sampled
@pytest.mark.parametrize("address", FORMS)
def test_a_form_that_is_sent_twice_makes_one(admin_client: Client, address: str) -> None:
    model, written = FORMS[address]
    url = f"/admin/{address}"
    before = model.objects.count()
    data = {**fields_of(admin_client, url), **written}
    answers = []
    for _again in range(2):
        if name := FILES.get(address):
            data["file"] = file_of(name)
        answers.append(admin_client.post(url, data))
    first, again = answers
    assert first.status_code == 302, BeautifulSoup(first.content, "html.parser").find("main")
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert model.objects.count() == before + 1
    # Opened once more, it makes another one, or says why not.
    if name:
        data["file"] = file_of(name)
    admin_client.post(url, {**data, "csrfmiddlewaretoken": token_of(admin_client, url)})
    unique = {"redirects/add/", "users/new/"}
    assert model.objects.count() == before + (1 if address in unique else 2)


UPLOADS = {"images": (get_image_model(), "image_id"), "documents": (get_document_model(), "doc_id")}


def upload(client: Client, kind: str, token: str, name: str = "ny.png", title: str = "Ny") -> Any:
    data = {"title": title, "collection": "", "csrfmiddlewaretoken": token}
    return client.post(f"/admin/{kind}/multiple/add/", {**data, "files[]": file_of(name)}).json()


@pytest.mark.parametrize("kind", UPLOADS)
def test_a_file_among_several_is_uploaded_once(admin_client: Client, kind: str) -> None:
    model, key = UPLOADS[kind]
    before = model.objects.count()
    token = token_of(admin_client, f"/admin/{kind}/multiple/add/")
    first, again = (upload(admin_client, kind, token) for _time in range(2))
    assert first["success"]
    assert again[key] == first[key]
    assert model.objects.count() == before + 1
    # The other files of the form are others, and so is one that was deleted meanwhile.
    upload(admin_client, kind, token, "en till.png")
    assert model.objects.count() == before + 2
    admin_client.post(f"/admin/{kind}/multiple/{first[key]}/delete/")
    assert upload(admin_client, kind, token)["success"]
    assert model.objects.count() == before + 2


def test_a_file_that_lacks_a_title_is_made_once(admin_client: Client) -> None:
    """It is kept until its form is filled in, which makes the image."""
    before = get_image_model().objects.count()
    token = token_of(admin_client, "/admin/images/multiple/add/")
    first, again = (upload(admin_client, "images", token, title="") for _time in range(2))
    assert again["uploaded_file_id"] == first["uploaded_file_id"]
    assert UploadedFile.objects.count() == 1
    form = BeautifulSoup(first["form"], "html.parser").select_one("form")
    assert form is not None
    data = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
    data[f"uploaded-image-{first['uploaded_file_id']}-title"] = "Ny"
    answers = [admin_client.post(str(form["action"]), data).json() for _time in range(2)]
    made = get_image_model().objects.latest("pk")
    assert answers == [{"success": True, "image_id": made.pk}] * 2
    assert get_image_model().objects.count() == before + 1


def creation_token(client: Client, address: str) -> str:
    html = BeautifulSoup(client.get(address).json()["html"], "html.parser")
    return str(html.select_one("[name=csrfmiddlewaretoken]")["value"])  # type: ignore[index]  # is there


@pytest.mark.parametrize("query", ["", "?select_format=true"])
def test_a_chooser_uploads_an_image_once(admin_client: Client, query: str) -> None:
    token = creation_token(admin_client, f"/admin/images/chooser/{query}")
    url = f"/admin/images/chooser/create/{query}"
    before = get_image_model().objects.count()
    answers = []
    for _again in range(2):
        data = {
            "image-chooser-upload-title": "Bild",
            "image-chooser-upload-file": file_of("ny.png"),
            "image-chooser-upload-collection": Collection.objects.first().pk,
            "csrfmiddlewaretoken": token,
        }
        answers.append(admin_client.post(url, data).json())
    assert answers[0]["step"] == answers[1]["step"]
    assert answers[0]["step"] == ("select_format" if query else "chosen")
    assert answers[0].get("result") == answers[1].get("result")
    assert get_image_model().objects.count() == before + 1


def test_a_chooser_makes_a_question_once(admin_client: Client) -> None:
    token = creation_token(admin_client, f"{QUESTIONS}?locale=sv")
    data = {**question("sv", question="Bara en gång?"), "csrfmiddlewaretoken": token}
    answers = [
        admin_client.post(f"{QUESTIONS}create/?locale=sv", data).json() for _again in range(2)
    ]
    assert answers[0]["result"] == answers[1]["result"]
    assert FaqEntry.objects.filter(question="Bara en gång?").count() == 1


def test_a_token_is_made_once_and_its_list_is_shown(admin_client: Client, admin_user: Any) -> None:
    url = "/admin/api-tokens/new/"
    data = {
        "name": "Bygge",
        "user": admin_user.pk,
        "csrfmiddlewaretoken": token_of(admin_client, url),
    }
    first, again = (admin_client.post(url, data) for _again in range(2))
    assert first.status_code == 200
    assert (again.status_code, again["Location"]) == (302, "/admin/api-tokens/")
    assert APIToken.objects.filter(name="Bygge").count() == 1


def test_the_chooser_of_tasks_makes_one(admin_client: Client) -> None:
    url = "/admin/workflows/task_chooser/create/?create_model=wagtailcore.GroupApprovalTask"
    token = token_of(admin_client, "/admin/workflows/add/")
    data = {"create-task-name": "Läs en gång till", "create-task-groups": [1]}
    answers = [
        admin_client.post(url, {**data, "csrfmiddlewaretoken": token}).json() for _again in range(2)
    ]
    assert answers[0]["step"] == "task_chosen"
    assert answers[0]["result"] == answers[1]["result"]
    assert Task.objects.filter(name="Läs en gång till").count() == 1


def test_another_file_of_the_same_name_and_size_is_another(admin_client: Client) -> None:
    url = "/admin/documents/add/"
    data = {**fields_of(admin_client, url), "title": "Blad"}
    for content in (b"aaaa", b"bbbb", b"bbbb"):
        data["file"] = SimpleUploadedFile("a.txt", content)
        assert admin_client.post(url, data).status_code == 302
    found = get_document_model().objects.filter(title="Blad")
    assert [document.file_size for document in found] == [4, 4]
    assert len({document.get_file_hash() for document in found}) == 2


def test_a_form_whose_object_was_deleted_makes_it_again(admin_client: Client) -> None:
    url = "/admin/collections/add/"
    data = {**fields_of(admin_client, url), "name": "Åäö", "parent": "1"}
    admin_client.post(url, data)
    Collection.objects.get(name="Åäö").delete()
    admin_client.post(url, data)
    assert Collection.objects.filter(name="Åäö").count() == 1


def test_the_original_of_a_copy_is_left_alone(admin_client: Client) -> None:
    """The form of a copy is sent to the add form; its own address would write over the original."""
    for language in ("sv", "en"):
        topic = FaqTopic.objects.filter(locale__language_code=language).first()
        assert topic is not None
        url = f"/admin/snippets/faq/faqtopic/copy/{topic.pk}/"
        data = {**fields_of(admin_client, url), "name": "Kopia", "slug": "kopia"}
        assert admin_client.post(url, data).status_code == 405
        assert FaqTopic.objects.get(pk=topic.pk).name == topic.name
        assert not topic.revisions.filter(content__name="Kopia").exists()
        added = [admin_client.post(f"/admin/snippets/faq/faqtopic/add/?locale={language}", data)]
        added += [admin_client.post(f"/admin/snippets/faq/faqtopic/add/?locale={language}", data)]
        assert [each.status_code for each in added] == [302, 302]
        assert FaqTopic.objects.filter(slug="kopia", locale=topic.locale).count() == 1
