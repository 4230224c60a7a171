"""The gate decides at each save, by what the save writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.content.clinical_review import ReviewRequired, without_review
from tests.factories import TherapyMethodPageFactory

from .desk import method
from .test_gate import NEW, change, content, live_text, text_field

__all__ = ["content"]

pytestmark = pytest.mark.django_db


def test_saving_past_the_revisions_is_refused(content: Any) -> None:
    with pytest.raises(ReviewRequired):
        change(content).save()
    with pytest.raises(ReviewRequired):
        change(content).save(update_fields=[text_field(content)])
    # What is not written is not asked for.
    change(content).save(update_fields=["expire_at"])
    content.save(update_fields=["reviewed_on"])
    assert NEW not in live_text(content)
    content.unpublish()
    content.live = True
    with pytest.raises(ReviewRequired):
        content.save(update_fields=["live"])


def test_a_base_page_is_no_way_around() -> None:
    with without_review():
        page = TherapyMethodPageFactory(
            parent=Page.objects.get(slug="terapimetoder"), slug="ny", live=False
        )
    base = Page.objects.get(pk=page.pk)
    base.live = True
    with pytest.raises(ReviewRequired):
        base.save()
    base = Page.objects.get(pk=method().pk)
    base.title = "Ett nytt namn"
    with pytest.raises(ReviewRequired):
        base.save()


def test_a_page_of_wagtails_own_type_needs_no_review() -> None:
    page = Page.objects.get(slug="hem").add_child(instance=Page(title="Tom", slug="tom"))
    page.save()
    page.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))


def test_a_save_reads_the_approvals_of_an_object_once(content: Any) -> None:
    with without_review():
        change(content).save_revision().publish()
    content.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        content.save()
    asked = [each["sql"] for each in queries if 'FROM "review_approval"' in each["sql"]]
    assert asked
    assert len(asked) == len(set(asked))
