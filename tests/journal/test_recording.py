"""Tests that each public change writes a row, and that drafts write none."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.journal.models import ContentChange, JournalCounter
from pages.models import Concern
from tests.factories import ConcernFactory, FaqTopicFactory
from tests.journal.conftest import Journal, MakePage


def publish(instance: Any, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(instance, name, value)
    instance.save_revision().publish()
    instance.refresh_from_db()


# --- Pages -----------------------------------------------------------------------------------


def test_publishing_makes_one_row(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    journal.restart()
    publish(page, heading="Ny")
    assert journal.rows() == [("published", "page", "/sida/")]


def test_a_copy_is_told_of_when_it_is_published(home: Page, journal: Journal) -> None:
    page = home.get_children().first().specific
    copy = page.copy(update_attrs={"slug": "kopia", "title": "Kopia"}, keep_live=False)
    assert journal.rows() == []
    copy.get_latest_revision().publish()
    assert journal.rows() == [("published", "page", "/kopia/")]


def test_drafts_make_no_rows(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    journal.restart()
    page.heading = "Utkast"
    page.save_revision()
    page.save_revision(overwrite_revision=page.get_latest_revision(), user=None)
    page.locked = True
    page.save(update_fields=["locked"])
    assert journal.rows() == []


def test_the_editors_form(admin_client: Client, make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    journal.restart()

    def send(heading: str, **button: str) -> None:
        text = rich_text("<p>En ingress.</p>")
        fields = {"title": "Sida", "slug": "sida", "heading": heading, "introduction": text}
        data = {**fields, "body": streamfield([]), "comments": inline_formset([]), **button}
        response = admin_client.post(f"/admin/pages/{page.pk}/edit/", nested_form_data(data))
        assert response.status_code == 302

    send("Utkast")
    assert page.revisions.count() == 1
    assert journal.rows() == []
    send("Klart", **{"action-publish": "1"})
    assert journal.rows() == [("published", "page", "/sida/")]


def test_unpublishing_keeps_the_old_path(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    journal.restart()
    page.unpublish()
    assert journal.rows() == [("unpublished", "page", "/sida/")]


def test_a_new_slug_is_a_move_from_the_old_path(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    make_page("under", page)
    journal.restart()
    publish(page, slug="annan")
    assert journal.rows() == [("moved", "page", "/sida/")]


def test_moving_a_page_with_all_below_it(make_page: MakePage, journal: Journal) -> None:
    page, target = make_page("sida"), make_page("mal")
    make_page("under", page)
    journal.restart()
    page.move(target, pos="last-child")
    assert journal.rows()[0] == ("moved", "page", "/sida/")


def test_a_redirect_that_a_move_leaves_behind_has_its_own_row(
    make_page: MakePage, journal: Journal, django_capture_on_commit_callbacks: Any
) -> None:
    page, target = make_page("sida"), make_page("mal")
    journal.restart()
    page.move(target, pos="last-child")
    assert journal.rows()[1:] == [("changed", "redirect", "/sida")]
    page.refresh_from_db()
    journal.restart()
    with django_capture_on_commit_callbacks(execute=True):
        publish(page, slug="annan")
    assert journal.rows() == [
        ("moved", "page", "/mal/sida/"),
        ("changed", "redirect", "/mal/sida"),
    ]


def test_reordering_in_the_menu(
    admin_client: Client, make_page: MakePage, journal: Journal
) -> None:
    make_page("a")
    page = make_page("b")
    journal.restart()
    admin_client.post(f"/admin/pages/{page.pk}/set_position/?position=0")
    assert page.get_parent().get_first_child().pk == page.pk
    assert journal.rows() == [("reordered", "page", "/b/")]


def test_a_move_that_fails_leaves_no_trace(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    below = make_page("under", page)
    journal.restart()
    with pytest.raises(Exception, match="descendant"):
        page.move(below, pos="last-child")
    publish(Page.objects.get(pk=page.pk).specific, heading="Ny")
    assert journal.rows() == [("published", "page", "/sida/")]


def test_deleting_a_branch_makes_one_row(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    make_page("under", page)
    make_page("mer", page)
    journal.restart()
    Page.objects.get(pk=page.pk).delete()
    assert journal.rows() == [("deleted", "page", "/sida/")]


def test_an_alias_follows_its_source(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    page.create_alias(update_slug="spegel")
    assert ("published", "page", "/spegel/") in journal.rows()
    journal.restart()
    publish(page, heading="Ny")
    assert journal.rows() == [("published", "page", "/sida/"), ("published", "page", "/spegel/")]
    journal.restart()
    page.unpublish()
    assert journal.rows() == [
        ("unpublished", "page", "/sida/"),
        ("unpublished", "page", "/spegel/"),
    ]


def test_a_publish_that_is_rolled_back_leaves_nothing(
    make_page: MakePage, journal: Journal
) -> None:
    page = make_page("sida")
    journal.restart()
    with transaction.atomic():
        publish(page, heading="Ny")
        assert journal.rows() == [("published", "page", "/sida/")]
        transaction.set_rollback(True)
    assert journal.rows() == []
    publish(Page.objects.get(pk=page.pk).specific, heading="Senare")
    assert ContentChange.objects.latest("version").version == journal.start + 1


# --- The clock -------------------------------------------------------------------------------


def test_scheduled_publishing(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida", live=False)
    journal.restart()
    publish(page, go_live_at=timezone.now() + timedelta(hours=1))
    call_command("publish_scheduled", verbosity=0)
    assert journal.rows() == []
    revisions = page.revisions.filter(approved_go_live_at__isnull=False)
    assert revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1)) == 1
    revision = page.revisions.get()
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert journal.rows() == [("published", "page", "/sida/")]


def test_expiry_is_told_with_the_old_path(make_page: MakePage, journal: Journal) -> None:
    page = make_page("sida")
    now = timezone.now()
    Page.objects.filter(pk=page.pk).update(
        last_published_at=now - timedelta(days=1), expire_at=now - timedelta(minutes=1)
    )
    journal.restart()
    call_command("publish_scheduled", verbosity=0)
    assert journal.rows() == [("unpublished", "page", "/sida/")]
    assert [(item["action"], item["path"]) for item in journal.feed()] == [
        ("unpublished", "/sida/")
    ]


# --- Snippets --------------------------------------------------------------------------------


def test_snippets(journal: Journal, site: Site) -> None:
    concern = ConcernFactory(live=False)
    concern.save_revision()
    assert journal.rows() == []
    publish(concern)
    concern.name = "Utkast"
    concern.save_revision()
    concern.unpublish()
    publish(concern)
    concern.delete()
    assert [action for action, _kind, _path in journal.rows()] == [
        "published",
        "unpublished",
        "published",
        "deleted",
    ]


def test_deleting_a_draft_snippet_makes_no_row(journal: Journal, site: Site) -> None:
    topic = FaqTopicFactory(live=False)
    topic.delete()
    assert journal.rows() == []


def test_a_deletion_goes_by_what_is_stored(journal: Journal, site: Site) -> None:
    topic = FaqTopicFactory(live=False)
    loaded_before = type(topic).objects.get(pk=topic.pk)
    topic.save_revision().publish()
    journal.restart()
    loaded_before.delete()
    assert [row[:2] for row in journal.rows()] == [("deleted", "snippet")]


def test_a_translation_that_is_taken_offline_by_a_save(journal: Journal, site: Site) -> None:
    """wagtail-localize saves a live target as a draft without sending Wagtail's signal."""
    concern = Concern.objects.filter(live=True).first()
    concern.live = False
    concern.save()
    snippets = [row for row in journal.rows() if row[1] == "snippet"]
    assert snippets == [("unpublished", "snippet", "")]
    # Those that showed it tell of no review any more.
    others = {row[:2] for row in journal.rows()} - {("unpublished", "snippet")}
    assert others == {("published", "page")}


