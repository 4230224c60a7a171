"""Translations that are behind: what editors say of a change, and what the public is told."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, Final

from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME

from cms.core.changes import HOUSEKEEPING, Change
from cms.public.schemas import Staleness

# Sent by `save()` of pages and snippets inside its transaction, when child objects are written too;
# Django's `post_save` comes before that. Gives `instance` and `update_fields`.
content_saved: Final = Signal()

# What belongs to one translation and not to its texts.
STALENESS_FIELDS: Final = ("stale_since", "stale_source_locale", "stale_parts")
NEVER_REFUSED: Final = HOUSEKEEPING | {*STALENESS_FIELDS, COMMENTS_RELATION_NAME}


class Weight(StrEnum):
    """Weight of a change, as an editor chooses it when publishing."""

    WORDING = "wording"
    MEANING = "meaning"


def only_tells_staleness(change: Change) -> bool:
    """Return whether a save writes nothing but whether a translation is behind."""
    return change.fields is not None and {*STALENESS_FIELDS}.issuperset(change.fields)


# Untyped, as Wagtail's own bases are: a typed one would ask for the types of their managers.
Model: Any = models.Model


class MayBeStale(Model):
    """Content whose published translation can be behind its source.

    `stale_since` is set while a live translation is behind by a change of meaning, with the
    language code of its source and the places of what differs, as `Staleness` describes them.
    The translation part of the project keeps both up to date.

    `change_weight` is what an editor said of the change that a revision holds, or nothing. It
    is kept in the revision and not in the table: published content has no change left to name.
    """

    stale_since = models.DateTimeField(_("behind since"), null=True, editable=False)
    stale_source_locale = models.CharField(
        _("language of the source"), max_length=20, blank=True, default="", editable=False
    )
    stale_parts = models.JSONField(_("what differs"), default=list, editable=False)

    change_weight: str = ""
    # What a change is when its editor said nothing.
    default_change_weight: ClassVar[Weight] = Weight.WORDING
    # Whether a translation that is behind by a change of meaning is hidden instead of marked.
    hides_stale_translations: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Together with what is written because of it."""
        fields = kwargs.get("update_fields")
        # No step refuses a save of these, so that nobody needs a savepoint to go on from.
        is_never_refused = fields is not None and NEVER_REFUSED.issuperset(fields)
        with transaction.atomic(savepoint=not is_never_refused):
            super().save(*args, **kwargs)
            content_saved.send(sender=type(self), instance=self, update_fields=fields)

    def serializable_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().serializable_data()
        return {**data, "change_weight": self.change_weight} if self.change_weight else data

    def with_content_json(self, content: Mapping[str, Any]) -> Any:
        """The object as a revision has it; whether it is behind is no part of a revision."""
        instance = super().with_content_json(content)
        instance.change_weight = content.get("change_weight", "")
        for name in STALENESS_FIELDS:
            setattr(instance, name, getattr(self, name))
        return instance

    @property
    def public_staleness(self) -> Staleness:
        """Return since when the content is behind its source, for pages and the API."""
        return Staleness(
            stale_since=self.stale_since,
            stale_source_locale=self.stale_source_locale or None,
            stale_parts=self.stale_parts,
        )
