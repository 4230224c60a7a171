"""Problems of links: targets that are missing, hidden, or in another language."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from cms.editing.links.problems import LinkProblem
from cms.editing.links.queries import problem_links
from cms.editing.models import ContentLink
from tests.editing.linking import REPORT, found, linking_to
from tests.factories import ContentPageFactory, FaqEntryFactory, SelfTestCallToActionFactory

OTHER_LANGUAGE = (LinkProblem.OTHER_LANGUAGE.value,)


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
    translation.title, translation.introduction = "English", "<p>English.</p>"
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
