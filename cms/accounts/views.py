"""Views that check the password of a private page or document."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from .forms import RestrictionPasswordForm


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class PasswordView(View):
    """Check the password of a view restriction and redirect to `return_url`.

    Wagtail's own views do the same with a form that cannot be replaced.
    """

    restriction_model: type[Any]

    def get(self, request: HttpRequest, restriction_id: int, **kwargs: int) -> HttpResponse:
        restriction = self._restriction(restriction_id)
        return self.render_form(RestrictionPasswordForm(request, instance=restriction), **kwargs)

    def post(self, request: HttpRequest, restriction_id: int, **kwargs: int) -> HttpResponse:
        restriction = self._restriction(restriction_id)
        form = RestrictionPasswordForm(request, request.POST, instance=restriction)
        if not form.is_valid():
            return self.render_form(form, **kwargs)
        restriction.mark_as_passed(request)
        address = form.cleaned_data["return_url"]
        here = url_has_allowed_host_and_scheme(address, request.get_host(), request.is_secure())
        return redirect(address if here else self.fallback_url(**kwargs))

    def fallback_url(self, **kwargs: int) -> str:
        """Return the URL to redirect to where the form's is missing or on another host."""
        return settings.LOGIN_REDIRECT_URL

    def render_form(self, form: RestrictionPasswordForm, **kwargs: int) -> HttpResponse:
        """Return the page with the form."""
        raise NotImplementedError

    def _restriction(self, restriction_id: int) -> Any:
        passwords = self.restriction_model.objects.filter(restriction_type="password")
        return get_object_or_404(passwords, pk=restriction_id)


class PagePasswordView(PasswordView):
    """Check the password of a private page."""

    restriction_model = PageViewRestriction

    def fallback_url(self, **kwargs: int) -> str:
        return self._page(kwargs["page_id"]).get_url(self.request) or super().fallback_url()

    def render_form(self, form: RestrictionPasswordForm, **kwargs: int) -> HttpResponse:
        page = self._page(kwargs["page_id"])
        address = reverse(
            "wagtailcore_authenticate_with_password", args=[form.restriction.pk, page.pk]
        )
        response: HttpResponse = page.serve_password_required_response(self.request, form, address)
        return response

    def _page(self, page_id: int) -> Any:
        """Return a live page with the restriction. Raises Http404 for others, to hide their URL."""
        page = get_object_or_404(Page.objects.live(), pk=page_id).specific
        get_object_or_404(page.get_view_restrictions(), pk=self.kwargs["restriction_id"])
        return page


class DocumentPasswordView(PasswordView):
    """Check the password of a private collection's documents."""

    restriction_model = CollectionViewRestriction

    def render_form(self, form: RestrictionPasswordForm, **kwargs: int) -> HttpResponse:
        address = reverse("wagtaildocs_authenticate_with_password", args=[form.restriction.pk])
        context = {"form": form, "action_url": address}
        return TemplateResponse(self.request, "wagtaildocs/password_required.html", context)
