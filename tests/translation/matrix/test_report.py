"""The report "Translations": texts and links of cells, and permissions."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation

from faq.models import FaqEntry
from tests.factories import ConcernFactory, ContentPageFactory
from tests.translation.matrix.conftest import SetState
from tests.translation.matrix.reading import (
    IPT,
    KBT,
    REPORT,
    ago,
    cell_of,
    links_of,
    log_in,
    titles,
)


@pytest.mark.parametrize(
    ("live", "state", "said"),
    [
        (True, {}, "Live and current Edit"),
        (False, {"segments_done": 3}, "In translation 3 of 10 segments Translate"),
        (False, {}, "Ready to publish Review and publish"),
        (
            True,
            {"segments_done": 8, "stale_since": ago(days=3), "stale_weight": "meaning"},
            "Live but behind The meaning changed 3\xa0days ago. 2 segments to translate Update",
        ),
        (
            True,
            {"segments_done": 9, "stale_since": ago(hours=2), "stale_weight": "wording"},
            "Live but behind The wording changed 2\xa0hours ago. 1 segment to translate Update",
        ),
        (
            True,
            {"stale_since": ago(hours=2), "stale_weight": "wording"},
            "Ready to publish The wording changed 2\xa0hours ago. "
            "Visitors see the earlier text until you publish. Review and publish",
        ),
    ],
)
def test_a_cell_says_status_change_and_next_step(
    english_admin: Client, set_state: SetState, live: bool, state: dict[str, Any], said: str
) -> None:
    set_state("ipt", live=live, **state)
    text = cell_of(english_admin, IPT, "English")
    assert text is not None
    assert text.partition(" –")[0] == said.replace("\xa0", " ")
    assert cell_of(english_admin, IPT, "Svenska") == "Original Published"


def test_a_source_that_is_unpublished_or_expired_while_its_translation_is_live(
    set_state: SetState, english_admin: Client
) -> None:
    english = set_state("ipt")
    swedish = Page.objects.filter(slug="ipt", locale__language_code="sv")
    editor, unpublish = log_in("admin"), reverse("wagtailadmin_pages:unpublish", args=[english.pk])
    for change in ({"live": False}, {"live": True, "expire_at": ago(minutes=1)}):
        swedish.update(**change)
        assert "Live, source unpublished" in (cell_of(english_admin, IPT, "English") or "")
        assert unpublish in links_of(editor, IPT).values()
        # Who may not publish is led to the translation.
        assert links_of(english_admin, IPT) == {
            "Edit": reverse("wagtailadmin_pages:edit", args=[english.pk])
        }


def test_an_expired_translation_is_not_live(set_state: SetState, english_admin: Client) -> None:
    english = set_state("ipt")
    Page.objects.filter(pk=english.pk).update(expire_at=ago(minutes=1))
    assert "Ready to publish" in (cell_of(english_admin, IPT, "English") or "")


def test_an_original_with_a_newer_draft_says_so(set_state: SetState, english_admin: Client) -> None:
    set_state("ipt")
    Page.objects.get(slug="ipt", locale__language_code="sv").specific.save_revision()
    said = cell_of(english_admin, IPT, "Svenska")
    assert said == "Original Published, with newer changes in a draft"


def test_a_page_in_one_language_is_not_started_in_the_other(
    english_admin: Client, en: Locale
) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Nyhet på svenska")
    assert "Not started" in (cell_of(english_admin, "Nyhet på svenska", "English") or "")
    submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert links_of(english_admin, "Nyhet på svenska") == {
        "Translate": f"{submit}?select_locale=en"
    }
    assert english_admin.get(f"{submit}?select_locale=en").status_code == 200


def test_a_snippet_in_one_language_is_not_started_in_the_other(english_admin: Client) -> None:
    concern = ConcernFactory(name="Höjdskräck")
    assert "Not started" in (cell_of(english_admin, "Höjdskräck", "English") or "")
    address = links_of(english_admin, "Höjdskräck")["Translate"]
    assert f"/concern/{concern.pk}/" in address
    assert english_admin.get(address).status_code == 200


def test_an_alias_in_another_language_is_not_started(
    all_current: None, english_admin: Client, en: Locale
) -> None:
    page = ContentPageFactory(parent=Page.objects.get(slug="hem"), title="Med alias")
    page.copy_for_translation(en, alias=True)
    assert "Not started" in (cell_of(english_admin, "Med alias", "English") or "")


def test_an_alias_in_the_same_language_has_no_row(english_admin: Client) -> None:
    home = Page.objects.get(slug="hem")
    page = ContentPageFactory(parent=home, title="Enda originalet")
    page.create_alias(parent=home, update_slug="ett-alias")
    assert titles(english_admin, q="Enda originalet") == ["Enda originalet"]


def test_a_translation_that_no_longer_follows_its_original_is_edited_directly(
    set_state: SetState, english_admin: Client
) -> None:
    english = set_state("ipt")
    Translation.objects.filter(
        source__object_id=english.translation_key, target_locale=english.locale
    ).update(enabled=False)
    text = cell_of(english_admin, IPT, "English") or ""
    assert text.startswith("Edited directly It was edited outside its translation.")


def test_the_original_can_be_in_any_language(all_current: None, english_admin: Client) -> None:
    title = "ACT – Acceptance and commitment therapy"
    assert cell_of(english_admin, title, "English") == "Original Published"
    assert (cell_of(english_admin, title, "Svenska") or "").startswith("Live and current")


def test_every_step_leads_somewhere(set_state: SetState) -> None:
    set_state("ipt", segments_done=1, stale_since=ago(days=1))
    set_state("kbt", live=False, segments_done=1)
    Page.objects.filter(slug="kontakt").update(live=False)
    FaqEntry.objects.filter(locale__language_code="en").first().delete()
    admin = log_in("admin")
    for title in (IPT, KBT, "Kontakt"):
        for address in links_of(admin, title).values():
            assert admin.get(address).status_code == 200, address


# --- Accessibility ------------------------------------------------------------------------


def test_the_table_has_a_caption_and_scoped_headings(
    all_current: None, english_admin: Client
) -> None:
    html = english_admin.get(f"{REPORT}results/", {"type": "pages.therapymethodpage"}).content
    table = BeautifulSoup(html, "html.parser").select_one("table.matrix")
    assert table.caption.get_text() == "Pages and shared content by language"
    assert len(table.select("thead th[scope=col]")) == 3
    assert len(table.select("tbody th[scope=row]")) == len(table.select("tbody tr")) > 5


# --- Menu, addresses, permissions ---------------------------------------------------------


@pytest.mark.parametrize(("username", "label"), [("editor", "Översättningar"), ("admin", None)])
def test_one_report_of_the_name_is_in_the_menu(username: str, label: str | None, db: None) -> None:
    html = log_in(username).get("/admin/").content.decode()
    assert REPORT in html
    assert reverse("wagtail_localize:translations_report") not in html
    if label:
        assert label in html


def test_the_address_of_the_other_report_leads_here(english_admin: Client) -> None:
    response = english_admin.get(reverse("wagtail_localize:translations_report"))
    assert (response.status_code, response["Location"]) == (302, REPORT)


@pytest.fixture
def group(db: None) -> Group:
    group = Group.objects.create(name="Prov")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    get_user_model().objects.create_user("prov", password=None).groups.add(group)
    return group


def test_who_may_edit_neither_pages_nor_snippets_sees_no_report(group: Group) -> None:
    client = log_in("prov")
    response = client.get(REPORT)
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert REPORT not in client.get("/admin/").content.decode()


def test_strangers_are_asked_to_log_in(client: Client, db: None) -> None:
    response = client.get(REPORT)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("wagtailadmin_login"))


def test_editors_see_the_pages_of_their_part_of_the_tree(all_current: None, group: Group) -> None:
    part = Page.objects.get(slug="therapy-methods")
    GroupPagePermission.objects.create(
        group=group, page=part, permission=Permission.objects.get(codename="change_page")
    )
    client = log_in("prov")
    shown = titles(client)
    assert IPT in shown
    assert "Kontakt" not in shown
    assert not any(title in shown for title in FaqEntry.objects.values_list("question", flat=True))
    # The Swedish page is not theirs to edit, so nothing leads there.
    assert {link.split("/edit/")[0] for link in links_of(client, IPT).values()} == {
        f"/admin/pages/{Page.objects.get(slug='ipt', locale__language_code='en').pk}"
    }


def test_a_permission_for_snippets_is_enough_for_them(all_current: None, group: Group) -> None:
    group.permissions.add(Permission.objects.get(codename="change_concern"))
    shown = titles(log_in("prov"))
    assert "Grief" in shown
    assert IPT not in shown
