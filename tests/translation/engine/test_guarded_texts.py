"""Which texts of a translation the guard lets go live, and how it words a refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from pages.models import ContentPage, SelfTestCallToAction, SelfTestPage

from ..conftest import publish

MACHINE, MANUAL = "machine", "manual"


def give(translation: Translation, data: str, path: str = "title", **values: Any) -> None:
    """Store a text as a translation of the title, or of another field."""
    segment = StringSegment.objects.get(source=translation.source, context__path=path)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=values.pop("locale", translation.target_locale),
        defaults={"data": data, "translation_type": MANUAL, "has_error": False} | values,
    )


def other_translation(translation: Translation) -> Any:
    """Return a translation of another page into the same language."""
    into_it = Translation.objects.filter(target_locale=translation.target_locale)
    titled = into_it.filter(source__stringsegment__context__path="title")
    return titled.exclude(pk=translation.pk).first()


def retitle(translation: Translation, title: str) -> None:
    """Publish a title that somebody wrote into the target past the desk."""
    publish(translation.get_target_instance(), title=title)


def publish_on_time(instance: Any) -> bool:
    """Let the command publish an object as it is; return whether it did."""
    revision = instance.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled", verbosity=0)
    instance.refresh_from_db()
    return bool(instance.live_revision_id == revision.pk)


def test_the_texts_that_a_page_came_with_from_another_language_are_refused(
    untranslated: ContentPage, en: Any
) -> None:
    """An alias that kept the place of its original outlives it as a draft with its texts."""
    alias = untranslated.copy_for_translation(en, alias=True)
    untranslated.delete()
    with pytest.raises(ValidationError, match="Behandling"):
        publish(alias)
    assert publish(alias, title="Treatment", introduction="<p>We listen.</p>").live


def given_on_another_page(translation: Translation) -> None:
    give(other_translation(translation), "EMDR")


def given_in_another_language(translation: Translation) -> None:
    give(translation, "EMDR", locale=translation.source.locale)


@pytest.mark.parametrize("give_it", [given_on_another_page, given_in_another_language])
def test_a_source_text_passes_by_its_own_translation_alone(
    page: ContentPage, translation: Translation, give_it: Callable[[Translation], None]
) -> None:
    publish(page, title="EMDR")
    give_it(translation)
    with pytest.raises(ValidationError, match="EMDR"):
        retitle(translation, "EMDR")
    give(translation, "EMDR")
    retitle(translation, "EMDR")


def test_a_source_text_that_is_live_may_stay(page: ContentPage, translation: Translation) -> None:
    translation.enabled = False
    translation.save()
    retitle(translation, page.title)
    translation.enabled = True
    translation.save()
    target = translation.get_target_instance()
    assert target.title == page.title
    assert publish_on_time(target)


def test_the_text_of_an_alias_is_none_that_is_live(
    page: ContentPage, translation: Translation
) -> None:
    """Where a page was made an alias of its original, and an older draft of it is published."""
    publish(page, title="Vår behandling")
    target = translation.get_target_instance()
    target.title = "Vår behandling"
    revision = target.save_revision()
    ContentPage.objects.filter(pk=target.pk).update(title=target.title, alias_of=page)
    with pytest.raises(ValidationError, match="Vår behandling"):
        revision.publish()


def written_by_a_machine_for_another_page(translation: Translation) -> str:
    give(other_translation(translation), "Our treatment", translation_type=MACHINE)
    return "Our treatment"


def written_by_a_machine_in_another_language(translation: Translation) -> str:
    give(translation, "EMDR", translation_type=MACHINE, locale=translation.source.locale)
    return "EMDR"


def written_by_a_person_with_an_error(translation: Translation) -> str:
    give(translation, "Our treatment", has_error=True)
    return "Our treatment"


def original_in_the_targets_language(translation: Translation) -> str:
    title: str = SelfTestPage.objects.get(locale=translation.target_locale).title
    return title


@pytest.mark.parametrize(
    "words",
    [
        written_by_a_machine_for_another_page,
        written_by_a_machine_in_another_language,
        written_by_a_person_with_an_error,
        original_in_the_targets_language,
    ],
)
def test_words_that_are_neither_the_sources_nor_its_machines_pass(
    page: ContentPage, translation: Translation, words: Callable[[Translation], str]
) -> None:
    publish(page, title="Vår behandling")
    title = words(translation)
    retitle(translation, title)
    assert translation.get_target_instance().title == title


def test_a_slug_with_a_number_is_the_same_slug(page: ContentPage, translation: Translation) -> None:
    publish(page, slug="emdr")
    target = translation.get_target_instance()
    with pytest.raises(ValidationError, match="emdr-2"):
        publish(target, slug="emdr-2")
    give(translation, "emdr", path="slug")
    assert publish(target, slug="emdr-2").slug == "emdr-2"


def test_the_sources_words_are_refused_in_other_markup_too(
    page: ContentPage, translation: Translation
) -> None:
    publish(page, introduction="<p>Vi lyssnar på dig.</p>")
    with pytest.raises(ValidationError, match="Vi lyssnar"):
        publish(
            translation.get_target_instance(), introduction="<p>Vi <b>lyssnar</b> på<br/>dig.</p>"
        )


@pytest.mark.parametrize(
    ("count", "named"),
    [
        (3, "“Stycke 1”; “Stycke 2”; “Stycke 3”"),
        (4, "“Stycke 1”; “Stycke 2”; “Stycke 3” …"),
    ],
)
def test_a_refusal_names_three_texts(
    page: ContentPage, translation: Translation, count: int, named: str
) -> None:
    text = "".join(f"<p>Stycke {number}</p>" for number in range(1, count + 1))
    publish(page, introduction=text)
    with override("en"), pytest.raises(ValidationError) as refused:
        publish(translation.get_target_instance(), introduction=text)
    assert refused.value.messages == [
        f"This would publish text that is not translated into English: {named}. Translate it, "
        "or confirm it where it is right as it stands, and publish again. What is live now stays "
        "as it is."
    ]


def test_a_refusal_shortens_texts_and_is_in_the_editors_language(
    page: ContentPage, translation: Translation
) -> None:
    text = f"<p>{'Vi lyssnar på dig. ' * 10}</p>"
    publish(page, introduction=text)
    with pytest.raises(ValidationError) as refused:
        publish(translation.get_target_instance(), introduction=text)
    shown = ("Vi lyssnar på dig. " * 4)[:59]
    assert refused.value.messages == [
        f"Då skulle text publiceras som inte är översatt till engelska: ”{shown}…”. Översätt den, "
        "eller bekräfta den där den är rätt som den står, och publicera igen. Det som är "
        "publicerat nu ligger kvar som det är."
    ]


def test_a_snippets_translation_is_taken_off_by_unpublishing_alone(
    cta: SelfTestCallToAction, cta_translation: Translation
) -> None:
    target = cta_translation.get_target_instance()
    target.save_revision()
    target.refresh_from_db()
    assert target.has_unpublished_changes
    target.live = False
    with pytest.raises(ValidationError) as refused:
        target.save()
    assert refused.value.messages == [
        "Då skulle den publicerade översättningen försvinna från webbplatsen. Spara ett utkast i "
        "översättningsvyn i stället, eller avpublicera den."
    ]
    target = cta_translation.get_target_instance()
    assert target.live
    target.unpublish()
    target = cta_translation.get_target_instance()
    assert not target.live
    target.has_unpublished_changes = False
    target.save()
