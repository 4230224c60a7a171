"""A locked, overloaded or unreachable database: 503 with an explanation, and no typed text lost."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import APIToken, Page
from wagtail.users.models import UserProfile

from cms.caching.answer_store import answers
from cms.core.outages import is_outage
from cms.settings import base
from tests.admin.test_editing import method_form
from tests.caching.conftest import forget
from tests.journal.parallel import Parallel, copy_of_the_database

HEADING = "Det här skrev jag medan någon annan skrev"
PASSING = ("försök igen", "Ladda om sidan")


@pytest.fixture(scope="module")
def parallel(django_db_setup: None, django_db_blocker: Any) -> Iterator[Parallel]:
    with django_db_blocker.unblock(), copy_of_the_database("busy") as parallel:
        parallel.settings["OPTIONS"] = (
            {"timeout": 0.1, "transaction_mode": "IMMEDIATE"}
            if connection.vendor == "sqlite"
            else {"options": "-c lock_timeout=100"}
        )
        yield parallel


@contextmanager
def somebody_writing(parallel: Parallel) -> Iterator[None]:
    """Run another process that holds a write transaction."""
    begun, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(
                        "LOCK wagtailcore_page, wagtailcore_revision, django_session, auth_user"
                        " IN EXCLUSIVE MODE"
                    )
            Page.objects.filter(slug="kontakt").update(search_description="Under arbete")
            begun.set()
            may_end.wait(30)
            transaction.set_rollback(True)

    writing = parallel.start(write)
    assert begun.wait(30)
    try:
        yield
    finally:
        may_end.set()
        writing.result(30)


def at_work(username: str, language: str) -> Client:
    user = get_user_model().objects.get(username=username)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    return client


def page_form(page: Page) -> tuple[str, dict[str, str]]:
    return f"/admin/pages/{page.pk}/edit/", {**method_form(), "heading": HEADING, "slug": page.slug}


def test_an_editor_is_asked_to_send_it_again(parallel: Parallel) -> None:
    def work() -> None:
        page = Page.objects.get(slug="ipt", locale__language_code="sv")
        address, form = page_form(page)
        for language, words in (("sv", "Ladda om sidan"), ("en", "Reload this page")):
            client = at_work("editor", language)
            with somebody_writing(parallel):
                response = client.post(address, form)
            assert response.status_code == 503
            assert int(response["Retry-After"]) > 0
            assert response["Cache-Control"] == "no-store"
            assert f'lang="{language}"' in response.content.decode()
            assert words in response.content.decode()
            assert page.revisions.count() == 1
        # What a browser does when the page is loaded again.
        assert client.post(address, form).status_code == 302
        assert page.revisions.latest("pk").content["heading"] == HEADING

    parallel.run(work)


def test_scripts_of_the_admin_and_programs_get_json(parallel: Parallel) -> None:
    def work() -> None:
        page = Page.objects.get(slug="ipt", locale__language_code="sv")
        address, form = page_form(page)
        autosave = {name: form[name] for name in form if not name.startswith("action-")}
        admin = at_work("admin", "en")
        token = APIToken.create_token(user=get_user_model().objects.get(username="admin"), name="x")
        program = Client(headers={"authorization": f"Bearer {token[1]}"})
        with somebody_writing(parallel):
            saved = admin.post(address, autosave, headers={"accept": "application/json"})
            sent = program.patch(
                f"/api/v3-preview/pages/{page.pk}/", {"title": "x"}, "application/json"
            )
        assert saved.status_code == sent.status_code == 503
        answer = saved.json()
        assert (answer["success"], answer["error_code"]) == (False, "locked")
        assert "Save it again" in answer["error_message"]
        assert sent["Content-Type"] == "application/problem+json"
        assert sent.json()["status"] == 503
        assert sent["Retry-After"]

    parallel.run(work)


def test_who_logs_in_is_told_in_the_language_of_the_browser(parallel: Parallel) -> None:
    def work() -> None:
        with somebody_writing(parallel):
            response = Client().post(
                "/admin/login/",
                {"username": "editor", "password": "samtal-demo"},
                headers={"accept-language": "sv"},
            )
        assert response.status_code == 503
        assert "Försök igen" in response.content.decode()

    parallel.run(work)


def test_readers_get_their_pages_meanwhile(parallel: Parallel, settings: Settings) -> None:
    settings.MIDDLEWARE = base.MIDDLEWARE

    def work() -> None:
        forget()
        reader = Client()
        first = reader.get("/kontakt/")
        with somebody_writing(parallel):
            again, new = reader.get("/kontakt/"), reader.get("/en/faq/")
        assert (again.status_code, new.status_code) == (200, 200)
        assert again.content == first.content
        answers.memory.clear()

    parallel.run(work)
    forget()


def test_a_visitor_is_told_in_the_language_of_the_page(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a database, in a view and in the middleware around it."""
    client.raise_request_exception = False
    monkeypatch.setattr(PostgreSQL, "vendor", connection.vendor)
    for path, words in (("/kontakt/", "Försök igen"), ("/en/contact/", "Try again")):
        with connection.execute_wrapper(as_from(no_server)):
            response = client.get(path)
        assert response.status_code == 503, path
        assert response["Retry-After"]
        assert words in response.content.decode()
        assert "112" in response.content.decode()
    with connection.execute_wrapper(as_from(no_server)):
        problem = client.get("/api/delivery/v1/locales/")
    assert problem.status_code == 503
    assert problem["Content-Type"] == "application/problem+json"
    assert problem["Retry-After"]


