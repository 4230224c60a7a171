"""Builds a page's breadcrumb, language links, and metadata for search engines."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page, Site

from cms.core.i18n import language_name

from .lookup import PublicLookup
from .page_paths import absolute_url, page_path
from .rich_text import excerpt, plain_text
from .schemas import Breadcrumb, Image, PublicSchema, Translation
from .seo_schemas import (
    Alternate,
    BreadcrumbListJsonLd,
    JsonLd,
    JsonLdListItem,
    MedicalWebPageJsonLd,
    OrganizationJsonLd,
    PersonJsonLd,
    ReviewedWebPageJsonLd,
    Seo,
    WebPageJsonLd,
    WebSiteJsonLd,
)
from .visibility import PublicScope

DESCRIPTION_LENGTH = 155


def breadcrumbs(page: Page, lookup: PublicLookup) -> list[Breadcrumb]:
    """Return the ancestors of a page that was looked up, from its language's home page down."""
    roots = {root.root_path for root in Site.get_site_root_paths()}
    trail: list[Breadcrumb] = []
    for ancestor in reversed(lookup.ancestors(page)):
        trail.insert(0, Breadcrumb(title=ancestor.title, path=ancestor.path))
        if ancestor.url_path in roots:
            break
    return trail


def translations(page: Page, lookup: PublicLookup) -> list[Translation]:
    """Return the page in other languages, in the site's order of languages."""
    found = {other.locale_id: other for other in lookup.translations(page)}
    return [
        Translation(
            locale=locale.language_code,
            title=found[pk].title,
            path=found[pk].path,
        )
        for pk, locale in lookup.scope.locales.items()
        if pk in found
    ]


def alternates(page: Page, others: list[Translation], scope: PublicScope) -> list[Alternate]:
    """Return the `hreflang` links: each language including the page's own, and x-default.

    x-default is the site's default language where the page has it, otherwise the page itself. Rule:
    https://developers.google.com/search/docs/specialty/international/localized-versions
    """
    paths = {other.locale: other.path for other in others}
    own = scope.locales[page.locale_id].language_code
    paths[own] = page_path(page)
    links = [
        Alternate(hreflang=locale.language_code, href=absolute_url(scope.site, path))
        for locale in scope.locales.values()
        if (path := paths.get(locale.language_code))
    ]
    default = paths.get(settings.LANGUAGE_CODE) or paths[own]
    links.append(Alternate(hreflang="x-default", href=absolute_url(scope.site, default)))
    return links


def seo(
    page: Any,
    *,
    trail: list[Breadcrumb],
    others: list[Translation],
    image: Image | None,
    scope: PublicScope,
) -> Seo:
    """Return the metadata of a page for search engines and link previews."""
    # The title of a home page, such as "Home", only serves menus and breadcrumbs.
    title = page.seo_title or (page.title if trail else page.public_heading)
    description = page.search_description or excerpt(page.introduction, DESCRIPTION_LENGTH)
    language = scope.locales[page.locale_id].language_code
    with translation.override(language):
        # Translators: your language and its country, as link previews have them: sv_SE, de_DE.
        og_locale = gettext("en_GB")
    return Seo(
        title=title,
        description=description,
        canonical_url=absolute_url(scope.site, page_path(page)),
        image=image.url if image else None,
        image_alt=(image.alt or None) if image else None,
        image_width=image.width if image else None,
        image_height=image.height if image else None,
        og_locale=og_locale,
        alternates=alternates(page, others, scope),
        json_ld=_json_ld(page, description, trail, scope),
    )


def _json_ld(
    page: Any, description: str, trail: list[Breadcrumb], scope: PublicScope
) -> list[JsonLd]:
    """Return the structured data of a page: what its readers see, in the words of schema.org.

    The page of questions is no `FAQPage`: that would repeat every answer in the head, and search
    engines show it only for authorities.
    """
    language = scope.locales[page.locale_id].language_code
    home = scope.homes.get(page.locale_id)
    home_url = absolute_url(scope.site, page_path(home) if home else "/")
    publisher = OrganizationJsonLd(name=settings.WAGTAIL_SITE_NAME, url=home_url)
    items: list[JsonLd] = [
        _web_page(
            page,
            name=plain_text(page.public_heading),
            description=description,
            inLanguage=language,
            url=absolute_url(scope.site, page_path(page)),
            dateModified=page.last_published_at and page.last_published_at.replace(microsecond=0),
            publisher=publisher,
        )
    ]
    if not trail:
        items.append(
            WebSiteJsonLd(
                name=publisher.name, url=home_url, inLanguage=language, publisher=publisher
            )
        )
    crumbs = [*trail, Breadcrumb(title=page.title, path=page_path(page))]
    items.append(
        BreadcrumbListJsonLd(
            itemListElement=[
                JsonLdListItem(
                    position=number, name=crumb.title, item=absolute_url(scope.site, crumb.path)
                )
                for number, crumb in enumerate(crumbs, start=1)
            ]
        )
    )
    return items


def _web_page(page: Any, **facts: Any) -> WebPageJsonLd | MedicalWebPageJsonLd:
    if not page.needs_clinical_review:
        return WebPageJsonLd(**facts)
    facts["about"] = page.json_ld_about()
    review = page.public_review()
    if review is None or review.reviewer.is_made_up:
        return MedicalWebPageJsonLd(**facts)
    return ReviewedWebPageJsonLd(
        **facts,
        lastReviewed=review.reviewed_on,
        reviewedBy=PersonJsonLd(name=review.reviewer.name, jobTitle=review.reviewer.title),
    )


class LanguageChoice(PublicSchema):
    """One entry of the language switcher."""

    code: str
    name: str
    path: str
    is_current: bool
    is_translated: bool


def home_paths(scope: PublicScope) -> dict[str, str]:
    """Return the path of the site's home page in each language that has one, by language code."""
    return {
        locale.language_code: page_path(scope.homes[pk])
        for pk, locale in scope.locales.items()
        if pk in scope.homes
    }


def language_choices(
    scope: PublicScope, current: str, others: list[Translation]
) -> list[LanguageChoice]:
    """Return the entries of the language switcher: translations, otherwise home pages."""
    translated = {other.locale: other.path for other in others}
    return [
        LanguageChoice(
            code=code,
            name=language_name(code),
            path=translated.get(code, home),
            is_current=code == current,
            is_translated=code in translated,
        )
        for code, home in home_paths(scope).items()
    ]
