"""wagtail-localize's views, buttons, machine translators and the beginning of translations.

From `wagtail_localize.views`, `wagtail_localize.wagtail_hooks`, `wagtail_localize.operations` and
`wagtail_localize.machine_translators`, wagtail-localize 1.14. Documented are settings. Its views
ask for permissions on a type and not in a language; `TranslationCreator` passes over errors and
leaves translations without a target (wagtail-localize issue 669), and makes sources of snippets
that are translations (issue 878). All its views and functions call that class.
"""

from collections.abc import Callable
from typing import Any

from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.views.edit_translation import (
    edit_override,
    edit_string_translation,
    stop_translation,
)
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

__all__ = [
    "SubmitPageTranslationView",
    "SubmitSnippetTranslationView",
    "TranslationCreator",
    "UpdateTranslationsView",
    "edit_override",
    "edit_string_translation",
    "machine_translator",
    "stop_translation",
]


def replace_creation(create_translations: Callable[..., None]) -> None:
    """Replace `TranslationCreator.create_translations(self, instance, include_related_objects)`.

    The creator has `user`, `target_locales`, the set `seen_objects` of translation keys, and
    `mappings`: lists of translations by source, of which its callers read what was made.
    """
    _ = TranslationCreator.create_translations  # AttributeError where upstream has renamed it
    TranslationCreator.create_translations = create_translations


def page_translation_buttons() -> Callable[..., Any]:
    """Return the hook that yields *Translate* and *Sync* for a page, as it is registered.

    Imports it only here: its module registers hooks, and their order is that of the apps.
    """
    from wagtail_localize.wagtail_hooks import page_listing_more_buttons

    hook: Callable[..., Any] = page_listing_more_buttons
    return hook


def machine_translator() -> Any:
    """Return the translator of WAGTAILLOCALIZE_MACHINE_TRANSLATOR; None without the setting."""
    return get_machine_translator()
