"""What every page and every snippet of this project has in common."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.core.headless import HeadlessPreview
from cms.public.cache_headers import mark_web_page, name_page
from cms.public.lookup import PublicLookup
from cms.public.page_paths import page_path
from cms.public.public_page import PublicPage
from cms.public.rich_text import TEXT_FEATURES, opening, plain_text
from cms.public.schemas import ConcernLabel, Image, PageSummary, PublicSchema, RichText, Sessions
from cms.public.visibility import PublicScope
from cms.public.wayfinding import language_choices

from .change_weight import ChangeWeightForm, ChangeWeightPageForm, ChangeWeightPanel
from .copy_form import CopyInLanguageForm
from .locking import LockedDrafts, LockPermissionTester
from .staleness import STALENESS_FIELDS, MayBeStale
from .validation import alt_text_errors

FRONT_END_MODE = "front-end"
DESCRIPTION_LENGTH = 200


class BaseContent(PublicSchema):
    """What every page type gives to the world beside its place on the site."""

    introduction: RichText
    image: Image | None


class BasePage(LockedDrafts, MayBeStale, Page):
    """A page with a full heading, an introduction and an image.

    A concrete page type says what it gives to the world: `public_type` is its name in the
    API, `content_schema` the shape of its content and `public_content` fills that shape. The
    page's template renders the same object.
    """

    heading = models.CharField(
        _("heading"),
        max_length=200,
        blank=True,
        help_text=_("The full heading on the page. Leave empty to use the title."),
    )
    introduction = RichTextField(
        _("introduction"),
        features=TEXT_FEATURES,
        help_text=_("One or two short paragraphs that say what the reader finds here."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt_text = models.CharField(
        _("text alternative"),
        max_length=250,
        blank=True,
        help_text=_("What the image shows, for those who cannot see it."),
    )
    image_is_decorative = models.BooleanField(
        _("decorative image"),
        default=False,
        help_text=_("Mark an image that says nothing the text does not; it needs no alternative."),
    )

    # Whether a machine may translate it, where the site has one.
    machine_translation_allowed: ClassVar[bool] = True

    public_type: ClassVar[str]
    content_schema: ClassVar[type[BaseContent]]
    # What a summary reads: fields to follow, and child relations to fetch beforehand.
    summary_fields: ClassVar[frozenset[str]] = frozenset({"image"})
    summary_prefetch: ClassVar[tuple[str, ...]] = ()
    # What the web page reads of its address' query; all else of it is passed over.
    query_parameters: ClassVar[frozenset[str]] = frozenset()
    # Types whose content a clinical reviewer approves extend `ClinicalPage`.
    needs_clinical_review: ClassVar[bool] = False

    base_form_class = ChangeWeightPageForm
    copy_form_class = CopyInLanguageForm
    # In the order of the page, as all panels are.
    introduction_panels = [
        ChangeWeightPanel(),
        TitleFieldPanel(
            "title",
            help_text=_("Short: menus, breadcrumbs and search results show it."),
        ),
        FieldPanel("heading"),
        FieldPanel("introduction"),
    ]
    image_panel = MultiFieldPanel(
        [
            FieldPanel("image"),
            FieldPanel("image_alt_text"),
            FieldPanel("image_is_decorative"),
        ],
        heading=_("Image"),
    )
    content_panels = [*introduction_panels, image_panel]
    default_exclude_fields_in_copy = [*Page.default_exclude_fields_in_copy, *STALENESS_FIELDS]
    search_fields = [
        *Page.search_fields,
        index.SearchField("heading"),
        index.SearchField("introduction"),
    ]
    api_fields = [
        APIField("heading"),
        APIField("introduction"),
        APIField("image"),
        APIField("image_alt_text"),
        APIField("image_is_decorative"),
        *(APIField(name) for name in STALENESS_FIELDS),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.image_id and (
            errors := alt_text_errors(
                self.image_alt_text,
                self.image_is_decorative,
                fields=("image_alt_text", "image_is_decorative"),
            )
        ):
            raise ValidationError(errors)

    def permissions_for_user(self, user: Any) -> LockPermissionTester:
        return LockPermissionTester(user, self)

    @property
    def public_heading(self) -> str:
        return self.heading or self.title

    def public_image(self, lookup: PublicLookup) -> Image | None:
        return lookup.image(
            self.image_id, alt=self.image_alt_text, decorative=self.image_is_decorative
        )

    def public_content(self, lookup: PublicLookup) -> BaseContent:
        """The page's content for the world, in `content_schema`'s shape."""
        raise NotImplementedError

    def base_content(self, lookup: PublicLookup) -> Mapping[str, Any]:
        """The part of the content that all page types share."""
        return {
            "introduction": lookup.rich_text(self.introduction),
            "image": self.public_image(lookup),
        }

    def public_concerns(self, lookup: PublicLookup) -> list[ConcernLabel]:
        return []

    def public_sessions(self) -> Sessions | None:
        return None

    def public_description(self) -> str:
        """Return a description of the page for cards and lists: plain text in whole sentences."""
        return opening(self.introduction, DESCRIPTION_LENGTH)

    def public_summary(self, lookup: PublicLookup) -> PageSummary:
        """What a list says about the page."""
        lookup.scope.shown_pages.add(self.pk)
        return PageSummary(
            id=self.pk,
            type=self.public_type,
            locale=lookup.scope.locales[self.locale_id].language_code,
            title=self.title,
            heading=self.public_heading,
            path=page_path(self),
            introduction=plain_text(self.introduction),
            description=self.public_description(),
            image=self.public_image(lookup),
            concerns=self.public_concerns(lookup),
            sessions=self.public_sessions(),
            last_published_at=self.last_published_at,
        )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """How editors can look at a draft; a front end is one where the site has an address."""
        modes = [("", _("Web page"))]
        if settings.FRONTEND_URL:
            modes.append((FRONT_END_MODE, _("Front end")))
        return modes

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        scope = PublicScope.for_request(request)
        mark_web_page(request, response, scope.site)
        name_page(response, self.pk, self.locale.language_code, scope.shown_pages)
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name != FRONT_END_MODE or not settings.FRONTEND_URL:
            return super().serve_preview(request, mode_name)
        token = HeadlessPreview.issue_token(self, request.user)
        return redirect(f"{settings.FRONTEND_URL}/preview/?{urlencode({'token': token})}")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        public = PublicPage.of(self, PublicScope.for_request(request))
        return {
            **context,
            "lookup": public.lookup,
            "content": public.content,
            "breadcrumbs": public.breadcrumbs,
            "languages": language_choices(
                public.lookup.scope, self.locale.language_code, public.translations
            ),
            "seo": public.seo,
        }


class BaseSnippet(
    LockedDrafts,
    MayBeStale,
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

    base_form_class = ChangeWeightForm
    # What every snippet's editor begins with.
    first_panels: ClassVar[list[Panel]] = [ChangeWeightPanel()]
    # The fields whose references the public value shows; None for all.
    public_fields: ClassVar[frozenset[str] | None] = None
    # Whether its objects are few and many pages name them: then all are remembered, as long as the
    # public content stays as it is.
    is_taxonomy: ClassVar[bool] = False
    # Whether a machine may translate it, where the site has one.
    machine_translation_allowed: ClassVar[bool] = True
    # Types whose content a clinical reviewer approves extend `ClinicalContent`.
    needs_clinical_review: ClassVar[bool] = False
    # The fields whose words a page that chose the snippet shows; None for all.
    words_on_pages: ClassVar[frozenset[str] | None] = None

    # Where these are shown though nobody chose them for a page: on every page of their language,
    # and on pages of one type, which its label names.
    in_frame: ClassVar[bool] = False
    listed_on: ClassVar[str | None] = None

    default_exclude_fields_in_copy = [
        *RevisionMixin.default_exclude_fields_in_copy,
        *STALENESS_FIELDS,
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Validate what must be unique in a language as well, and name the field to change.

        Forms exclude the language, for which they have no field.
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

    @property
    def revisions(self) -> Any:
        return self._revisions

    @property
    def public_id(self) -> int:
        """The id for the world; 0 in the preview of a snippet that was never saved."""
        return self.pk or 0

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        lookup = PublicLookup.for_object(self, PublicScope.for_request(request))
        return {**context, "lookup": lookup, "content": self.public_value(lookup)}

    def public_value(self, lookup: PublicLookup) -> PublicSchema | None:
        """What the snippet gives to the world, or None where it has nothing to show."""
        raise NotImplementedError
