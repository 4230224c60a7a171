"""Two concurrent requests about one text: a decision is made once and completely, or not at all."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from threading import Event
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from wagtail import hooks
from wagtail.log_actions import registry
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from cms.content.clinical_review import latest_draft
from cms.review.models import Approval
from cms.review.queries import count_waiting_for
from pages.models import SelfTestCallToAction
from tests.journal.parallel import Parallel, copy_of_the_database

from .desk import edit_url, form_of, method, submit

pytestmark = pytest.mark.django_db

# Longer than any request takes that has nothing to wait for.
PAUSE = 0.6


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Parallel]:
    with django_db_blocker.unblock(), copy_of_the_database("review") as parallel:
        yield parallel


def client_of(username: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username=username))
    return client


def invitation() -> SelfTestCallToAction:
    return SelfTestCallToAction.objects.filter(locale__language_code="sv").first()


def submitted(find: Callable[[], Any]) -> tuple[str, dict[str, str]]:
    """A changed text that is in review, and what its editor sends for a reviewer's approval."""
    content = find()
    if content.workflow_in_progress:
        content.current_workflow_state.cancel()
        content = find()
    field = "introduction" if isinstance(content, Page) else "text"
    submit(
        client_of("editor"),
        content,
        **{field: rich_text(f"<p>Nytt {Approval.objects.count()}.</p>")},
    )
    data = form_of(client_of("reviewer"), content)
    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return edit_url(content), {**data, **decision}


class Halfway:
    """Stops the first request to an editor between what it reads and what it writes."""

    def __init__(self) -> None:
        self.reached, self.go_on = Event(), Event()

    def __call__(self, request: Any, instance: Any) -> None:
        if request.method == "POST" and not self.reached.is_set():
            self.reached.set()
            self.go_on.wait(PAUSE)


def both(database: Parallel, first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """The answers to two requests of which the second comes while the first is halfway."""
    stop = Halfway()
    with (
        hooks.register_temporarily("before_edit_page", stop),
        hooks.register_temporarily("before_edit_snippet", stop),
    ):
        running = database.start(first)
        running.add_done_callback(lambda _future: stop.reached.set())
        assert stop.reached.wait(20)
        other: Future[Any] = database.start(second)
        other.add_done_callback(lambda _future: stop.go_on.set())
        return [running.result(60), other.result(60)]


def facts(find: Callable[[], Any]) -> dict[str, Any]:
    """Return what object, approvals, log and workflow record of a text."""
    content = find()
    log = registry.get_logs_for_instance(content)
    return {
        "live": content.live and content.content_digest() == latest_draft(content).content_digest(),
        "approved": Approval.objects.covering(content) is not None,
        "published": log.filter(action="wagtail.publish").count(),
        "decided": log.filter(action="wagtail.workflow.approve").count(),
        "waiting": content.workflow_in_progress,
        "waiting for the reviewer": count_waiting_for(
            get_user_model().objects.get(username="reviewer")
        ),
        "unpublished": content.has_unpublished_changes,
    }


def approve(url: str, data: dict[str, str]) -> Callable[[], Any]:
    return lambda: client_of("reviewer").post(url, data)


def autosave(url: str, data: dict[str, str]) -> Callable[[], Any]:
    return lambda: client_of("reviewer").post(url, data, headers={"accept": "application/json"})


ORDERS = {
    "form, autosave": (approve, autosave),
    "autosave, form": (autosave, approve),
    "double click": (approve, approve),
}


FULL = pytest.mark.full


@pytest.mark.parametrize(
    ("find", "order"),
    [
        (method, "form, autosave"),
        (invitation, "double click"),
        pytest.param(method, "double click", marks=FULL),
        pytest.param(method, "autosave, form", marks=FULL),
        pytest.param(invitation, "form, autosave", marks=FULL),
    ],
)
def test_an_approval_is_kept_whatever_else_is_sent(
    database: Parallel, find: Callable[[], Any], order: str
) -> None:
    url, data = database.run(lambda: submitted(find))
    before = database.run(lambda: facts(find))
    mail.outbox.clear()
    first, second = (send(url, data) for send in ORDERS[order])
    answers = both(database, first, second)
    assert {answer.status_code for answer in answers} <= {302, 400}
    assert database.run(lambda: facts(find)) == {
        "live": True,
        "approved": True,
        "published": before["published"] + 1,
        "decided": before["decided"] + 1,
        "waiting": False,
        "waiting for the reviewer": before["waiting for the reviewer"] - 1,
        "unpublished": False,
    }
    assert [message.to for message in mail.outbox] == [["editor@samtal.example"]]
