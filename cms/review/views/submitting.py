"""Submit objects for translation, limited to the user's languages.

wagtail-localize checks only the permission to submit, offers every missing language, and fails
with a server error where an object cannot be translated; here that is an error of the form.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.translation.engine.creating import SourceGone
from cms.translation.engine.foreign_texts import missing_languages
from cms.upstream.localize_views import SubmitPageTranslationView, SubmitSnippetTranslationView

from ..languages import languages_of


class OwnLanguagesMixin:
    """Offer the languages of the user in which the object is missing; choose the only one.

    A freed alias or a copy still is a draft in another language's words: upstream takes it for a
    translation. Raises PermissionDenied where none is missing.
    """

    request: HttpRequest
    refused_form: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.request = request
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view beside this
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the view beside this
        except SourceGone as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect("wagtailadmin_home")
        except ValidationError as error:
            form.add_error("locales", error)
        except IntegrityError:
            # Another request has created the same translation since the form was validated.
            message = _("Another translation has been begun at the same moment. Try again.")
            form.add_error("locales", message)
        else:
            return response
        return self.refuse(form)

    def refuse(self, form: Any) -> HttpResponse:
        """Show a form again with the errors that were added to it."""
        self.refused_form = form
        refusal: HttpResponse = self.render_to_response(self.get_context_data())  # type: ignore[attr-defined]  # of the view beside this
        return refusal

    def get_form(self) -> Any:
        if self.refused_form is not None:
            return self.refused_form
        form: Any = super().get_form()  # type: ignore[misc]  # of the view beside this
        field = form.fields["locales"]
        field.queryset = missing_languages(self.object)  # type: ignore[attr-defined]  # of the view beside this
        languages = languages_of(self.request.user)
        if languages is not None:
            field.queryset = field.queryset.filter(pk__in=languages)
            if not field.queryset.exists():
                raise PermissionDenied
        if len(field.queryset) == 1:
            # Nothing to choose: one press begins the translation.
            form.initial.setdefault("locales", list(field.queryset))
        return form


class SubmitPageView(OwnLanguagesMixin, SubmitPageTranslationView):
    """Submit a page. An alias is refused: it shows the content of its source."""

    def form_valid(self, form: Any) -> HttpResponse:
        if self.object.alias_of_id is None:
            return super().form_valid(form)
        message = _("“%(page)s” is an alias. Translate the page whose content it shows.")
        form.add_error("locales", message % {"page": self.object})
        return self.refuse(form)


class SubmitSnippetView(OwnLanguagesMixin, SubmitSnippetTranslationView):
    """Submit a snippet."""
