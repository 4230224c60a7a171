"""How far each translation has come, beside what wagtail-localize keeps of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from cms.content.staleness import Weight

from .glossary.models import Term, TermForm

__all__ = ["LiveTexts", "Term", "TermForm", "TranslationState", "Weight"]


class TranslationState(models.Model):
    """How far one object's translation into one language has come.

    One row for each `Translation` of wagtail-localize, which the signals of `cms.translation`
    keep. Segments are the strings of the source's last published content; one is done when it
    has a translation that may be published. `stale_since` is the time at which the source first
    said something else than what the live translation is made of, empty while they agree and
    where nothing is live; `stale_weight` is the heaviest change since then. `edited_directly`
    says that what is live was not published from these translations.
    """

    translation = models.OneToOneField(
        Translation, primary_key=True, on_delete=models.CASCADE, related_name="state"
    )
    segments_total = models.PositiveIntegerField(_("segments"), default=0)
    segments_done = models.PositiveIntegerField(_("translated segments"), default=0)
    translated_at = models.DateTimeField(_("last translated"), null=True)
    published_at = models.DateTimeField(_("last published"), null=True)
    stale_since = models.DateTimeField(_("behind since"), null=True, db_index=True)
    stale_weight = models.CharField(
        _("weight of the change"),
        max_length=10,
        blank=True,
        choices=[(Weight.WORDING.value, _("Wording")), (Weight.MEANING.value, _("Meaning"))],
    )
    edited_directly = models.BooleanField(_("edited directly"), default=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.segments_done}/{self.segments_total}"


class LiveTexts(models.Model):
    """Which strings of the source the live translation says, place by place.

    `strings` lists pairs of a content path and the id of a string of the source; the id is null
    where the live text is a translation of nothing that is known.
    """

    translation = models.OneToOneField(
        Translation, primary_key=True, on_delete=models.CASCADE, related_name="live_texts"
    )
    strings = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{len(self.strings)} strings"
