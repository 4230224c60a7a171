"""Find shared content that an object refers to in another language than its own.

A reference of shared content to shared content, as of a question to its topic, is followed as it
is: a question is not shown below a topic of another language. Wagtail's chooser lists all
languages where its filter says so.
"""

from typing import Any

from django.db.models import ForeignKey
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin

from cms.core.i18n import language_in_sentence

from .change_weight import ChangeWeightForm


class OwnLanguageForm(ChangeWeightForm):
    """The form of shared content, which takes choices in the language of its object alone."""

    def clean(self) -> Any:
        """Add an error to each field with a choice in another language."""
        cleaned: Any = super().clean()
        if self.instance.locale_id is None:
            # The preview of something new, to which Wagtail gives a language afterwards.
            return cleaned
        for name, chosen in list(cleaned.items()):
            is_content = isinstance(chosen, TranslatableMixin) and not isinstance(chosen, Page)
            if is_content and chosen.locale_id != self.instance.locale_id:
                self.add_error(name, told_of(self.instance, chosen))
        return cleaned


def chosen_in_other_languages(instance: Any) -> dict[str, Any]:
    """Return the objects in another language that the fields of a snippet refer to, by field."""
    found = {}
    for field in instance._meta.concrete_fields:
        model = field.related_model
        if not isinstance(field, ForeignKey) or not issubclass(model, TranslatableMixin):
            continue
        if issubclass(model, Page) or getattr(instance, field.attname) is None:
            continue
        chosen = getattr(instance, field.name)
        if chosen.locale_id != instance.locale_id:
            found[field.name] = chosen
    return found


def told_of(instance: Any, chosen: Any) -> str:
    """Say that an object that was chosen is in another language, and what to do."""
    return _("“%(chosen)s” is in %(language)s. Choose one in %(own)s.") % {
        "chosen": chosen,
        "language": language_in_sentence(chosen.locale.language_code),
        "own": language_in_sentence(instance.locale.language_code),
    }
