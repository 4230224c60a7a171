"""A translation that begins while its source is deleted leaves nothing that cannot be opened."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db.models import Model
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.submit_translations import SubmitTranslationForm

from cms.content.clinical_review import without_review
from faq.models import FaqEntry, FaqTopic
from tests.factories import ContentPageFactory, FaqEntryFactory
from tests.translation.desk.reading import edit_url, log_in

pytestmark = pytest.mark.django_db


def page() -> Any:
    home = Page.objects.get(slug="hem", locale__language_code="sv")
    with without_review():
        made = ContentPageFactory(parent=home, title="Snart borta", slug="snart-borta")
        made.save_revision().publish()
    return made


def entry() -> Any:
    topic = FaqTopic.objects.filter(locale__language_code="sv").first()
    made = FaqEntryFactory(question="Snart borta?", topic=topic)
    made.save_revision().publish()
    return made


def address(source: Model) -> str:
    kind = "page" if isinstance(source, Page) else f"snippet/{source._meta.label_lower}"
    return f"/admin/localize/submit/{kind.replace('.', '/')}/{source.pk}/"


@pytest.mark.parametrize("make", [page, entry])
def test_who_begins_a_translation_is_told_that_its_source_is_gone(
    make: Any, en: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make()
    check = SubmitTranslationForm.is_valid

    def is_valid(form: Any) -> bool:
        found = check(form)
        type(source).objects.get(pk=source.pk).delete()
        return bool(found)

    monkeypatch.setattr(SubmitTranslationForm, "is_valid", is_valid)
    client = log_in("admin")
    answer = client.post(address(source), {"locales": [str(en.pk)]}, follow=True)
    assert answer.status_code == 200
    said = BeautifulSoup(answer.content, "html.parser").find(class_="messages")
    assert said is not None
    assert "was deleted meanwhile" in said.get_text()
    model = Page if make is page else FaqEntry
    assert not model.objects.filter(translation_key=source.translation_key).exists()
    assert not Translation.objects.filter(source__object_id=source.translation_key).exists()


@pytest.mark.parametrize("make", [page, entry])
def test_a_translation_whose_source_is_gone_opens_and_is_in_the_report(
    make: Any, en: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make()
    client = log_in("admin")
    client.post(address(source), {"locales": [str(en.pk)]})
    monkeypatch.setattr(
        "wagtail_localize.models.cleanup_translation_on_delete", lambda *args, **kwargs: None
    )
    type(source).objects.get(pk=source.pk).delete()
    left = type(source).objects.get(translation_key=source.translation_key)
    client.raise_request_exception = False
    report = client.get("/admin/reports/translations/?q=Snart")
    assert "Snart borta" in report.content.decode()
    assert client.get(edit_url(left)).status_code == 200
    assert not Translation.objects.filter(source__object_id=source.translation_key).exists()
    assert "Snart borta" in client.get("/admin/reports/translations/?q=Snart").content.decode()
