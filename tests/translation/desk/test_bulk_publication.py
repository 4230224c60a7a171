"""Pages that are published together: what is ready goes live, and what is refused is named."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from cms.content.clinical_review import without_review
from tests.factories import ContentPageFactory

from .reading import Desk, log_in

pytestmark = pytest.mark.django_db

TEXTS = {"title": "All of it", "slug": "all-of-it", "introduction": "Is written."}


def swedish(title: str) -> Any:
    home = Page.objects.get(slug="hem", locale__language_code="sv")
    with without_review():
        page = ContentPageFactory(parent=home, title=title, slug=title.lower())
        page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def begun(title: str, en: Any) -> tuple[Translation, Page]:
    page = swedish(title)
    address = f"/admin/localize/submit/page/{page.pk}/"
    log_in("translator").post(address, {"locales": [str(en.pk)]})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    return translation, translation.get_target_instance()


def autosave(translation: Translation, path: str, text: str) -> None:
    desk = Desk(log_in("translator"), translation)
    key, form = desk.key(path), desk.form()
    data = {"desk": form["desk"], f"seen-{key}": form[f"seen-{key}"], f"text-{key}": text}
    address = f"/admin/translations/{translation.pk}/texts/{key}/"
    assert desk.client.post(address, data, HTTP_ACCEPT="application/json").status_code == 200


def publish(*pages: Page) -> str:
    """Publish pages in bulk; return what is told."""
    ids = "".join(f"&id={page.pk}" for page in pages)
    address = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/{ids}"
    answer = log_in("admin").post(address, follow=True)
    told = BeautifulSoup(answer.content, "html.parser").find(class_="messages")
    assert told is not None
    return " ".join(told.get_text(" ").split())


def break_draft(page: Any, **fields: str) -> None:
    page.save_revision()
    page.refresh_from_db()
    content = page.latest_revision.content | fields
    Revision.objects.filter(pk=page.latest_revision_id).update(content=content)


def test_what_an_autosave_has_made_ready_is_published(en: Any) -> None:
    translation, target = begun("Autosparad", en)
    for path, text in TEXTS.items():
        autosave(translation, path, text)
    assert "1 page has been published" in publish(target)
    target.refresh_from_db()
    assert (target.live, target.title, target.slug) == (True, "All of it", "all-of-it")


def test_what_is_not_ready_at_the_desk_is_refused(en: Any) -> None:
    translation, target = begun("Halvsparad", en)
    autosave(translation, "title", "Half of it")
    assert "not translated into English" in publish(target)
    target.refresh_from_db()
    assert not target.live


def test_another_publication_of_an_older_draft_says_where_the_texts_are(en: Any) -> None:
    translation, target = begun("Annorstädes", en)
    for path, text in TEXTS.items():
        autosave(translation, path, text)
    address = f"/admin/api/main/pages/{target.pk}/action/publish/"
    answer = log_in("admin").post(address, HTTP_ACCEPT="application/json")
    assert "The texts at the desk are newer than this draft" in answer.content.decode()


def test_each_refused_page_is_named_with_its_field() -> None:
    whole, first, second = swedish("Hel"), swedish("Trasig"), swedish("Sönder")
    break_draft(first, title="")
    break_draft(second, introduction="")
    told = publish(whole, first, second)
    assert "Trasig: Title: This field cannot be blank." in told
    assert "Sönder: Introduction: This field cannot be blank." in told


def test_two_pages_that_would_get_one_slug_are_refused_by_name() -> None:
    first, second = swedish("Enkel"), swedish("Dubbel")
    break_draft(first, slug="gemensam")
    break_draft(second, slug="gemensam")
    assert "Dubbel: Slug: The slug “gemensam” is already in use" in publish(first, second)
    taken = swedish("Upptagen")
    break_draft(first, slug=taken.slug)
    assert "Enkel: Slug: The slug 'upptagen' is already in use" in publish(first)
