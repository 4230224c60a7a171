"""Creates the demo site, object by object, each in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Revision, Site
from wagtail_localize.models import TranslationSource

from cms.content.clinical_review import without_review
from cms.content.completeness import MustBeComplete
from cms.content.models import BasePage, BaseSnippet
from faq.models import FaqEntry, FaqPage, FaqTopic

from ..crisis_help import confirm, crisis_help_states
from ..models import (
    Concern,
    ConcernIndexPage,
    ConcernPage,
    ContentPage,
    HomePage,
    SelfTestCallToAction,
    SelfTestPage,
    SiteFurniture,
    TherapyMethodConcern,
    TherapyMethodIndexPage,
    TherapyMethodPage,
)
from . import fields
from .demo_files import (
    DEMO_DIR,
    demo_uuid,
    image_descriptions,
    in_language,
    load,
    load_methods,
    other_language,
)
from .translating import set_fields, translate
from .users import approve

Data = Mapping[str, Any]
Fields = Callable[[Data, fields.CreatedObjects], dict[str, Any]]

PAGE_TYPES: dict[str, type[BasePage]] = {
    "home": HomePage,
    "concern": ConcernPage,
    "concern_index": ConcernIndexPage,
    "content": ContentPage,
    "faq": FaqPage,
    "method_index": TherapyMethodIndexPage,
    "self_test": SelfTestPage,
    "therapy_method": TherapyMethodPage,
}


class Seeder:
    """Creates missing demo objects, and with `reset` also overwrites what editors changed."""

    def __init__(self, *, reset: bool = False) -> None:
        self.reset = reset
        self.created = fields.CreatedObjects()
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.pages = _page_data()
        self.descriptions = dict(image_descriptions(self.pages, settings.LANGUAGE_CODE))

    def steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield the name and the function of each step, in the order in which they must run."""
        for path in sorted((DEMO_DIR / "images").glob("*.webp")):
            yield path.stem, partial(self._image, path)
        yield "pages", self._page_tree
        faq = load("faq.toml")
        snippets: list[tuple[str, type[BaseSnippet], Fields, list[Data]]] = [
            (
                "concern",
                Concern,
                fields.concern_fields,
                _numbered(load("concerns.toml")["concern"]),
            ),
            ("topic", FaqTopic, fields.topic_fields, _numbered(faq["topic"])),
            ("entry", FaqEntry, fields.entry_fields, _numbered(faq["entry"])),
            ("cta", SelfTestCallToAction, fields.cta_fields, load("self_test_ctas.toml")["cta"]),
            (
                "furniture",
                SiteFurniture,
                fields.furniture_fields,
                [{"key": "furniture", **load("furniture.toml")}],
            ),
        ]
        for kind, model, make_fields, objects in snippets:
            for data in objects:
                yield (
                    f"{kind} {data['key']}",
                    partial(self._snippet, kind, model, make_fields, data),
                )
        yield "confirmed crisis help", self._confirm_crisis_help
        # The home page last: once it is live, the whole demo content is there.
        for data in [*self.pages[1:], self.pages[0]]:
            yield f"page {data['key']}", partial(self._page, data)

    def _image(self, path: Any) -> None:
        title = f"Samtal – {path.stem}"
        image = get_image_model().objects.filter(title=title).first()
        if image is None:
            with path.open("rb") as file:
                image = get_image_model()(title=title, file=ImageFile(file, name=path.name))
                image.description = self.descriptions.get(path.name, "")
                image.save()
        elif self.reset and not image.description:
            image.description = self.descriptions.get(path.name, "")
            image.save(update_fields=["description"])
        self.created.images[path.name] = image.pk

    @transaction.atomic
    def _page_tree(self) -> None:
        """Create every page in every language as an empty draft, so that links have targets."""
        for data in self.pages:
            for language in (data["source"], other_language(data["source"])):
                page = self._find_or_add_draft(data, language)
                self.created.pages[data["key"], language] = page.pk
                if "parent" not in data and language == settings.LANGUAGE_CODE:
                    self._make_site(page)

    def _make_site(self, home: Page) -> None:
        """Make the demo home page the root of the default site, unless an editor chose another."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        if site is None:
            Site.objects.create(
                hostname="localhost", site_name="Samtal", root_page=home, is_default_site=True
            )
        elif site.root_page.specific_class is Page:
            welcome, site.root_page, site.site_name = site.root_page, home, "Samtal"
            address = urlsplit(settings.BASE_URL)
            site.hostname = address.hostname or site.hostname
            site.port = address.port or (443 if address.scheme == "https" else 80)
            site.save()
            if not welcome.is_root() and not welcome.numchild:
                welcome.delete()

    def _find_or_add_draft(self, data: Data, language: str) -> BasePage:
        model = PAGE_TYPES[data["type"]]
        names = {
            "translation_key": demo_uuid("page", data["key"]),
            "locale": self.locales[language],
        }
        if page := model.objects.filter(**names).first():
            return page
        parent = (
            Page.objects.get(pk=self.created.pages[data["parent"], language])
            if "parent" in data
            else Page.get_first_root_node()
        )
        text = in_language(data, language)
        # Set the final slug at once: a later change of slug would create a redirect.
        page = model(**names, title=text["title"], slug=text["slug"], live=False)
        parent.add_child(instance=page)
        return page

    def _snippet(
        self, kind: str, model: type[BaseSnippet], make_fields: Fields, data: Data
    ) -> None:
        language = data["source"]
        other = other_language(language)
        key = demo_uuid(kind, data["key"])
        found = model._default_manager.filter(translation_key=key, locale=self.locales[language])
        instance = found.first()
        if instance is None or self.reset:
            instance = instance or model(translation_key=key, locale=self.locales[language])
            with without_review(), transaction.atomic():
                self._publish(instance, make_fields, data)
            approve(instance)
        self.created.snippets[kind, data["key"], language] = instance.pk
        translation = instance.get_translation_or_none(self.locales[other])
        if translation is not None:
            self.created.snippets[kind, data["key"], other] = translation.pk

    @transaction.atomic
    def _confirm_crisis_help(self) -> None:
        """Confirm the demo's crisis help where nobody has yet, so that its pages can go live."""
        for state in crisis_help_states(*self.locales.values()):
            if state.furniture and state.confirmed_on is None:
                confirm(state.furniture, user=None)

    def _page(self, data: Data) -> None:
        language = data["source"]
        page = Page.objects.get(pk=self.created.pages[data["key"], language]).specific
        written = TranslationSource.objects.filter(object_id=page.translation_key).exists()
        if written and not self.reset and not _is_from_before(page):
            return
        with without_review(), transaction.atomic():
            if "concerns" in data:
                page.concern_links = [
                    TherapyMethodConcern(
                        concern_id=self.created.snippets["concern", concern, language],
                        translation_key=demo_uuid("page", data["key"], concern),
                        locale=page.locale,
                        sort_order=number,
                    )
                    for number, concern in enumerate(data["concerns"])
                ]
            self._publish(page, fields.page_fields, data)
        approve(page)

    def _publish(self, instance: Any, make_fields: Fields, data: Data) -> None:
        """Write and publish an object in its source language, then its translation."""
        language = data["source"]
        other = other_language(language)
        self.created.source = language
        set_fields(instance, make_fields(in_language(data, language), self.created))
        if instance.pk is None:
            instance.save()
        instance.save_revision().publish()
        instance.refresh_from_db()
        translate(
            instance, make_fields(in_language(data, other), self.created), self.locales[other]
        )


def _is_from_before(page: Any) -> bool:
    """Return whether a page lacks what its type must have since, and nobody has ever changed it."""
    is_complete = not isinstance(page, MustBeComplete) or not page.publication_errors()
    if is_complete:
        return False
    family = page.get_translations(inclusive=True)
    by_hand = Revision.objects.filter(object_id__in=map(str, family.values_list("pk", flat=True)))
    return not by_hand.filter(
        base_content_type=ContentType.objects.get_for_model(Page), user__isnull=False
    ).exists()


def _page_data() -> list[Data]:
    """Return the data of all pages, parents before children."""
    methods = [
        {**method, "type": "therapy_method", "parent": "methods"} for method in load_methods()
    ]
    concerns = [
        {**concern, "type": "concern", "parent": "concerns"}
        for concern in load("concern_pages.toml")["page"]
    ]
    return [*load("pages.toml")["page"], *methods, *concerns]


def _numbered(objects: list[dict[str, Any]]) -> list[Data]:
    """Add to each object its position in the file, from 1."""
    return [{**data, "position": number} for number, data in enumerate(objects, start=1)]
