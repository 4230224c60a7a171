"""Say in which language an add form begins, and in which others one may write instead."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.models import Locale, Page, Revision, TranslatableMixin
from wagtail.permissions import policy_registry

from cms.core.i18n import content_locales, language_in_sentence

# Of a person's last drafts, those that are looked at for one that is in a language.
LAST_DRAFTS = 5


def working_locales(user: Any) -> list[Locale]:
    """Return the content languages, first the one that a user most likely writes in.

    That is the language of the last draft that the user saved, and before any that of the admin.
    """
    locales = content_locales()
    drafts = Revision.objects.filter(user=user).order_by("-created_at", "-pk")
    written = drafts.values_list("content__locale", flat=True)[:LAST_DRAFTS]
    spoken = [pk for pk, each in locales.items() if each.language_code == get_language()]
    order = [pk for pk in (*written, *spoken, *locales) if pk in locales]
    return [locales[pk] for pk in dict.fromkeys(order)]


def may_add_in(user: Any, model: Any, locale: Locale) -> bool:
    """Whether a user may add shared content of a type in a language."""
    policy = policy_registry.get_by_type(model)
    return bool(policy.user_has_permission_for_instance(user, "add", model(locale=locale)))


def first_locale_to_add_in(user: Any, model: Any) -> Locale:
    """Return the language in which an add form of shared content begins for a user."""
    locales = working_locales(user)
    allowed = (locale for locale in locales if may_add_in(user, model, locale))
    return next(allowed, locales[0])


class NamesLanguage:
    """Let the title of an add form, which a screen reader reads first, name the language."""

    locale: Locale | None

    def get_page_subtitle(self) -> str:
        subtitle = str(super().get_page_subtitle())  # type: ignore[misc]  # of the view beside this
        if self.locale is None:
            return subtitle
        language = language_in_sentence(self.locale.language_code)
        return _("%(type)s in %(language)s") % {"type": subtitle, "language": language}


class LanguagePanel(Panel):
    """Says above the first field of something new in which language it is written."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/language_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is None and isinstance(self.instance, TranslatableMixin)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            language = language_in_sentence(self.instance.locale.language_code)
            others = _others(self.request, self.instance, getattr(self.form, "parent_page", None))
            return {
                **super().get_context_data(parent_context),
                "language": language,
                "others": [(language_in_sentence(code), url) for code, url in others],
            }


def _others(request: HttpRequest, new: Any, parent: Any) -> Iterable[tuple[str, str]]:
    """Yield code and URL of the same form in each other language in which the user may write."""
    if isinstance(new, Page):
        for page in parent.get_translations().select_related("locale") if parent else ():
            if page.permissions_for_user(request.user).can_add_subpage():
                names = (new._meta.app_label, new._meta.model_name, page.pk)
                yield page.locale.language_code, reverse("wagtailadmin_pages:add", args=names)
        return
    url = reverse(type(new).snippet_viewset.get_url_name("add"))
    for locale in content_locales().values():
        if locale.pk != new.locale_id and may_add_in(request.user, type(new), locale):
            yield locale.language_code, f"{url}?locale={locale.language_code}"
