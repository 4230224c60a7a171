"""`cms.upstream.clusters` keeps pages with child objects as modelcluster and Wagtail do.

What upstream does is in `ClusterableModel.from_serializable_data`, which checks each foreign key,
and in `update_reference_index_task`, which runs after each child's save.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from pages.models import Concern, TherapyMethodConcern, TherapyMethodPage


@pytest.fixture
def method(site: Any) -> TherapyMethodPage:
    found: TherapyMethodPage = TherapyMethodPage.objects.get(slug="ipt", locale__language_code="sv")
    return found


def chosen(page: TherapyMethodPage) -> set[str]:
    return set(page.concern_links.values_list("concern__name", flat=True))


def referred(page: TherapyMethodPage) -> set[str]:
    """Return the names of the concerns that the reference index has for a page."""
    found = ReferenceIndex.get_references_for_object(page)
    keys = found.filter(model_path="concern_links.item.concern").values_list(
        "to_object_id", flat=True
    )
    return set(Concern.objects.filter(pk__in=list(keys)).values_list("name", flat=True))


def test_the_reference_index_has_the_children_that_a_publication_writes(
    method: TherapyMethodPage,
) -> None:
    first, *rest = method.concern_links.all()
    other = Concern.objects.exclude(name__in=chosen(method)).filter(locale=method.locale).first()
    other = other or Concern.objects.create(name="Något nytt", locale=method.locale)
    method.concern_links = [*rest, TherapyMethodConcern(concern=other, locale=method.locale)]
    method.save_revision().publish()
    assert other.name in chosen(method)
    assert first.concern.name not in chosen(method)
    assert referred(method) == chosen(method)


def test_a_child_that_is_saved_by_itself_is_indexed(method: TherapyMethodPage) -> None:
    other = Concern.objects.create(name="Något nytt", locale=method.locale)
    TherapyMethodConcern.objects.create(page=method, concern=other, locale=method.locale)
    assert referred(method) == chosen(method)


def test_a_publication_takes_few_queries_for_each_further_child(method: TherapyMethodPage) -> None:
    def queries() -> int:
        revision = TherapyMethodPage.objects.get(pk=method.pk).save_revision()
        with CaptureQueriesContext(connection) as found:
            revision.publish()
        return len(found)

    many, count = queries(), method.concern_links.count()
    method.concern_links.set(method.concern_links.all()[:1])
    method.save()
    assert method.concern_links.count() == 1
    # Its own update, and what it refers to.
    assert many - queries() < 3 * count


def test_a_revision_is_read_without_what_was_deleted_since(method: TherapyMethodPage) -> None:
    revision = method.save_revision()
    link = method.concern_links.first()
    deleted = link.concern
    Concern.objects.filter(pk=deleted.pk).delete()
    before = {name for name in chosen(method) if name != deleted.name}
    page = revision.as_object()
    assert {each.concern.name for each in page.concern_links.all()} == before
    if method.image_id:
        method.image.delete()
        assert revision.as_object().image_id is None


def test_reading_a_revision_takes_the_same_queries_however_many_children(
    method: TherapyMethodPage,
) -> None:
    revision = method.save_revision()
    with CaptureQueriesContext(connection) as many:
        revision.as_object()
    method.concern_links.set(method.concern_links.all()[:1])
    revision = method.save_revision()
    with CaptureQueriesContext(connection) as few:
        revision.as_object()
    assert len(many) <= len(few) <= 10


def test_a_draft_writes_no_index(method: TherapyMethodPage) -> None:
    method.title = "Ett nytt namn"
    with CaptureQueriesContext(connection) as found:
        method.save_revision()
    assert not touching(found, "referenceindex", "indexentry", "indexentries")
    fields = {"draft_title", "latest_revision", "latest_revision_created_at"}
    words = {each.field_name for each in TherapyMethodPage.get_searchable_search_fields()}
    assert not fields & words
    revision: Any = TherapyMethodPage._meta.get_field("latest_revision")
    assert revision.related_model.wagtail_reference_index_ignore


def test_a_publication_writes_each_index_once(method: TherapyMethodPage) -> None:
    """Also for a child that is new: upstream indexes the page before and after it."""
    other = Concern.objects.create(name="Något nytt", locale=method.locale)
    method.concern_links.add(TherapyMethodConcern(concern=other, locale=method.locale))
    revision = method.save_revision()
    with CaptureQueriesContext(connection) as found:
        revision.publish()
    read = [sql for sql in touching(found, "referenceindex") if sql.startswith("SELECT")]
    assert len(read) == 1
    assert other.name in referred(method)


def test_a_child_that_is_as_it_was_is_not_written(method: TherapyMethodPage) -> None:
    first, *rest = method.concern_links.all()
    assert rest
    first.sort_order = 99
    method.concern_links = [*rest, first]
    revision = method.save_revision()
    with CaptureQueriesContext(connection) as found:
        revision.publish()
    written = [
        sql for sql in touching(found, "therapymethodconcern") if not sql.startswith("SELECT")
    ]
    assert len(written) == 1
    assert TherapyMethodConcern.objects.get(pk=first.pk).sort_order == 99


def test_a_page_of_a_revision_knows_its_parent(method: TherapyMethodPage) -> None:
    parent = method.get_parent()
    page = method.save_revision().as_object()
    with CaptureQueriesContext(connection) as found:
        assert page.get_parent() == parent
    assert not found.captured_queries


def test_locks_are_read_once_for_a_page_and_its_revision(method: TherapyMethodPage) -> None:
    method.read_locks()
    page = method.save_revision().as_object()
    with CaptureQueriesContext(connection) as found:
        assert page.get_lock() is None
    assert not found.captured_queries
    assert not TherapyMethodPage.objects.get(pk=method.pk).save_revision().as_object().knows_locks


def test_children_are_copied_without_a_savepoint(method: TherapyMethodPage) -> None:
    copy = TherapyMethodPage(pk=method.pk, locale=method.locale)
    with CaptureQueriesContext(connection) as found:
        method.copy_child_relation("concern_links", copy)
    assert not touching(found, "SAVEPOINT")
    assert {each.concern for each in copy.concern_links.all()} == {
        each.concern for each in method.concern_links.all()
    }


def touching(found: CaptureQueriesContext, *names: str) -> list[str]:
    return [each["sql"] for each in found if any(name in each["sql"] for name in names)]
