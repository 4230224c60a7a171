"""The report on links: what leads nowhere or to the wrong language, and where to mend it."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction
from wagtail.users.models import UserProfile

from cms.editing.links.finding import problem_links
from cms.editing.links.problems import Problem
from cms.editing.models import ContentLink
from faq.models import FaqEntry
from tests.factories import ContentPageFactory, FaqEntryFactory, SelfTestCallToActionFactory

REPORT = "/admin/reports/links/"
OTHER_LANGUAGE = (Problem.OTHER_LANGUAGE.value,)


@pytest.fixture
def home(db: None) -> Page:
    return Page.objects.get(slug="hem")


@pytest.fixture
def target(home: Page) -> Any:
    return ContentPageFactory(parent=home, title="Målet")


def linking_to(target: Any, home: Page, **fields: Any) -> Any:
    text = f'<p>Se <a linktype="page" id="{target.pk}">mer om målet</a>.</p>'
    body = [("section", {"heading": "Rubrik", "text": text})]
    return ContentPageFactory(**{"parent": home, "title": "Källan", "body": body, **fields})


def found(user: Any, source: Any) -> list[tuple[str, bool]]:
    """The problems of one object's links, each with whether it is in the draft."""
    return [
        (link.problem, link.is_draft)
        for link in problem_links(user)
        if link.source_id == source.pk and link.source_type.model_class() in (Page, type(source))
    ]


def delete(page: Any) -> None:
    page.delete()


def unpublish(page: Any) -> None:
    page.unpublish()


def expire(page: Any) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def restrict(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def leave_alone(page: Any) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (leave_alone, None),
        (delete, "gone"),
        (unpublish, "unpublished"),
        (expire, "unpublished"),
        (restrict, "private"),
    ],
)
def test_what_became_of_a_target_is_told(
    user: Any, home: Page, target: Any, change: Any, problem: str | None
) -> None:
    source = linking_to(target, home)
    change(target)
    assert found(user, source) == ([(problem, False)] if problem else [])


@pytest.mark.django_db
def test_the_seeded_site_has_nothing_to_mend(user: Any, editor: Client) -> None:
    assert {link.problem for link in problem_links(user)} <= set(OTHER_LANGUAGE)
    assert "Alla länkar leder rätt." in editor.get(REPORT).content.decode()


def test_a_page_in_the_other_language_is_told_apart_by_its_translation(
    user: Any, target: Any, en: Locale
) -> None:
    english = linking_to(target, Page.objects.get(slug="home", locale=en))
    assert found(user, english) == [("untranslated", False)]
    translation = target.copy_for_translation(en)
    assert found(user, english) == [("untranslated", False)]
    translation.save_revision().publish()
    assert found(user, english) == [("other_language", False)]


def test_a_snippet_without_translation_shows_nothing_in_the_other_language(
    user: Any, en: Locale
) -> None:
    entry = FaqEntryFactory()
    page = ContentPageFactory(
        parent=Page.objects.get(slug="home", locale=en),
        body=[("faq_list", {"heading": "FAQ", "entries": [entry]})],
    )
    assert found(user, page) == [("untranslated", False)]
    entry.unpublish()
    assert found(user, page) == [("unpublished", False)]
    entry.delete()
    assert found(user, page) == [("gone", False)]


def test_a_snippet_leads_somewhere_too(user: Any, target: Any) -> None:
    cta = SelfTestCallToActionFactory(target_url="", target_page=target)
    entry = FaqEntryFactory(answer=f'<p><a linktype="page" id="{target.pk}">Mer</a></p>')
    target.unpublish()
    assert found(user, cta) == found(user, entry) == [("unpublished", False)]


def test_images_and_documents_count(user: Any, home: Page) -> None:
    image = get_image_model().objects.first()
    page = ContentPageFactory(
        parent=home,
        body=[("image", {"image": image, "alt_text": "", "decorative": True, "caption": ""})],
    )
    assert found(user, page) == []
    hidden = Collection.get_first_root_node().add_child(name="Dold")
    CollectionViewRestriction.objects.create(collection=hidden, restriction_type="login")
    image.collection = hidden
    image.save()
    assert found(user, page) == [("private", False)]
    image.delete()
    assert found(user, page) == [("gone", False)]


# --- Drafts -------------------------------------------------------------------------------


def test_a_draft_counts_where_it_says_something_else(user: Any, home: Page, target: Any) -> None:
    source = ContentPageFactory(parent=home)
    target.unpublish()
    text = f'<p><a linktype="page" id="{target.pk}">dit</a></p>'
    source.body = [("section", {"heading": "Nytt", "text": text})]
    revision = source.save_revision()
    assert found(user, source) == [("unpublished", True)]
    revision.publish()
    assert found(user, source) == [("unpublished", False)]
    source.refresh_from_db()
    source.save_revision()
    assert found(user, source) == [("unpublished", False)], "the draft says the same"
    source.unpublish()
    assert found(user, source) == [("unpublished", True)]


def test_a_mended_page_leaves_the_report(user: Any, home: Page, target: Any) -> None:
    source = linking_to(target, home)
    target.delete()
    source.body = []
    source.save_revision().publish()
    assert found(user, source) == []
    pk = source.pk
    source.delete()
    assert not ContentLink.objects.filter(source_id=pk, source_type__model="page").exists()


def test_pages_below_a_deleted_one_leave_it_too(user: Any, home: Page, target: Any) -> None:
    parent = ContentPageFactory(parent=home)
    child = linking_to(target, parent)
    target.unpublish()
    assert found(user, child)
    Page.objects.get(pk=parent.pk).delete()
    assert not ContentLink.objects.filter(source_id=child.pk, source_type__model="page").exists()


