"""Files of fixed names for programs: `robots.txt`, `llms.txt`, `security.txt`, the manifest."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.core.i18n import language_name
from cms.public.cache_headers import mark_lasting
from cms.public.page_paths import absolute_url, page_path
from cms.public.rich_text import plain_text
from cms.public.visibility import PublicScope

# RFC 9116 advises less than a year.
SECURITY_TXT_HOLDS = timedelta(days=180)


def robots_txt(request: HttpRequest) -> HttpResponse:
    """Let programs read all but the admin (RFC 9309), or nothing of a site that is not listed."""
    scope = PublicScope.for_request(request)
    lines = ["User-agent: *"]
    if settings.SEARCH_ENGINES:
        sitemap = absolute_url(scope.site, reverse("sitemap"))
        lines += [f"Disallow: {reverse('wagtailadmin_home')}", "", f"Sitemap: {sitemap}"]
    else:
        lines.append("Disallow: /")
    return _lasting(request, _plain(lines))


def llms_txt(request: HttpRequest) -> HttpResponse:
    """Say in a few lines what the site is and where its texts are (https://llmstxt.org)."""
    scope = PublicScope.for_request(request)

    def link(name: str, path: str) -> str:
        return f"[{name}]({absolute_url(scope.site, path)})"

    homes = Page.objects.filter(pk__in=[home.pk for home in scope.homes.values()]).specific()
    by_locale = {home.locale_id: home for home in homes}
    lines = [
        f"# {settings.WAGTAIL_SITE_NAME}",
        "",
        "Every page is there as Markdown too: add `index.md` to its address, or ask for it with "
        "`Accept: text/markdown`. Each begins with its language, its review and the help in a "
        "crisis: pass these on.",
        "",
    ]
    for pk, locale in scope.locales.items():
        if home := by_locale.get(pk):
            code = locale.language_code
            about = plain_text(home.introduction)
            lines.append(f"- {link(language_name(code), f'{page_path(home)}index.md')}: {about}")
    lines += [
        f"- {link('Sitemap', reverse('sitemap'))}: all pages in all languages",
        f"- {link('API', reverse('delivery:openapi-view'))}: the same content, typed",
    ]
    return _lasting(request, _plain(lines))


def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where somebody who finds a weakness can turn (RFC 9116), where the operator has said."""
    if not settings.SECURITY_CONTACT:
        raise Http404("No contact for security is set.")
    scope = PublicScope.for_request(request)
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(today + SECURITY_TXT_HOLDS).isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {absolute_url(scope.site, reverse('security_txt'))}",
    ]
    response = _plain(lines)
    # The date moves on without any change of the content.
    response["Cache-Control"] = "no-cache"
    return response


def manifest(request: HttpRequest) -> HttpResponse:
    """Name the site and its icons for home screens (https://www.w3.org/TR/appmanifest/)."""
    response = JsonResponse(
        {
            "name": settings.WAGTAIL_SITE_NAME,
            "short_name": settings.WAGTAIL_SITE_NAME,
            "lang": settings.LANGUAGE_CODE,
            "start_url": "/",
            "display": "browser",
            "background_color": "#fbf8f3",
            "theme_color": "#fbf8f3",
            "icons": [
                {"src": static(f"core/icon-{size}.png"), "sizes": f"{size}x{size}"}
                for size in (192, 512)
            ],
        },
        content_type="application/manifest+json",
    )
    return _lasting(request, response)


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead programs that know of no other address to the icon."""
    return redirect(static("core/favicon.ico"), permanent=True)


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _lasting(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    mark_lasting(request, response, PublicScope.for_request(request).site)
    return response
