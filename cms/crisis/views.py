"""The admin's page on which somebody confirms that the crisis help of a language is right."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from cms.core.editing_rights import edit_url, may_edit
from cms.core.i18n import language_in_sentence
from cms.public.streams import public_items
from pages.crisis_help import confirm, crisis_help_states, ways_to_help
from pages.models import SiteFurniture

from .rights import may_confirm


class ConfirmCrisisHelpView(View):
    """Shows the live contacts of a language; a POST writes the confirmation into the history."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.furniture = get_object_or_404(
            SiteFurniture.objects.select_related("locale"), pk=kwargs["pk"]
        )
        if not may_confirm(request.user, self.furniture):
            raise PermissionDenied
        (self.state,) = crisis_help_states(self.furniture.locale)
        self.language = language_in_sentence(self.furniture.locale.language_code)
        if self.state.furniture is None:
            messages.error(
                request,
                _(
                    "There is no crisis help in %(language)s to confirm: visitors are shown none "
                    "with a telephone number. Publish it first."
                )
                % {"language": self.language},
            )
            return redirect(edit_url(self.furniture) or reverse("wagtailadmin_home"))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        title = _("Confirm the crisis help in %(language)s") % {"language": self.language}
        may = may_edit(request.user, self.furniture)
        context = {
            "title": title,
            "state": self.state,
            "furniture": self.state.furniture,
            "contacts": public_items(self.furniture.crisis_contacts, lambda child: child.value),
            "ways": ways_to_help(self.furniture),
            "edit_url": edit_url(self.furniture) if may else "",
        }
        return render(request, "crisis/confirm.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.POST.get("ways") != ways_to_help(self.furniture):
            messages.error(
                request,
                _("Nothing is confirmed: somebody has changed the crisis help. Check it again."),
            )
            return self.get(request, pk)
        confirm(self.furniture, request.user)
        messages.success(
            request,
            _("The crisis help in %(language)s is confirmed. Thank you.")
            % {"language": self.language},
        )
        return redirect("wagtailadmin_home")
