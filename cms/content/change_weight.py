"""Asks editors of pages and snippets how much a change means to translations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import Panel
from wagtail_localize.models import Translation

from .completeness import MustBeComplete
from .losses import LossForm
from .siblings import lock_if_renamed
from .staleness import Weight
from .validation import refuse_taken_address

CHOICES = [
    (
        Weight.WORDING.value,
        _("Wording: spelling, style or a clearer sentence. Translations stay as they are."),
    ),
    (
        Weight.MEANING.value,
        _(
            "Meaning: facts, advice or steps have changed. Visitors to the translations are told "
            "that they are being revised."
        ),
    ),
]
HIDING = _(
    "Meaning: facts, advice or steps have changed. The translations are hidden until they are "
    "revised."
)


class ChangeWeightForm(LossForm):
    """Asks for the weight of a change where the object is the source of a live translation.

    The answer is stored in the revision, so that it applies when somebody else approves it or when
    its scheduled time comes.
    """

    change_weight = forms.ChoiceField(
        label=_("What do you change?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("This is published in other languages too, translated from here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_live_translation(self.instance):
            del self.fields["change_weight"]
            return
        model = type(self.instance)
        self.initial["change_weight"] = (
            self.instance.change_weight or model.default_change_weight.value
        )
        if model.hides_stale_translations:
            self.fields["change_weight"].choices = [CHOICES[0], (Weight.MEANING.value, HIDING)]

    def save(self, commit: bool = True) -> Any:
        if "change_weight" in self.fields:
            said = self.cleaned_data["change_weight"]
            self.instance.change_weight = said or self.initial["change_weight"]
        return super().save(commit=commit)


class ChangeWeightPageForm(ChangeWeightForm, WagtailAdminPageForm):
    def clean(self) -> Any:
        if "slug" in self.cleaned_data and self.parent_page:
            # What is refused later could be told, but at no field.
            lock_if_renamed(self.instance, self.cleaned_data["slug"], self.parent_page)
        cleaned: Any = super().clean()
        # A new page has no place yet, of which the model could know.
        if "slug" in cleaned and self.parent_page:
            try:
                refuse_taken_address(cleaned["slug"], self.parent_page)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def _post_clean(self) -> None:
        # Fills the instance.
        super()._post_clean()
        if self.is_deferred_validation or not isinstance(self.instance, MustBeComplete):
            return
        for name, texts in self.instance.publication_errors().items():
            # What a block says of its own place helps more than what its field says.
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, texts)


class ChangeWeightPanel(Panel):
    """Shows the question where the form asks it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Translations"), "icon": "globe", **kwargs})

    def get_form_options(self) -> dict[str, list[str]]:
        """Claim the field, which Wagtail would otherwise show again below all panels."""
        return {"fields": ["change_weight"]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/change_weight_panel.html"

        def is_shown(self) -> bool:
            return "change_weight" in self.form.fields


def has_live_translation(instance: Any) -> bool:
    """Return whether a translation of which the object is the source is live; one query."""
    if instance.pk is None:
        return False
    locales = Translation.objects.filter(
        source__object_id=instance.translation_key, source__locale=instance.locale_id
    ).values("target_locale")
    siblings = type(instance)._base_manager.filter(translation_key=instance.translation_key)
    return bool(siblings.filter(live=True, locale__in=locales).exists())
