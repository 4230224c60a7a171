"""`cms.upstream.locks`: an editor that is opened reads once what locks its page or snippet.

Wagtail asks in `wagtail.models.workflows`, by `current_workflow_state`, for each button and panel.
"""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pages.models import SelfTestCallToAction
from tests.review.desk import edit_url, method, put_in_review
from tests.translation.desk.reading import log_in


@pytest.fixture
def admin(db: None) -> Client:
    return log_in("admin")


def edited(kind: str) -> Any:
    if kind == "snippet":
        found = SelfTestCallToAction.objects.filter(locale__language_code="sv")
        return found.order_by("pk").first()
    return method("kbt" if kind == "page" else "ipt", "sv" if kind == "page" else "en")


@pytest.mark.parametrize("in_review", [False, True])
@pytest.mark.parametrize("kind", ["page", "translation", "snippet"])
def test_an_editor_that_is_opened_reads_its_workflow_once(
    admin: Client, kind: str, in_review: bool
) -> None:
    instance = edited(kind)
    if in_review:
        instance = put_in_review(instance)
    with CaptureQueriesContext(connection) as queries:
        answer = admin.get(edit_url(instance))
    assert answer.status_code == 200
    assert ("action-cancel-workflow" in answer.content.decode()) == in_review
    asked = [each for each in queries if each["sql"].count('FROM "wagtailcore_workflowstate"')]
    # Wagtail reads it with the page, whose draft is another instance; for a snippet it also reads
    # that of the stored row, and those of the pages that show it.
    most = 4 if kind == "snippet" else 2
    assert len(asked) <= most, "\n".join(each["sql"] for each in asked)
