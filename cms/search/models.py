"""Models of the lists that editors keep for the search: synonyms, and words of a crisis."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale

from cms.core.search.words import fold, split_words


def phrases_of(text: str) -> list[str]:
    """Return the words and phrases of a list that is separated by commas."""
    return [" ".join(part.split()) for part in text.split(",") if part.strip()]


def folded(phrase: str) -> str:
    """Return what is the same for all ways of writing a phrase."""
    return " ".join(map(fold, split_words(phrase)))


class WithLocale(models.Model):
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        abstract = True


class Synonyms(WithLocale):
    """Words and phrases that visitors use for the same thing."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=500,
        help_text=_(
            "At least two, separated by commas, such as “burnt out, burnout, exhaustion”. Whoever "
            "searches for one of them finds texts with any of them. Other forms of a word, capital "
            "letters and accents make no difference."
        ),
    )

    panels = [FieldPanel("locale"), FieldPanel("words")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["locale_id", "words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        phrases = phrases_of(self.words)
        self.words = ", ".join(phrases)
        _refuse_unreadable(phrases, "words")
        if len(phrases) < 2:
            raise ValidationError(
                {"words": _("Write at least two words or phrases, separated by commas.")}
            )
        twice = _first_twice(phrases)
        if twice:
            raise ValidationError(
                {"words": _("“%(word)s” is here twice: remove one.") % {"word": twice}}
            )
        if self.locale_id and (other := self._same_list()):
            raise ValidationError(
                {
                    "words": _("These words are in a list already: %(words)s. Change that one.")
                    % {"words": other.words}
                }
            )

    def _same_list(self) -> "Synonyms | None":
        mine = set(map(folded, phrases_of(self.words)))
        for other in Synonyms.objects.filter(locale=self.locale_id).exclude(pk=self.pk):
            if len(mine & set(map(folded, phrases_of(other.words)))) > 1:
                return other
        return None


class CrisisPhrase(WithLocale):
    """A word or phrase of somebody who may be in danger: crisis help is shown above the hits."""

    text = models.CharField(
        _("word or phrase"),
        max_length=80,
        help_text=_(
            "What somebody who may be in danger could type, such as “want to die”. Crisis help is "
            "then shown first. Compounds, other forms and small misspellings are recognised, "
            "and one word between those of a phrase. Nobody sees who has searched for it."
        ),
    )

    panels = [FieldPanel("locale"), FieldPanel("text")]

    class Meta:
        verbose_name = _("crisis word")
        verbose_name_plural = _("crisis words")
        ordering = ["locale_id", "text"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "text"], name="one_crisis_phrase_per_locale")
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        self.text = " ".join(self.text.split())
        _refuse_unreadable([self.text], "text")
        if "," in self.text:
            raise ValidationError({"text": _("Write one word or phrase; add others one by one.")})
        others = CrisisPhrase.objects.filter(locale=self.locale_id).exclude(pk=self.pk)
        if self.locale_id and folded(self.text) in {folded(other.text) for other in others}:
            raise ValidationError({"text": _("This word or phrase is in the list already.")})

    def validate_constraints(self, exclude: Any = None) -> None:
        """Leave what is twice to `clean`, which says so at the field."""


def _refuse_unreadable(phrases: list[str], field: str) -> None:
    for phrase in phrases:
        if not folded(phrase):
            raise ValidationError(
                {field: _("“%(word)s” has no letters or digits.") % {"word": phrase}}
            )


def _first_twice(phrases: list[str]) -> str | None:
    seen = set()
    for phrase in phrases:
        if folded(phrase) in seen:
            return phrase
        seen.add(folded(phrase))
    return None
