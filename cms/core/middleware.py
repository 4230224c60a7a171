"""The language of a request and the content security policy of a response, both by path."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property

from .i18n import language_of_path


class AdminPaths:
    """Which paths belong to the editors: their pages follow the editor, not the path."""

    @cached_property
    def admin_prefixes(self) -> tuple[str, ...]:
        return (reverse("wagtailadmin_home"), reverse("admin:index"))

    def is_admin(self, request: HttpRequest) -> bool:
        return request.path.startswith(self.admin_prefixes)


class PathLocaleMiddleware(AdminPaths, LocaleMiddleware):
    """Activates the language that the path names.

    Django's own middleware says `Vary: Accept-Language` on unprefixed paths although the
    header has no say there. Only the admin asks the browser, until the editor's profile
    answers.
    """

    def process_request(self, request: HttpRequest) -> None:
        if self.is_admin(request):
            language = translation.get_language_from_request(request)
        else:
            language = language_of_path(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if self.is_admin(request):
            patch_vary_headers(response, ("Accept-Language",))
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


class ContentSecurityPolicyMiddleware(AdminPaths, CSPMiddleware):
    """A strict policy for visitors; the Wagtail admin needs inline scripts and styles."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if self.is_admin(request) and not report_only:
            parts.update = {
                "script-src": ["'self'", "'unsafe-inline'"],
                "style-src": ["'self'", "'unsafe-inline'"],
                "img-src": ["blob:"],
            }
        return parts
