"""Form of a new call to action in a chooser."""

from functools import partial
from typing import Any

from django import forms
from wagtail.models import Page

from cms.content.snippet_choosers import CreationForm

from .models import SelfTestCallToAction, SelfTestPage


class SelfTestCallToActionCreationForm(CreationForm):
    class Meta:
        model = SelfTestCallToAction
        fields = ["heading", "text", "button_label", "target_page", "target_url"]
        # Wagtail's chooser would take the place of the one that holds the form.
        widgets = {"target_page": forms.Select}
        field_classes = {"target_url": partial(forms.URLField, assume_scheme="https")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tests = SelfTestPage.objects.filter(locale=self.instance.locale_id)
        self.fields["target_page"].queryset = Page.objects.filter(pk__in=tests.values("pk"))
