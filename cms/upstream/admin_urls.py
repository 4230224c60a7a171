"""The URL patterns of Wagtail's admin, and replacing views in them.

From `wagtail.admin.urls`, Wagtail 8.0: the list in which Wagtail has collected the patterns of
every app by the hook `register_admin_urls`. The first pattern that fits answers, and the order of
hooks is that of INSTALLED_APPS; a view of another app has no setting to replace it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import update_wrapper
from typing import Any

from django.urls import URLPattern, URLResolver
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404, urlpatterns

__all__ = ["patterns_in", "replace_views", "urlpatterns"]

View = Callable[..., Any]


def replace_views(namespace: str, views: Mapping[str, View]) -> None:
    """Put views in the place of those that have the same URL names in a namespace of the admin.

    Raises LookupError where the namespace has no URL of a name.
    """
    guarded = {name: _for_admin(view) for name, view in views.items()}
    found = [each for each in patterns_in(namespace, urlpatterns) if each.name in guarded]
    if gone := guarded.keys() - {each.name for each in found}:
        raise LookupError(f"{namespace} has no address {sorted(gone)}.")
    for pattern in found:
        pattern.callback = guarded[str(pattern.name)]


def patterns_in(namespace: str, patterns: Iterable[Any]) -> Iterator[URLPattern]:
    """Yield all patterns below a namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside: list[Any] = pattern.url_patterns
            yield from inside if pattern.namespace == namespace else patterns_in(namespace, inside)


def _for_admin(view: View) -> View:
    """Decorate a view as `wagtail.admin.urls` decorates those of the admin."""
    for decorator in (require_admin_access, display_custom_404, never_cache):
        decorated: Any = decorator(view)
        view = update_wrapper(decorated, view)
    return view
