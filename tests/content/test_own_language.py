"""A question has a topic of its own language, whichever way it is published."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import rich_text
from wagtail.users.models import UserProfile

from faq.models import FaqEntry, FaqTopic
from tests.translation.desk.reading import log_in

TOLD = {
    "en": "“{topic}” is in English. Choose one in Swedish.",
    "sv": "”{topic}” är på engelska. Välj en på svenska.",
}


@pytest.fixture
def entry(db: None) -> FaqEntry:
    """A Swedish question that is not live."""
    topic = FaqTopic.objects.filter(locale__language_code="sv").first()
    assert topic is not None
    made = FaqEntry(
        locale=topic.locale, topic=topic, question="Hur?", answer="<p>Så.</p>", live=False
    )
    made.save()
    made.save_revision()
    return made


@pytest.fixture
def english(db: None) -> FaqTopic:
    found = FaqTopic.objects.filter(locale__language_code="en").first()
    assert found is not None
    return found


def form(topic: FaqTopic, **more: str) -> dict[str, Any]:
    answer = rich_text("<p>Så.</p>")
    return {"question": "Hur?", "answer": answer, "topic": topic.pk, "position": 0, **more}


def draft_with(entry: FaqEntry, topic: FaqTopic, **times: Any) -> Any:
    entry.topic = topic
    return entry.save_revision(**times)


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("action", [{}, {"action-publish": "action-publish"}])
@pytest.mark.parametrize("view", ["add", "edit"])
def test_the_form_says_so_in_the_language_of_its_user(
    entry: FaqEntry, english: FaqTopic, view: str, action: dict[str, str], language: str
) -> None:
    client = log_in("admin")
    UserProfile.objects.filter(user__username="admin").update(preferred_language=language)
    name = FaqEntry.snippet_viewset.get_url_name(view)  # type: ignore[attr-defined]  # by Wagtail
    url = reverse(name, args=[entry.pk] if view == "edit" else [])
    response = client.post(f"{url}?locale=sv", form(english, **action))
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert list(errors) == ["topic"]
    assert errors["topic"] == [TOLD[language].format(topic=english.name)]
    assert not FaqEntry.objects.filter(topic=english, locale=entry.locale).exists()


def test_a_topic_of_the_same_language_is_taken(entry: FaqEntry) -> None:
    name = FaqEntry.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]  # by Wagtail
    data = form(entry.topic, **{"action-publish": "action-publish"})
    client: Client = log_in("admin")
    assert client.post(reverse(name, args=[entry.pk]), data).status_code == 302
    entry.refresh_from_db()
    assert entry.live


def test_a_draft_from_elsewhere_is_not_published(entry: FaqEntry, english: FaqTopic) -> None:
    revision = draft_with(entry, english)
    with pytest.raises(ValidationError, match=english.name):
        revision.publish()
    entry.refresh_from_db()
    assert not entry.live


def test_nor_by_its_schedule(
    entry: FaqEntry, english: FaqTopic, capsys: pytest.CaptureFixture[str]
) -> None:
    past = timezone.now() - timedelta(minutes=1)
    draft_with(entry, english, approved_go_live_at=past)
    call_command("publish_scheduled", verbosity=0)
    assert english.name in capsys.readouterr().err
    entry.refresh_from_db()
    assert (entry.live, entry.scheduled_revision) == (False, None)


def test_what_is_live_so_already_can_be_corrected(entry: FaqEntry, english: FaqTopic) -> None:
    FaqEntry.objects.filter(pk=entry.pk).update(topic=english, live=True)
    found = FaqEntry.objects.get(pk=entry.pk)
    found.question = "Hur då?"
    found.save_revision().publish()
    assert FaqEntry.objects.get(pk=entry.pk).question == "Hur då?"


def test_a_translation_keeps_its_own_topic(entry: FaqEntry) -> None:
    live = FaqEntry.objects.filter(locale__language_code="sv", live=True).first()
    assert live is not None
    target = live.get_translation(Locale.objects.get(language_code="en"))
    target.save_revision().publish()
    assert FaqEntry.objects.get(pk=target.pk).topic.locale_id == target.locale_id