def as_from(failing: Callable[[], None]) -> Callable[..., Any]:
    def execute(*args: Any) -> None:
        failing()

    return execute


def ask(wrapper: Any, settings: dict[str, Any], query: str) -> None:
    """Read from another database with the settings of this one and given changes."""
    other = wrapper({**connections["default"].settings_dict, **settings}, "other")
    try:
        other.inc_thread_sharing()
        with other.cursor() as cursor:
            cursor.execute(query)
    finally:
        other.close()
        if other.settings_dict["OPTIONS"].get("pool"):
            other.close_pool()


NOWHERE = {"HOST": "127.0.0.1", "PORT": "1", "USER": "x", "PASSWORD": "", "NAME": "x"}


def no_server() -> None:
    ask(PostgreSQL, {**NOWHERE, "OPTIONS": {}}, "SELECT 1")


def no_free_connection() -> None:
    pool = {"min_size": 0, "max_size": 1, "timeout": 0.05}
    ask(PostgreSQL, {**NOWHERE, "OPTIONS": {"pool": pool}}, "SELECT 1")


def no_folder() -> None:
    ask(SQLite, {"NAME": "/nowhere/at/all.sqlite3", "OPTIONS": {}}, "SELECT 1")


def no_table() -> None:
    ask(SQLite, {"NAME": ":memory:", "OPTIONS": {}}, "SELECT * FROM nothing")


@pytest.mark.parametrize(
    ("failing", "passes"),
    [(no_server, True), (no_free_connection, True), (no_folder, True), (no_table, False)],
)
def test_only_what_passes_asks_for_patience(failing: Callable[[], None], passes: bool) -> None:
    with pytest.raises(DatabaseError) as caught:
        failing()
    assert is_outage(caught.value) is passes
    # In a transaction that was broken by it, or in whatever was done about it.
    later = transaction.TransactionManagementError()
    later.__context__ = caught.value
    assert is_outage(later) is passes


def test_a_fault_of_the_code_is_one() -> None:
    assert not is_outage(ValueError())
    assert not is_outage(DatabaseError())
    locked = OperationalError("database is locked")
    locked.__cause__ = sqlite3.OperationalError()
    assert not is_outage(locked)
