"""Many pages with translations, written without signals."""

import itertools
import uuid
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslatableObject, Translation, TranslationSource

from cms.translation.models import TranslationState, Weight
from pages.models import ContentPage

_numbers = itertools.count(1)


def add_families(number: int) -> None:
    """Pages in both languages in every state in turn, as the matrix reads them."""
    sv, en = (Locale.objects.get(language_code=code) for code in ("sv", "en"))
    page_type = ContentType.objects.get_for_model(Page)
    content_type = ContentType.objects.get_for_model(ContentPage)
    homes = {locale: Page.objects.get(depth=2, locale=locale) for locale in (sv, en)}
    now = timezone.now()
    keys = [uuid.uuid4() for _number in range(number)]
    numbers = dict(zip(keys, _numbers, strict=False))
    Page.objects.bulk_create(
        Page(
            title=f"Sida {numbers[key]} {locale.language_code}",
            draft_title=f"Sida {numbers[key]} {locale.language_code}",
            slug=f"sida-{numbers[key]}",
            path=Page._get_path(home.path, 3, 10_000 + numbers[key]),
            depth=3,
            url_path=f"{home.url_path}sida-{numbers[key]}/",
            content_type=content_type,
            locale=locale,
            translation_key=key,
            live=(numbers[key] % 5 != 0 or locale == sv),
        )
        for key in keys
        for locale, home in homes.items()
        # Every seventh is in Swedish only.
        if locale == sv or numbers[key] % 7
    )
    translated = [key for key in keys if numbers[key] % 7]
    TranslatableObject.objects.bulk_create(
        TranslatableObject(translation_key=key, content_type=page_type) for key in translated
    )
    sources = TranslationSource.objects.bulk_create(
        TranslationSource(
            object_id=key,
            specific_content_type=content_type,
            locale=sv,
            object_repr="",
            content_json="{}",
            last_updated_at=now,
        )
        for key in translated
    )
    translations = Translation.objects.bulk_create(
        Translation(source=source, target_locale=en) for source in sources
    )
    TranslationState.objects.bulk_create(
        TranslationState(
            translation=translation,
            segments_total=20,
            segments_done=20 - order % 3,
            stale_since=now - timedelta(hours=order) if order % 3 else None,
            stale_weight=(Weight.MEANING if order % 2 else Weight.WORDING) if order % 3 else "",
        )
        for order, translation in enumerate(translations)
    )
