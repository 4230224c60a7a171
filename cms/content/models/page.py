"""Base of every page type: shared fields, panels, previews and the public view of a page."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page, get_page_models
from wagtail.search import index

from cms.core.live_revisions import StaysLive
from cms.core.models import HeadlessPreview
from cms.public.cache_headers import mark_web_page, name_page
from cms.public.lookup import PublicLookup
from cms.public.nodes import pages_node, summary_node
from cms.public.page_paths import page_path
from cms.public.public_page import PublicPage
from cms.public.rich_text import TEXT_FEATURES, opening, plain_text
from cms.public.schemas import (
    NO_SUMMARY_DETAILS,
    Image,
    PageSummary,
    PublicSchema,
    RichText,
)
from cms.public.visibility import PublicScope
from cms.public.wayfinding import language_choices
from cms.upstream.clusters import ClusterPage

from ..change_weight import ChangeWeightPageForm, ChangeWeightPanel
from ..image_descriptions import AltTextInput
from ..locking import LockedDrafts, LockPermissionTester
from ..staleness import STALENESS_FIELDS, MayBeStale
from ..validation import CopyInLanguageForm, alt_text_errors, refuse_taken_address
from ..working_language import LanguagePanel

FRONT_END_MODE = "front-end"
DESCRIPTION_LENGTH = 200


class BaseContent(PublicSchema):
    """Base of the content schemas of page types: the part that all types share."""

    introduction: RichText
    image: Image | None


class BasePage(LockedDrafts, StaysLive, MayBeStale, ClusterPage, Page):
    """A page with a full heading, an introduction and an image.

    A concrete page type declares its public view: `public_type` is its name in the API,
    `content_schema` the schema of its content, and `public_content` fills that schema. The page's
    template renders the same object.
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

    # Whether machine translation may be used for it.
    machine_translation_allowed: ClassVar[bool] = True

    public_type: ClassVar[str]
    content_schema: ClassVar[type[BaseContent]]
    # The fields whose references a summary shows, and the child relations to prefetch for it.
    summary_fields: ClassVar[frozenset[str]] = frozenset({"image"})
    summary_prefetch: ClassVar[tuple[str, ...]] = ()
    # The labels of page types that list pages of this one, wherever both are.
    listed_on: ClassVar[tuple[str, ...]] = ()
    # The query parameters of the web page; others are ignored.
    query_parameters: ClassVar[frozenset[str]] = frozenset()
    # Types whose content a clinical reviewer approves extend `ClinicalPage`.
    needs_clinical_review: ClassVar[bool] = False

    base_form_class = ChangeWeightPageForm
    copy_form_class = CopyInLanguageForm
    # Panels are in the order of the page.
    introduction_panels = [
        LanguagePanel(),
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
            FieldPanel("image_alt_text", widget=AltTextInput("id_image")),
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
        APIField("heading", writable=True),
        APIField("introduction", writable=True),
        APIField("image", writable=True),
        APIField("image_alt_text", writable=True),
        APIField("image_is_decorative", writable=True),
        *(APIField(name) for name in STALENESS_FIELDS),
    ]

    class Meta:
        abstract = True

    @classmethod
    def nodes_of_lists(cls, pages: Collection[Page]) -> set[str]:
        """Return the nodes that pages of the types in `listed_on` depend on for listing some pages.

        Takes pages of this type, as it or as `Page`, before their child objects are stored.
        """
        return {pages_node(cls, page.locale_id) for page in pages}

    def update_aliases(self, **options: Any) -> None:
        """Publish the aliases with the content of this page, where it is live itself.

        Wagtail does so as well when a page that is not live has only been scheduled.
        """
        if self.live:
            super().update_aliases(**options)

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
        # Only a page that is in the tree has a path.
        if self.path and (parent := self.get_parent()):
            refuse_taken_address(self.slug, parent)

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
        """Return the page's public content in `content_schema`."""
        raise NotImplementedError

    def base_content(self, lookup: PublicLookup) -> Mapping[str, Any]:
        """Return the part of the content that all page types share."""
        return {
            "introduction": lookup.rich_text(self.introduction),
            "image": self.public_image(lookup),
        }

    def summary_details(self, lookup: PublicLookup) -> Mapping[str, Any]:
        """Return the fields of `PageSummary` that only some page types fill in, by name."""
        return NO_SUMMARY_DETAILS

    def public_description(self) -> str:
        """Return a description of the page for cards and lists: plain text in whole sentences."""
        return opening(self.introduction, DESCRIPTION_LENGTH)

    def public_summary(self, lookup: PublicLookup) -> PageSummary:
        """Return the summary of the page for lists and cards."""
        lookup.scope.note(summary_node(self.pk))
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
            last_published_at=self.last_published_at,
            **self.summary_details(lookup),
        )

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The previews of a draft; one in the front end where its URL is configured."""
        modes = [("", _("Web page"))]
        if settings.FRONTEND_URL:
            modes.append((FRONT_END_MODE, _("Front end")))
        return modes

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Route as Wagtail does; of pages below this one with one slug, the first live one answers.

        Only data from before slugs were kept apart has such pages (`cms.content.siblings`). The API
        takes the same one.
        """
        try:
            return super().route(request, path_components)
        except Page.MultipleObjectsReturned:
            same = self.get_children().filter(slug=path_components[0])
            child = same.order_by("-live", "path").first()
            if child is None:
                raise Http404 from None
            return child.specific.route(request, path_components[1:])

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        scope = PublicScope.for_request(request)
        mark_web_page(request, response, scope.site)
        name_page(response, self.pk, self.locale.language_code, scope.nodes)
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


def page_models() -> list[type[BasePage]]:
    """Return every page type of the site, in the order in which Django registered them."""
    return [model for model in get_page_models() if issubclass(model, BasePage)]
