"""How far each translation has come, beside what wagtail-localize keeps of it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation


class Weight(StrEnum):
    """What an editor says of a change when publishing it."""

    WORDING = "wording"
    MEANING = "meaning"


class TranslationState(models.Model):
    """How far one object's translation into one language has come.

    One row for each `Translation` of wagtail-localize, which the signals of `cms.translation`
    keep. Segments are the strings of the source's last published content. `stale_since` is the
    time at which the source first said something else than what the live translation is made
    of, empty while they agree and where nothing is live; `stale_weight` is the heaviest change
    since then.
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

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.segments_done}/{self.segments_total}"
