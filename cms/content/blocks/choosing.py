"""Lists of choosers to which an editor adds several choices at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.upstream.admin_views import versioned_static
from cms.upstream.block_forms import ListBlockAdapter, register


class ChoicesBlock(blocks.ListBlock):
    """A list of choosers with a button that opens the chooser for several choices.

    Choices are added in the order of the chooser, without those that the list has already. What
    is chosen twice, be it in two languages, is an error of the second: readers see it once.
    """

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        seen: set[Any] = set()
        errors = {}
        for index, chosen in enumerate(cleaned):
            family = getattr(chosen, "translation_key", None)
            if family is not None and family in seen:
                errors[index] = ValidationError(_("This is in the list already: remove it here."))
            seen.add(family)
        if errors:
            raise blocks.ListBlockValidationError(block_errors=errors)
        return cleaned


class ChoicesBlockAdapter(ListBlockAdapter):
    js_constructor = "samtal.blocks.Choices"

    def js_args(self, block: blocks.ListBlock) -> list[object]:
        *others, meta = super().js_args(block)
        return [*others, {**meta, "chooseSeveral": _("Choose several")}]

    @cached_property
    def media(self) -> forms.Media:
        own = forms.Media(js=[versioned_static("content/choices_block.js")])
        return super().media + own


register(ChoicesBlockAdapter(), ChoicesBlock)