# --- Everything else -------------------------------------------------------------------------


def test_redirects(journal: Journal, site: Site) -> None:
    redirect = Redirect.objects.create(old_path="/gammal", redirect_link="https://x.example/")
    redirect.old_path = "/nygammal"
    redirect.save()
    redirect.delete()
    assert journal.rows() == [
        ("changed", "redirect", "/gammal"),
        ("deleted", "redirect", "/gammal"),
        ("changed", "redirect", "/nygammal"),
        ("deleted", "redirect", "/nygammal"),
    ]


def test_sites_and_locales(journal: Journal, site: Site) -> None:
    site.site_name = "Nytt namn"
    site.save()
    finnish = Locale.objects.create(language_code="fi")
    finnish.delete()
    assert journal.rows() == [
        ("changed", "site", ""),
        ("changed", "locale", ""),
        ("deleted", "locale", ""),
    ]


def test_seeding_again_makes_no_row(journal: Journal) -> None:
    call_command("seed", verbosity=0)
    assert journal.rows() == []


def test_indexing_makes_no_row(journal: Journal, site: Site) -> None:
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
    assert journal.rows() == []


def test_an_emptied_database_counts_from_one(journal: Journal, site: Site) -> None:
    ContentChange.objects.all().delete()
    JournalCounter.objects.all().delete()
    site.save()
    assert list(ContentChange.objects.values_list("version", flat=True)) == [1]
