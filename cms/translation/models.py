"""Models of translation: the state of each `Translation`, comments, and the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import String, Translation, TranslationContext

from cms.content.staleness import Weight

from .comments.models import CommentedString, SnippetComment, SnippetCommentReply
from .glossary.models import Term, TermForm

__all__ = [
    "CommentedString",
    "LiveTexts",
    "RevisionParts",
    "SnippetComment",
    "SnippetCommentReply",
    "SourceLinks",
    "Term",
    "TermForm",
    "TranslationState",
    "Weight",
]


class TranslationState(models.Model):
    """Progress and staleness of one object's translation into one language.

    There is a row for each `Translation` of wagtail-localize; `engine.state` writes it.

    - `segments_total`: strings of the source's last published content.
    - `segments_done`: those with a translation that may be published.
    - `waiting_texts`: those whose translation is another than the one that was published
      (`engine.waiting`); counts for a live translation only.
    - `stale_since`: time of the first publication of the source that the live translation does
      not have; null while they agree and where nothing is live.
    - `stale_weight`: the heaviest change since then.
    - `edited_directly`: whether the live version was not published from this translation.
    - `parts`: the parts beside texts in which the live translation differs from its source, by
      content path (`engine.parts`).
    - `carried_parts`: those that the latest publication of the source has brought into the live
      translation, at `carried_at`.
    - `decided_times`: when the source went live and expired, to go live and to expire, as somebody
      decided about the translation's own times (`engine.times`); null where nobody has.
    """

    translation = models.OneToOneField(
        Translation, primary_key=True, on_delete=models.CASCADE, related_name="state"
    )
    segments_total = models.PositiveIntegerField(_("segments"), default=0)
    segments_done = models.PositiveIntegerField(_("translated segments"), default=0)
    waiting_texts = models.PositiveIntegerField(default=0)
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
    parts = models.JSONField(default=list)
    carried_at = models.DateTimeField(null=True)
    carried_parts = models.JSONField(default=list)
    decided_times = models.JSONField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.segments_done}/{self.segments_total}"


class LiveTexts(models.Model):
    """The strings of the source that the texts of the live translation are translations of.

    `strings` lists pairs of a content path and the id of a `String`; the id is null where the
    live text is no known translation. `parts` are those of the source's content that the live
    translation has (`engine.parts`), `texts` its texts (`engine.waiting`); null where that is not
    known.
    """

    translation = models.OneToOneField(
        Translation, primary_key=True, on_delete=models.CASCADE, related_name="live_texts"
    )
    strings = models.JSONField(default=list)
    parts = models.JSONField(null=True)
    texts = models.JSONField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{len(self.strings)} strings"


class RevisionParts(models.Model):
    """Keeps what a revision of a translation was made with at the desk.

    `parts` are those of its source's content (`engine.parts`), `own_values` the values that the
    language had of its own, by content path, `texts` its texts (`engine.waiting`): null in
    revisions that are older than this field.
    """

    revision = models.OneToOneField(
        Revision, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    parts = models.JSONField(default=dict)
    own_values = models.JSONField(default=dict)
    texts = models.JSONField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{len(self.parts)} parts"


class SourceLinks(models.Model):
    """Where the links of a string led at a place where its source no longer has it.

    `links` has the attributes of each link by the id of its tag, as segments have them.
    """

    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    links = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["context", "string"], name="links_of_a_string_at_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{len(self.links)} links"
