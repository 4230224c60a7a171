"""`locales/` and `navigation/`: the languages, and the frame of the pages of one language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.decorators import decorate_view

from cms.core.i18n import language_name
from cms.public.cache_headers import mark_nodes
from cms.public.visibility import PublicScope
from cms.public.wayfinding import home_paths
from pages.frame import build_frame
from pages.frame_schemas import Frame

from ..languages import find_locale, set_content_language
from ..parameter_checks import strict
from ..parameters import NavigationParameters
from ..schemas import LocaleInfo, LocaleList

router = Router(tags=["site"])


@router.get(
    "locales/", response=LocaleList, operation_id="listLocales", summary="The languages of the site"
)
@decorate_view(strict())
def list_locales(request: HttpRequest, response: HttpResponse) -> LocaleList:
    """In the order in which the site names them."""
    scope = PublicScope.for_request(request)
    homes = home_paths(scope)
    mark_nodes(response, scope.nodes)
    return LocaleList(
        items=[
            LocaleInfo(
                code=locale.language_code,
                name=language_name(locale.language_code),
                is_default=locale.language_code == settings.LANGUAGE_CODE,
                home_path=homes.get(locale.language_code),
            )
            for locale in scope.locales.values()
        ]
    )


@router.get(
    "navigation/",
    response=Frame,
    operation_id="getNavigation",
    summary="Menu, contact, crisis help and footer of a language",
)
@decorate_view(strict(NavigationParameters))
def navigation(
    request: HttpRequest, response: HttpResponse, query: Query[NavigationParameters]
) -> Frame:
    """What is on every page of a language."""
    scope = PublicScope.for_request(request)
    frame = build_frame(scope, find_locale(scope, query.locale), query.rich_text)
    set_content_language(response, frame.locale)
    mark_nodes(response, scope.nodes)
    return frame
