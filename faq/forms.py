"""Form of a new question in a chooser."""

from typing import Any

from django import forms

from cms.content.snippet_choosers import CreationForm

from .models import FaqEntry, FaqTopic


class FaqEntryCreationForm(CreationForm):
    class Meta:
        model = FaqEntry
        fields = ["question", "answer", "topic"]
        # Wagtail's chooser would take the place of the one that holds the form.
        widgets = {"topic": forms.Select}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = FaqTopic.objects.filter(locale=self.instance.locale_id)
        self.fields["topic"].queryset = topics
