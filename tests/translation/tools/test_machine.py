"""Machine translation: off by default, marked, barred where words must be a person's."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from wagtail_localize.machine_translators.dummy import DummyTranslator
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import TranslationCreator

from cms.translation.engine import targets
from cms.translation.engine.segments import SegmentProblem, segment_rows
from cms.translation.machine.translating import machine_translate, may_translate
from tests.factories import SelfTestCallToActionFactory
from tests.translation.desk.reading import Desk, log_in
from tests.translation.tools.conftest import give, segment_of

DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def machine(settings: Any) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY


def test_it_is_off_by_default(translation: Translation, translator_user: Any) -> None:
    assert not may_translate(translation)
    with pytest.raises(PermissionDenied):
        machine_translate(translation, translator_user)


@pytest.mark.usefixtures("machine")
def test_it_fills_the_gaps_and_marks_them(translation: Translation, translator_user: Any) -> None:
    own = give(translation, segment_of(translation, "title"), "A page on sleep")
    assert machine_translate(translation, translator_user) == len(segment_rows(translation)) - 1
    own.refresh_from_db()
    assert (own.data, own.translation_type) == ("A page on sleep", "manual")
    for row in segment_rows(translation):
        if row.path != "title":
            assert row.problem is SegmentProblem.MACHINE
            assert row.translation is not None
            assert row.translation.tool_name
    assert machine_translate(translation, translator_user) == 0


@pytest.mark.usefixtures("machine")
def test_what_a_person_writes_meanwhile_is_kept(
    translation: Translation, translator_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service can take minutes; nobody waits for it."""
    translate = DummyTranslator.translate

    def slow(self: Any, *args: Any) -> Any:
        give(translation, segment_of(translation, "title"), "A page on sleep")
        return translate(self, *args)

    monkeypatch.setattr(DummyTranslator, "translate", slow)
    assert machine_translate(translation, translator_user) == len(segment_rows(translation)) - 1
    own = StringTranslation.objects.get(
        context__object=translation.source.object_id, context__path="title"
    )
    assert (own.data, own.translation_type) == ("A page on sleep", "manual")


@pytest.mark.usefixtures("machine")
def test_a_service_that_fails_is_told_of(
    desk: Client, translation: Translation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(DummyTranslator, "translate", fail)
    response = desk.post(f"/admin/translations/{translation.pk}/machine/", follow=True)
    assert "did not answer" in response.content.decode()
    assert not StringTranslation.objects.filter(
        context__object=translation.source.object_id
    ).exists()


@pytest.mark.usefixtures("machine")
def test_upstreams_update_form_has_no_way_round(client: Client, translation: Translation) -> None:
    """wagtail-localize offers there to machine-translate and publish at once."""
    client.force_login(get_user_model().objects.get(username="admin"))
    address = f"/admin/localize/update/{translation.source_id}/"
    assert "use_machine_translation" not in client.get(address).content.decode()
    client.post(address, {"use_machine_translation": "on", "publish_translations": "on"})
    assert not translation.get_target_instance().live
    assert not StringTranslation.objects.filter(translation_type="machine").exists()


@pytest.mark.usefixtures("machine")
def test_nothing_of_it_is_published_unseen(translation: Translation, translator_user: Any) -> None:
    editor = get_user_model().objects.get(username="editor")
    machine_translate(translation, translator_user)
    with pytest.raises(targets.NotReady):
        targets.publish(translation, editor)
    desk = Desk(log_in("translator"), translation)
    for row in segment_rows(translation):
        desk.send("confirm", row.key)
    targets.publish(translation, editor)
    assert translation.get_target_instance().live


@pytest.mark.usefixtures("machine")
def test_upstreams_own_publishing_is_stopped_too(
    translation: Translation,
    translator_user: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """wagtail-localize publishes a machine's text like any other."""
    machine_translate(translation, translator_user)
    with pytest.raises(ValidationError), django_capture_on_commit_callbacks(execute=True):
        translation.save_target(user=translator_user, publish=True)
    assert not translation.get_target_instance().live


@pytest.mark.usefixtures("machine")
def test_the_words_of_self_tests_are_a_persons(en: Any, translator_user: Any) -> None:
    cta = SelfTestCallToActionFactory()
    TranslationCreator(translator_user, [en]).create_translations(cta)
    translation = Translation.objects.get(source__object_id=cta.translation_key)
    assert not may_translate(translation)
    with pytest.raises(PermissionDenied):
        machine_translate(translation, translator_user)


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("own", [True, False], ids=["ours", "upstream's address"])
def test_a_translator_asks_for_it(desk: Client, translation: Translation, own: bool) -> None:
    key = translation.pk
    address = (
        f"translations/{key}/machine" if own else f"localize/translate/{key}/machine_translate"
    )
    response = desk.post(f"/admin/{address}/", follow=True)
    assert "translated by a machine" in response.content.decode()
    assert any(row.problem is SegmentProblem.MACHINE for row in segment_rows(translation))


def test_upstreams_address_is_closed_where_there_is_no_machine(
    desk: Client, translation: Translation
) -> None:
    desk.post(f"/admin/localize/translate/{translation.pk}/machine_translate/")
    assert not StringTranslation.objects.filter(
        context__object=translation.source.object_id
    ).exists()
