"""Models of the glossary: a term, and its form in each language."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Locale


class Term(ClusterableModel):
    """A concept with a fixed name in each language, such as a therapy method."""

    panels = [
        InlinePanel(
            "forms",
            heading=_("What it is called"),
            label=_("Language"),
            help_text=_("Add one for each language."),
            min_num=1,
        ),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " ↔ ".join(form.text for form in self.forms.all())

    def note(self) -> str:
        """Return the note in the reader's language, or else in the first that has one."""
        notes = {form.locale.language_code: form.note for form in self.forms.all() if form.note}
        return notes.get(get_language() or "") or next(iter(notes.values()), "")

    note.short_description = _("note for translators")  # type: ignore[attr-defined]


class TermForm(models.Model):
    """The name of a term in one language, with other accepted spellings."""

    term = ParentalKey(Term, on_delete=models.CASCADE, related_name="forms")
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(
        _("term"), max_length=120, help_text=_("As it is written in the middle of a sentence.")
    )
    also = models.CharField(
        _("other accepted forms"),
        max_length=250,
        blank=True,
        help_text=_("Separated by commas. Plurals and endings are recognised without them."),
    )

    note = models.CharField(
        _("note for translators"),
        max_length=250,
        blank=True,
        help_text=_(
            "In this language: when to use the term, and what it must not be mixed up with."
        ),
    )

    panels = [
        FieldRowPanel([FieldPanel("locale"), FieldPanel("text")]),
        FieldPanel("also"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("form of a term")
        verbose_name_plural = _("forms of a term")
        ordering = ["locale_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "locale"],
                name="one_term_form_per_locale",
                violation_error_message=_(
                    "The term has a form in this language already: write others beside it, "
                    "separated by commas."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.locale_id and self.text:
            others = TermForm.objects.filter(locale=self.locale_id, text__iexact=self.text)
            other = others.exclude(term=self.term_id).select_related("term").first()
            if other is not None:
                raise ValidationError(
                    {
                        "text": _("The glossary has this already: %(term)s. Change that one.")
                        % {"term": other.term}
                    }
                )

    @property
    def accepted(self) -> list[str]:
        """All accepted spellings, the preferred one first."""
        return [self.text, *filter(None, (other.strip() for other in self.also.split(",")))]