@pytest.mark.django_db
def test_all_can_be_read_anew() -> None:
    def rows() -> set[Any]:
        return set(
            ContentLink.objects.values_list(
                "source_type", "source_id", "is_draft", "content_path", "target_id", "text"
            )
        )

    kept = rows()
    assert kept
    ContentLink.objects.all().delete()
    call_command("rebuild_links", verbosity=0)
    assert rows() == kept


# --- The report ---------------------------------------------------------------------------


@pytest.fixture
def broken(home: Page, target: Any) -> Any:
    source = linking_to(target, home)
    target.delete()
    return source


def rows_of(response: Any) -> list[Any]:
    return list(response.context["object_list"])


def test_a_row_says_where_and_what_and_leads_there(editor: Client, broken: Any) -> None:
    response = editor.get(REPORT)
    (row,) = rows_of(response)
    html = response.content.decode()
    assert row.place == "Innehåll → Avsnitt"
    assert row.text == "mer om målet"
    block = broken.body[0].id
    assert f"/admin/pages/{broken.pk}/edit/#:w:contentpath=body.{block}.text" in html
    for words in ("Källan", "Leder till något borttaget", "mer om målet", "borttagen"):
        assert words in html


def test_it_speaks_english_too(user: Any, editor: Client, broken: Any) -> None:
    UserProfile.objects.filter(user=user).update(preferred_language="en")
    html = editor.get(REPORT).content.decode()
    assert "Leads to something deleted" in html
    assert "Body → Section" in html


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"q": "källan"}, 1),
        ({"q": "om målet"}, 1),
        ({"q": "ingenting"}, 0),
        ({"problem": "gone"}, 1),
        ({"problem": ["private", "gone"]}, 1),
        ({"problem": "private"}, 0),
        ({"language": "sv"}, 1),
        ({"language": "en"}, 0),
        ({"content": "live"}, 1),
        ({"content": "draft"}, 0),
    ],
)
def test_it_is_searched_and_filtered(
    editor: Client, broken: Any, query: dict[str, Any], count: int
) -> None:
    response = editor.get(f"{REPORT}results/", query)
    assert len(rows_of(response)) == count


def test_a_target_is_found_by_its_name(editor: Client, home: Page, target: Any) -> None:
    linking_to(target, home)
    target.unpublish()
    assert len(rows_of(editor.get(REPORT, {"q": "målet"}))) == 1


@pytest.mark.django_db
def test_what_needs_no_mending_is_shown_to_those_who_ask(editor: Client) -> None:
    rows = rows_of(editor.get(REPORT, {"problem": "other_language"}))
    assert {row.problem for row in rows} == set(OTHER_LANGUAGE)


def test_it_is_exported(editor: Client, broken: Any) -> None:
    answer = b"".join(editor.get(REPORT, {"export": "csv"}).streaming_content).decode()
    (row,) = csv.DictReader(StringIO(answer))
    assert row["Sida eller text"] == "Källan"
    assert row["Språk"] == "Svenska"
    assert row["Problem"] == "Leder till något borttaget"
    assert row["Adress"].startswith(f"http://testserver/admin/pages/{broken.pk}/edit/")
    sheet = b"".join(editor.get(REPORT, {"export": "xlsx"}).streaming_content)
    cells = [[cell.value for cell in line] for line in load_workbook(BytesIO(sheet)).active]
    assert [line[0] for line in cells] == ["Sida eller text", "Källan"]


def test_only_what_one_may_edit_is_listed(broken: Any) -> None:
    reader = get_user_model().objects.create_user("praktikant")
    client = Client()
    client.force_login(reader)
    assert client.get(REPORT).status_code == 302
    assert not problem_links(reader).exists()
    reader.groups.add(Group.objects.get(name="Editors"))
    reader = get_user_model().objects.get(pk=reader.pk)
    assert found(reader, broken) == [("gone", False)]


def test_the_menu_and_the_home_page_lead_to_it(editor: Client, broken: Any) -> None:
    html = editor.get("/admin/").content.decode()
    assert "1 länk i publicerat innehåll leder till något borttaget" in html
    assert REPORT in html


@pytest.mark.django_db
def test_the_home_page_is_silent_where_all_is_well(editor: Client) -> None:
    assert "Länkar som inte leder någonstans" not in editor.get("/admin/").content.decode()


@pytest.fixture
def many(home: Page, en: Locale) -> Iterator[Any]:
    """Makes broken links of every kind, a number of each."""

    def make(number: int) -> None:
        for step in range(number):
            gone = ContentPageFactory(parent=home)
            hidden = ContentPageFactory(parent=home, title=f"Dold {step}", live=False)
            entry = FaqEntryFactory(topic=FaqEntry.objects.first().topic)
            linking_to(gone, home)
            linking_to(hidden, home).save_revision()
            SelfTestCallToActionFactory(target_url="", target_page=hidden)
            ContentPageFactory(
                parent=Page.objects.get(slug="home", locale=en),
                body=[("faq_list", {"heading": "FAQ", "entries": [entry]})],
            )
            gone.delete()

    return make


@pytest.mark.parametrize("address", [REPORT, "/admin/", f"{REPORT}?export=csv"])
def test_many_links_cost_no_more_queries(editor: Client, many: Any, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = editor.get(address)
            if response.streaming:
                list(response.streaming_content)
        assert response.status_code == 200
        return len(captured)

    many(1)
    queries()
    few = queries()
    many(8)
    assert queries() <= few
