"""Choosers of snippets: their order, several choices at once, and a form for a new snippet.

A type gets the form with a `ChooserViewSet` that names a `creation_form_class`.
"""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from cms.core.collation import in_alphabetical_order
from cms.core.creation import make_once
from cms.upstream import snippets
from cms.upstream.actions import create_action


class InAlphabeticalOrder:
    """Lists the choices of a chooser in the alphabetical order of the editor's language."""

    def apply_object_list_ordering(self, objects: Any) -> Any:
        ordered = super().apply_object_list_ordering(objects)  # type: ignore[misc]  # a mixin
        return in_alphabetical_order(ordered, get_language())


class CreationForm(WagtailAdminModelForm):
    """A form in a chooser for a new snippet, in the language of the page that chooses.

    Takes `may_publish`: whether its user may publish such a snippet without a review.
    """

    publish = forms.BooleanField(
        label=_("Publish at once"),
        required=False,
        initial=True,
        help_text=_("Otherwise it is a draft, and pages show it when it is published."),
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_publish:
            return
        publish = self.fields["publish"]
        publish.disabled, publish.initial = True, False
        publish.help_text = (
            _("A clinical reviewer approves it first. Open it from the page and submit it.")
            if self.instance.needs_clinical_review
            else _("It is a draft until somebody publishes it who may.")
        )


class CreatesInLanguage:
    """Lets a view of a chooser offer the form to those who may write in the page's language."""

    request: Any
    model_class: Any

    @cached_property
    def locale(self) -> Locale:
        """The language that the address names, or the site's own. Raises Http404."""
        code = self.request.GET.get("locale")
        return get_object_or_404(Locale, language_code=code) if code else Locale.get_default()

    def can_create(self) -> bool:
        return self._may("add")

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_creation_form_kwargs()  # type: ignore[misc]  # a mixin
        may_publish = self._may("publish") and not self.model_class.needs_clinical_review
        return {
            **kwargs,
            "instance": self.model_class(locale=self.locale),
            "for_user": self.request.user,
            "may_publish": may_publish,
        }

    def _may(self, action: str) -> bool:
        policy = policy_registry.get_by_type(self.model_class)
        instance = self.model_class(locale=self.locale)
        return bool(policy.user_has_permission_for_instance(self.request.user, action, instance))


class ChooseView(CreatesInLanguage, InAlphabeticalOrder, snippets.ChooseView):
    pass


class ChooseResultsView(CreatesInLanguage, InAlphabeticalOrder, snippets.ChooseResultsView):
    pass


class CreateView(CreatesInLanguage, snippets.CreateInChooserView):
    def save_form(self, form: CreationForm) -> Any:
        action = create_action(form.instance)
        publish = form.cleaned_data["publish"]
        made = action(form.instance, user=self.request.user, form=form, publish=publish)
        return make_once(self.request, made.execute)


class ChosenMultipleView(snippets.SnippetChosenMultipleView):
    def get_objects(self, pks: list[str]) -> list[Any]:
        """Return the chosen snippets in the order in which the chooser listed them."""
        return sorted(super().get_objects(pks), key=lambda chosen: pks.index(str(chosen.pk)))


class ChooserViewSet(snippets.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    create_view_class = CreateView
    chosen_multiple_view_class = ChosenMultipleView
    # The language of the page, which is that of a new snippet.
    preserve_url_parameters = ["multiple", "locale"]
