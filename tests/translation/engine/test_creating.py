"""Beginning translations: originals stay originals, and nothing is half made.

Each test names what wagtail-localize does where nobody stops it.
"""

from importlib import import_module
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from pages.models import Concern, ContentPage, SiteFurniture, TherapyMethodPage
from tests.factories import (
    ConcernFactory,
    ContentPageFactory,
    FaqEntryFactory,
    FaqTopicFactory,
    TherapyMethodConcernFactory,
)

from ..conftest import publish, translate, translation_of
from ..desk.reading import Desk, edit_url, log_in


def submit(client: Client, instance: Any, locale: Locale, **fields: Any) -> Any:
    if isinstance(instance, Page):
        address = f"page/{instance.pk}/"
    else:
        meta = instance._meta
        address = f"snippet/{meta.app_label}/{meta.model_name}/{instance.pk}/"
    return client.post(f"/admin/localize/submit/{address}", {"locales": [locale.pk], **fields})


def ticked(client: Client, page: Page) -> list[str]:
    html = BeautifulSoup(
        client.get(f"/admin/localize/submit/page/{page.pk}/").content, "html.parser"
    )
    return [str(box["value"]) for box in html.select("[name=locales][checked]")]


def errors(response: Any) -> str:
    assert response.status_code == 200
    return str(response.context["form"].errors["locales"])


def targets_in(locale: Locale) -> set[Any]:
    translations = Translation.objects.filter(target_locale=locale)
    return set(translations.values_list("source__object_id", flat=True))


@pytest.fixture
def admin(db: None) -> Client:
    return log_in("admin")


@pytest.fixture
def copy(method: TherapyMethodPage, en: Locale) -> TherapyMethodPage:
    """A page that is English at first and refers to what is Swedish at first."""
    english = method.get_translation(en)
    copy: TherapyMethodPage = english.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.concern_links.exists()
    return copy


# --- Originals ---------------------------------------------------------------------------------


def test_translating_a_page_makes_translations_of_the_originals_it_refers_to(
    copy: TherapyMethodPage, admin: Client, sv: Locale
) -> None:
    # One that the page's own language lacks, for which wagtail-localize raises DoesNotExist.
    TherapyMethodConcernFactory(page=copy, concern=publish(ConcernFactory()), locale=copy.locale)
    before = targets_in(sv)
    sources = TranslationSource.objects.count()
    assert submit(admin, copy, sv).status_code == 302
    assert targets_in(sv) - before == {copy.translation_key}
    assert TranslationSource.objects.count() == sources + 1
    swedish = copy.get_translation(sv)
    assert swedish.latest_revision.user.username == "admin"
    concerns = {link.concern for link in swedish.concern_links.all()}
    assert {concern.locale_id for concern in concerns} == {sv.pk}
    response = admin.get(edit_url(next(iter(concerns))))
    assert "translation/desk/desk.html" not in {each.name for each in response.templates}


def test_translating_a_shared_text_makes_a_translation_of_its_original_topic(
    admin: Client, sv: Locale, en: Locale
) -> None:
    original = publish(FaqTopicFactory())
    topic = publish(FaqTopicFactory(locale=en, translation_key=original.translation_key))
    entry = publish(FaqEntryFactory(topic=topic, locale=en))
    before = targets_in(sv)
    assert submit(admin, entry, sv).status_code == 302
    assert targets_in(sv) - before == {entry.translation_key}
    assert entry.get_translation(sv).topic == original


def test_translating_a_subtree_restarts_and_overwrites_what_is_edited_directly(
    admin: Client, translation: Translation, page: ContentPage, en: Locale
) -> None:
    translation.enabled = False
    translation.save()
    new = publish(ContentPageFactory(parent=page.get_parent(), slug="ny"))
    page = ContentPage.objects.get(pk=page.pk)
    page.move(new, pos="last-child")
    draft = publish(translation.get_target_instance(), title="By hand").latest_revision_id
    assert submit(admin, new, en, include_subtree="on").status_code == 302
    translation.refresh_from_db()
    assert not translation.enabled
    assert translation.get_target_instance().latest_revision_id == draft


def test_the_migration_gives_originals_back(
    translation: Translation, page: ContentPage, en: Locale, sv: Locale
) -> None:
    source, _created = TranslationSource.get_or_create_from_instance(page.get_translation(en))
    wrong = Translation.objects.create(source=source, target_locale=sv)
    ContentPage.objects.filter(pk=page.pk).update(stale_since="2026-01-01T00:00Z")
    migration = import_module("cms.translation.migrations.0004_originals_and_freed_aliases")
    migration.repair(apps, None)
    assert not Translation.objects.filter(pk=wrong.pk).exists()
    assert Translation.objects.filter(pk=translation.pk).exists()
    page.refresh_from_db()
    assert page.stale_since is None


# --- What is in the way ------------------------------------------------------------------------


def test_a_slug_that_is_taken_in_the_other_language_is_an_error_of_the_server(
    admin: Client, en: Locale, sv: Locale
) -> None:
    for slug in ("worry", "worry-2"):
        ConcernFactory(slug=slug, locale=sv)
    concern = publish(ConcernFactory(slug="worry", locale=en))
    assert submit(admin, concern, sv).status_code == 302
    translated = concern.get_translation(sv)
    assert (translated.slug, translated.live) == ("worry-3", False)
    topic = publish(FaqTopicFactory(slug="fees", locale=en))
    FaqTopicFactory(slug="fees", locale=sv)
    entry = publish(FaqEntryFactory(topic=topic, locale=en))
    assert submit(admin, entry, sv).status_code == 302
    assert entry.get_translation(sv).topic == topic.get_translation(sv)
    assert topic.get_translation(sv).slug == "fees-2"


