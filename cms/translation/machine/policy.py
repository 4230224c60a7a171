"""What may be translated by a machine."""

from wagtail_localize.models import Translation

from cms.upstream.localize_views import machine_translator


def may_translate(translation: Translation) -> bool:
    """Whether a machine may translate an object into a language.

    It may where `WAGTAILLOCALIZE_MACHINE_TRANSLATOR` names one that knows both languages, unless
    the content type has `machine_translation_allowed = False`.
    """
    model = translation.source.specific_content_type.model_class()
    if not getattr(model, "machine_translation_allowed", True):
        return False
    translator = machine_translator()
    return translator is not None and translator.can_translate(
        translation.source.locale, translation.target_locale
    )
