"""A person answers for what a machine wrote."""

from typing import Any

from wagtail_localize.models import StringTranslation


def is_unconfirmed(text: StringTranslation) -> bool:
    """Whether a text is a machine's that nobody has confirmed; it cannot be published."""
    return bool(text.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE)


def confirm(text: StringTranslation, user: Any) -> None:
    """Let a machine's text count as the user's; that a tool wrote it stays written down."""
    text.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
    text.last_translated_by = user
    text.save(update_fields=["translation_type", "last_translated_by", "updated_at"])
