"""Middleware for all addresses: cookies, language, security policy, 404 page."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from .i18n import language_of_path


def is_admin(request: HttpRequest) -> bool:
    """Return whether a path belongs to the admin, whose language follows the editor."""
    return request.path.startswith(reverse("wagtailadmin_home"))


def preferred_language(request: HttpRequest) -> str:
    """Return the language that an editor has chosen, empty for whoever has chosen none."""
    profile = getattr(request.user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language()) if profile is not None else ""


class PublicAnswerMiddleware:
    """Sends no cookie with an answer that networks may give to others.

    Django's own middleware, which runs within this one, replaces a cookie that it cannot read and
    deletes that of an unknown session, whatever the answer is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "public" in response.get("Cache-Control", ""):
            response.cookies.clear()
            _vary_by_no_cookie(response)
        return response


class PathLocaleMiddleware(LocaleMiddleware):
    """Activates the language that the path names.

    Django's own middleware sends `Vary: Accept-Language` on unprefixed paths, although the header
    makes no difference there. Only the admin uses the browser's language, until an editor is
    logged in.
    """

    def process_request(self, request: HttpRequest) -> None:
        if is_admin(request):
            language = translation.get_language_from_request(request)
        else:
            language = language_of_path(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if is_admin(request):
            patch_vary_headers(response, ("Accept-Language",))
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


class AdminLanguageMiddleware:
    """Activates an editor's language for all that the admin answers.

    Wagtail does that for its views alone; what refuses a request around them would speak the
    browser's language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Wagtail's views read the same row, and find it there.
        if is_admin(request) and (language := preferred_language(request)):
            translation.activate(language)
        return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Sets a strict policy for visitors; the admin needs inline scripts and styles."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_admin(request) and not report_only:
            parts.update = {
                "script-src": ["'self'", "'unsafe-inline'"],
                "style-src": ["'self'", "'unsafe-inline'"],
                "img-src": ["blob:"],
                "frame-src": ["'self'", *filter(None, [settings.FRONTEND_URL])],
            }
        return parts


class UnlistedMiddleware:
    """Asks search engines to leave out every answer of a site that is not for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not settings.SEARCH_ENGINES:
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response


class NotFoundPageMiddleware:
    """Shows the site's own 404 page in development too, where Django lists URL patterns."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Http404):
            return None
        handler: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(404)
        return handler(request, exception)


def _vary_by_no_cookie(response: HttpResponseBase) -> None:
    headers = [name.strip() for name in response.get("Vary", "").split(",")]
    others = [name for name in headers if name.lower() != "cookie"]
    if any(others):
        response["Vary"] = ", ".join(others)
    else:
        del response["Vary"]
