"""The stage of the world: an almost empty site in two languages, its people and its clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, get_page_models
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation, TranslationSource

from cms.settings import base
from cms.translation.models import LiveTexts, TranslationState
from faq.models import FaqEntry, FaqPage, FaqTopic
from pages.models import (
    Concern,
    HomePage,
    SelfTestCallToAction,
    SiteFurniture,
    TherapyMethodConcern,
    TherapyMethodIndexPage,
)
from tests.caching.conftest import forget

# A second reviewer, and an editor who may not publish.
MORE_PEOPLE = {"author": "Editors", "reviewer-2": "Clinical reviewers"}
# The pages that others are below.
KEPT = (HomePage, FaqPage, TherapyMethodIndexPage)
PEOPLE = ("admin", "editor", "author", "translator", "translator-sv", "reviewer")


class Clock:
    """The time of the world; each look at it is a millisecond later."""

    def __init__(self) -> None:
        # A full hour, so that a script meets the same minutes whenever it is run.
        now = datetime.now(tz=timezone.get_default_timezone())
        self.start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        self.seconds = 0.0

    def now(self) -> datetime:
        self.seconds += 0.001
        return self.start + timedelta(seconds=self.seconds)


def clear_site() -> None:
    """Leave the home pages, those of questions and methods, and a topic.

    Everything else goes in few statements that nobody hears of. What still refers to it is never
    checked: the world ends with a rollback.
    """
    first = FaqTopic.objects.filter(locale__language_code="sv").order_by("pk").first()
    assert first is not None
    pages = Page.objects.filter(depth=1) | Page.objects.type(*KEPT)
    kept = {*pages.values_list("pk", flat=True)}
    keys = {*pages.values_list("translation_key", flat=True), first.translation_key}
    for model in get_page_models():
        _drop(model._base_manager.exclude(pk__in=kept))
    _drop(Page.objects.exclude(pk__in=kept))
    for snippet in (FaqEntry, SelfTestCallToAction, Concern, FaqTopic, SiteFurniture):
        _drop(snippet._default_manager.exclude(translation_key__in=keys))
    sources = TranslationSource.objects.exclude(object_id__in=keys)
    translations = Translation.objects.filter(source__in=sources)
    _drop(TranslationState.objects.filter(translation__in=translations))
    _drop(LiveTexts.objects.filter(translation__in=translations))
    _drop(Translation.objects.filter(source__in=sources))
    for each in (sources, ReferenceIndex.objects.all(), TherapyMethodConcern.objects.all()):
        _drop(each)
    HomePage.objects.update(body="[]", button_label="", button_page=None, numchild=2)
    TherapyMethodIndexPage.objects.update(numchild=0)


def _drop(rows: QuerySet[Any]) -> None:
    """Delete rows of one table without what follows from it."""
    rows.model._base_manager.filter(pk__in=[*rows.values_list("pk", flat=True)])._raw_delete(
        rows.db
    )


def add_people() -> None:
    users = get_user_model()._default_manager
    for name, group in MORE_PEOPLE.items():
        user = users.create_user(name, f"{name}@samtal.example", "x", first_name=name)
        user.groups.set(Group.objects.filter(name=group))
    for user in users.all():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})


def log_in(name: str) -> Client:
    client = Client()
    client.force_login(get_user_model()._default_manager.get(username=name))
    return client


@contextmanager
def on_stage() -> Iterator[Clock]:
    """Switch the caches on, empty, and let the clock of the world tell the time."""
    clock = Clock()
    with (
        override_settings(MIDDLEWARE=base.MIDDLEWARE),
        mock.patch.object(timezone, "now", clock.now),
    ):
        forget()
        yield clock
    forget()
