"""Forms for passwords that tell how long to wait after too many wrong ones."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm
from wagtail.admin.forms.auth import PasswordResetForm

from cms.upstream.serving import PasswordViewRestrictionForm

from .attempts import forget_failures, is_allowed, note_failure, waiting_message


class VisitorLoginForm(AuthenticationForm):
    """The login form of pages that only some users may read."""

    # Optional in Django, but every view passes it.
    request: HttpRequest

    def get_invalid_login_error(self) -> ValidationError:
        message = waiting_message(self.request, self.cleaned_data["username"])
        if message:
            return ValidationError(message, code="too_many_attempts")
        return super().get_invalid_login_error()


class AdminLoginForm(VisitorLoginForm, WagtailLoginForm):
    """The login form of the admin."""


class ResetForm(PasswordResetForm):
    """Mails the way to a new password in the language of the account."""

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        profile = getattr(context["user"], "wagtail_userprofile", None)
        language = (profile and profile.preferred_language) or settings.LANGUAGE_CODE
        with translation.override(language):
            super().send_mail(subject_template_name, email_template_name, context, *args, **kwargs)


class RestrictionPasswordForm(PasswordViewRestrictionForm):
    """The password form of a private page or of a private collection's documents.

    After too many failures it refuses every password, also the right one.
    """

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["return_url"].required = False
        self.fields["password"].widget.attrs["autocomplete"] = "off"
        self._request = request
        # No user name has a space.
        self._name = f"{self.restriction._meta.label_lower} {self.restriction.pk}"

    def clean_password(self) -> str:
        if not is_allowed(self._request, self._name):
            self._request.axes_locked_out = True
            raise self._too_many()
        try:
            password: str = super().clean_password()
        except ValidationError:
            note_failure(self._request, self._name)
            if not is_allowed(self._request, self._name):
                raise self._too_many() from None
            raise
        forget_failures(self._request, self._name)
        return password

    def _too_many(self) -> ValidationError:
        return ValidationError(
            waiting_message(self._request, self._name) or "", code="too_many_attempts"
        )
