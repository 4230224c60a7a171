"""The field of the search, with its errors in the visitor's language."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY: Final = 200


class SearchForm(forms.Form):
    q = forms.CharField(
        max_length=LONGEST_QUERY,
        error_messages={
            "required": _("Write a word or a question to search for."),
            "max_length": _("That is too long. Write at most %(limit_value)d characters."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["q"]
        # Ours refuses NUL too, in words that say what to do.
        field.validators = [*field.validators[:1], _refuse_invisible]


def _refuse_invisible(text: str) -> None:
    """Refuse control characters and what was no text (U+FFFD), but for tabs and new lines."""
    if "\ufffd" in text or not "".join(text.split()).isprintable():
        raise ValidationError(
            _("There is a character in it that cannot be read. Please write it once more.")
        )
