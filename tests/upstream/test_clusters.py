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
