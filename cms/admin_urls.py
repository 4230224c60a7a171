"""The addresses of the admin: Wagtail's and wagtail-localize's, some of them with views of ours.

Wagtail puts the addresses of its apps one after the other, and the first that fits is used. So
that neither the order of INSTALLED_APPS nor that of hooks decides who answers, our views take the
place of wagtail-localize's in its own patterns: under the same names, and at no address remain
those that they replace.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial, update_wrapper
from typing import Any, Final

from django.urls import URLPattern, URLResolver
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.admin.urls import urlpatterns as upstream

from cms.review.views.editing_texts import guarded_views
from cms.review.views.submitting import SubmitPageView, SubmitSnippetView
from cms.translation.desk.views import PreviewView
from cms.translation.exchange import views as exchange
from cms.translation.hooks import refuse_alias
from cms.translation.machine.views import translate_rest
from cms.translation.update_view import SafeUpdateView

View = Callable[..., Any]

LOCALIZE: Final = "wagtail_localize"
REPLACED: Final[dict[str, View]] = {
    **guarded_views(),
    "submit_page_translation": SubmitPageView.as_view(),
    "submit_snippet_translation": SubmitSnippetView.as_view(),
    "update_translations": SafeUpdateView.as_view(),
    "convert_to_alias": refuse_alias,
    "download_pofile": partial(exchange.export, kind="po"),
    "upload_pofile": exchange.instead_of_upstream,
    "machine_translate": translate_rest,
    "preview_translation": PreviewView.as_view(),
    "translations_report": RedirectView.as_view(pattern_name="translations_report"),
    "translations_report_results": RedirectView.as_view(pattern_name="translations_report"),
}


def patterns_in(namespace: str, patterns: Iterable[Any]) -> Iterator[URLPattern]:
    """All patterns below a namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside: list[Any] = pattern.url_patterns
            yield from inside if pattern.namespace == namespace else patterns_in(namespace, inside)


def _for_editors(view: View) -> View:
    """A view as Wagtail guards those of the admin."""
    for decorator in (require_admin_access, display_custom_404, never_cache):
        decorated: Any = decorator(view)
        view = update_wrapper(decorated, view)
    return view


def _replace() -> None:
    """Raises LookupError where wagtail-localize has no address of a name any more."""
    ours = {name: _for_editors(view) for name, view in REPLACED.items()}
    theirs = [each for each in patterns_in(LOCALIZE, upstream) if each.name in ours]
    if gone := ours.keys() - {each.name for each in theirs}:
        raise LookupError(f"wagtail-localize has no address {sorted(gone)}.")
    for pattern in theirs:
        pattern.callback = ours[str(pattern.name)]


_replace()
urlpatterns = upstream
