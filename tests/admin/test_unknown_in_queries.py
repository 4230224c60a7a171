"""The query of an admin address that names something unknown is answered 404."""

import pytest
from django.test import Client
from wagtail.models import Workflow

from cms.content.models import BaseSnippet, snippet_models

TASKS = "/admin/workflows/task_chooser/"
UNKNOWN = [
    *(
        f"{TASKS}{view}?create_model={model}"
        for view in ("", "create/")
        for model in ("x", "a.b", "a.b.c", "wagtailcore.Site", "wagtailcore.x", "")
    ),
    *(
        f"/admin/choose-{kind}-link/?parent_page_id={page}"
        for kind in ("external", "email", "phone", "anchor")
        for page in ("x", "-1")
    ),
    *(
        f"/admin/choose-page/{view}?page_type={model}"
        for view in ("", "search/")
        for model in ("x", "a.b", "a.b.c", "wagtailcore.Site")
    ),
    *(f"/admin/pages/search/?content_type={model}" for model in ("x", "a.b", "a.b.c")),
    "/admin/workflows/tasks/add/a/b/",
    "/admin/workflows/tasks/add/wagtailcore/site/",
    "/admin/bulk/a/b/delete/",
    "/admin/tag-autocomplete/a/b/?term=x",
]


@pytest.mark.parametrize("url", UNKNOWN)
def test_an_unknown_type_or_page_is_not_found(admin_client: Client, url: str) -> None:
    assert admin_client.get(url).status_code == 404


@pytest.mark.parametrize("number", ["x", "0", "999"])
def test_a_workflow_has_no_such_page_of_its_pages(admin_client: Client, number: str) -> None:
    key = Workflow.objects.values_list("pk", flat=True)[0]
    assert admin_client.get(f"/admin/workflows/edit/{key}/?p={number}").status_code == 404


def test_what_the_admins_own_pages_ask_for_is_found(admin_client: Client) -> None:
    for url in (
        f"{TASKS}?create_model=wagtailcore.GroupApprovalTask",
        f"{TASKS}create/?create_model=wagtailcore.GroupApprovalTask",
        "/admin/choose-external-link/?parent_page_id=1",
        "/admin/choose-email-link/?parent_page_id=",
        f"/admin/workflows/edit/{Workflow.objects.values_list('pk', flat=True)[0]}/?p=1",
    ):
        assert admin_client.get(url).status_code == 200


@pytest.mark.sampled
@pytest.mark.parametrize("model", snippet_models())
def test_a_search_can_be_sorted_by_each_column_and_by_none(
    admin_client: Client, model: type[BaseSnippet]
) -> None:
    address = f"/admin/snippets/{model._meta.app_label}/{model._meta.model_name}/"
    url = f"{address}?locale=sv&q=a"
    first = admin_client.get(url).context
    found = {each.pk for each in first["object_list"]}
    for ordering in ("x", "", *first["view"].get_valid_orderings()):
        answer = admin_client.get(f"{url}&ordering={ordering}")
        assert {each.pk for each in answer.context["object_list"]} == found