def test_a_slug_at_its_longest_gets_a_number_that_fits(admin: Client, en: Locale) -> None:
    slug = "x" * Concern._meta.get_field("slug").max_length
    concern = publish(ConcernFactory(slug=slug))
    ConcernFactory(slug=slug, locale=en)
    assert submit(admin, concern, en).status_code == 302
    assert concern.get_translation(en).slug == f"{slug[:-2]}-2"


def test_what_a_language_has_only_once_is_an_error_of_the_form(
    site: Any, admin: Client, sv: Locale, en: Locale
) -> None:
    furniture = SiteFurniture.objects.get(locale=sv)
    SiteFurniture.objects.filter(locale=en).update(translation_key="0" * 32)
    before = Translation.objects.count()
    assert "change that one" in errors(submit(admin, furniture, en))
    admin = Client()
    admin.force_login(get_user_model().objects.get(username="editor"))
    assert "engelska" in errors(submit(admin, furniture, en))
    assert Translation.objects.count() == before


@pytest.mark.parametrize("number_of_languages", [1, 2])
def test_content_that_is_no_longer_valid_is_passed_over_and_then_missing(
    untranslated: ContentPage, admin: Client, en: Locale, number_of_languages: int
) -> None:
    ContentPage.objects.filter(pk=untranslated.pk).update(title="")
    languages = [en.pk, Locale.objects.create(language_code="fi").pk][:number_of_languages]
    response = submit(admin, untranslated, en, locales=languages)
    assert "cannot be translated into" in errors(response)
    assert not untranslated.get_translations().exists()
    assert not Translation.objects.filter(source__object_id=untranslated.translation_key).exists()


def test_somebody_who_begins_the_same_at_the_same_moment_is_an_error_of_the_server(
    admin: Client, en: Locale
) -> None:
    concern = publish(ConcernFactory())

    def be_faster(instance: Concern, **kwargs: Any) -> None:
        if instance._state.adding:
            key = {"translation_key": instance.translation_key, "locale": en}
            Concern.objects.bulk_create([Concern(name="First", slug="first", **key)])

    pre_save.connect(be_faster, sender=Concern)
    try:
        response = submit(admin, concern, en)
    finally:
        pre_save.disconnect(be_faster, sender=Concern)
    assert "at the same moment" in errors(response)
    assert not concern.get_translations().exists()


def test_a_translator_types_a_slug_that_another_draft_has_got_meanwhile(
    admin: Client, en: Locale
) -> None:
    concern = publish(ConcernFactory(slug="oro"))
    assert submit(admin, concern, en).status_code == 302
    translate(translation_of(concern))
    desk = Desk(admin, translation_of(concern))
    ConcernFactory(slug="en-oro", locale=en)
    desk.send("action-publish")
    assert desk.text("slug") == "en-oro"
    assert "Choose another" in desk.said("slug")
    assert not concern.get_translation(en).live


@pytest.mark.parametrize("existing", [False, True])
def test_an_editor_types_a_slug_that_is_taken_in_the_language(
    admin: Client, sv: Locale, existing: bool
) -> None:
    ConcernFactory(slug="oro")
    fields = {"name": "Oro", "slug": "oro", "position": 0, "description": ""}
    url = "/admin/snippets/pages/concern/add/?locale=sv"
    if existing:
        url = edit_url(ConcernFactory(slug="annat"))
    response = admin.post(url, fields)
    assert response.status_code == 200
    assert "Choose another" in response.content.decode()
    assert response.context["form"].errors.keys() == {"slug"}
    assert Concern.objects.filter(slug="oro").count() == 1


def test_a_draft_with_a_slug_that_is_taken_meanwhile_is_published(
    admin: Client, sv: Locale
) -> None:
    concern = ConcernFactory(slug="oro")
    revision = concern.save_revision()
    Concern.objects.filter(pk=concern.pk).update(slug="prov-b")
    ConcernFactory(slug="oro")
    with pytest.raises(ValidationError, match="Välj något annat"):
        revision.publish()
    concern.refresh_from_db()
    assert concern.slug == "prov-b"


def test_an_alias_is_not_translated_but_its_source(
    admin: Client, untranslated: ContentPage, en: Locale
) -> None:
    """By its address, and as one of the pages below another."""
    alias = untranslated.create_alias(
        parent=untranslated.get_parent(), update_slug="en-kopia-med-samma-text"
    )
    assert "Translate the page whose content it shows." in errors(submit(admin, alias, en))
    above = ContentPageFactory(parent=Page.objects.get(slug="hem"), live=False)
    alias.move(above, pos="last-child")
    answer = submit(admin, above, en, include_subtree="on")
    assert answer.status_code == 302, answer.context["form"].errors
    assert Translation.objects.filter(source__object_id=above.translation_key).exists()
    assert not Translation.objects.filter(source__object_id=alias.translation_key).exists()


def test_an_alias_has_no_privacy_of_its_own(admin: Client, untranslated: ContentPage) -> None:
    alias = untranslated.create_alias(
        parent=untranslated.get_parent(), update_slug="en-kopia-med-samma-text"
    )
    data = {"restriction_type": "login", "password": ""}
    admin.post(f"/admin/pages/{alias.pk}/privacy/", data)
    assert not alias.view_restrictions.exists()
    admin.post(f"/admin/pages/{untranslated.pk}/privacy/", data)
    assert untranslated.view_restrictions.exists()


def test_the_only_language_is_chosen_already(admin: Client, sv: Locale, en: Locale) -> None:
    page = ContentPageFactory(parent=Page.objects.get(depth=2, locale=sv), locale=sv)
    assert ticked(admin, page) == [str(en.pk)]
    Locale.objects.create(language_code="fi")
    assert ticked(admin, page) == []
