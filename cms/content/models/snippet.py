"""Base of every snippet type: drafts, revisions, workflow, preview and the public value."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.core.live_revisions import StaysLive
from cms.public.lookup import PublicLookup
from cms.public.schemas import PublicSchema
from cms.public.visibility import PublicScope
from cms.upstream.localize_segments import OwnField
from cms.upstream.locks import ReadsLocksOnce

from ..change_weight import ChangeWeightPanel
from ..locking import LockedDrafts
from ..own_language import OwnLanguageForm
from ..staleness import STALENESS_FIELDS, MayBeStale
from ..working_language import LanguagePanel


class BaseSnippet(
    LockedDrafts,
    StaysLive,
    MayBeStale,
    ReadsLocksOnce,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A translatable piece of content with drafts, revisions, workflow and a preview."""

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="%(class)s")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    base_form_class = OwnLanguageForm
    # The first panels of every snippet's editor.
    first_panels: ClassVar[list[Panel]] = [LanguagePanel(), ChangeWeightPanel()]
    # The fields whose references the public value shows; None for all.
    public_fields: ClassVar[frozenset[str] | None] = None
    # Whether its objects are few and many pages refer to them: then all are cached together for
    # each content version.
    is_taxonomy: ClassVar[bool] = False
    # Whether machine translation may be used for it.
    machine_translation_allowed: ClassVar[bool] = True
    # Types whose content a clinical reviewer approves extend `ClinicalContent`.
    needs_clinical_review: ClassVar[bool] = False
    # The fields whose text is shown by pages that chose the snippet; None for all.
    words_on_pages: ClassVar[frozenset[str] | None] = None

    # Pages that show these snippets without a reference to them: every page of their language, and
    # pages of the types with these labels.
    in_frame: ClassVar[bool] = False
    listed_on: ClassVar[tuple[str, ...]] = ()

    # As wagtail-localize has it for pages; in other models it takes the source's.
    override_translatable_fields: ClassVar[list[OwnField]] = [
        OwnField(name) for name in ("first_published_at", "go_live_at", "expire_at")
    ]

    default_exclude_fields_in_copy = [
        *RevisionMixin.default_exclude_fields_in_copy,
        *STALENESS_FIELDS,
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Validate constraints that include the locale too, and report the field to change.

        Forms exclude the locale, for which they have no field.
        """
        try:
            super().validate_constraints(exclude=set(exclude or ()) - {"locale"})
        except ValidationError as error:
            errors: dict[str, list[Any]] = error.update_error_dict({})
            for each in errors.pop(NON_FIELD_ERRORS, []):
                names = set((each.params or {}).get("unique_check", ())) - {"locale"}
                if names:
                    taken = _("Something else in this language has this already. Choose another.")
                    errors.setdefault(names.pop(), []).append(taken)
                else:
                    errors.setdefault(NON_FIELD_ERRORS, []).append(each)
            raise ValidationError(errors) from error

    def listed_on_q(self, lister: type[models.Model]) -> models.Q:
        """Match those pages of a type in `listed_on` that list this object; all of them here."""
        return models.Q()

    def nodes_of_lists(self) -> set[str]:
        """Return the nodes that pages depend on for listing this object, beside its type's list."""
        return set()

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def public_id(self) -> int:
        """The public id; 0 in the preview of a snippet that was never saved."""
        return self.pk or 0

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        lookup = PublicLookup.for_object(self, PublicScope.for_request(request))
        return {**context, "lookup": lookup, "content": self.public_value(lookup)}

    def public_value(self, lookup: PublicLookup) -> PublicSchema | None:
        """Return the snippet's public value, None where it has nothing to show."""
        raise NotImplementedError


def snippet_models() -> list[type[BaseSnippet]]:
    """Return every snippet type of the site, in the order in which Django registered them."""
    return [model for model in apps.get_models() if issubclass(model, BaseSnippet)]
