"""Form of a webhook."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Site

from cms.journal.models import Action, Kind

ACTIONS = [
    (Action.PUBLISHED.value, _("Published")),
    (Action.CHANGED.value, _("Changed")),
    (Action.MOVED.value, _("Moved to another address")),
    (Action.REORDERED.value, _("Put in another order")),
    (Action.UNPUBLISHED.value, _("Unpublished")),
    (Action.DELETED.value, _("Deleted")),
    (Action.RESTRICTED.value, _("Made private")),
    (Action.UNRESTRICTED.value, _("Made public again")),
]
KINDS = [
    (Kind.PAGE.value, _("Pages")),
    (Kind.SNIPPET.value, _("Shared content, such as questions and concerns")),
    (Kind.IMAGE.value, _("Images")),
    (Kind.DOCUMENT.value, _("Documents")),
    (Kind.COLLECTION.value, _("Collections of images and documents")),
    (Kind.REDIRECT.value, _("Redirects")),
    (Kind.SITE.value, _("Settings of the site")),
    (Kind.LOCALE.value, _("Languages")),
]


class ChoicesField(forms.MultipleChoiceField):
    """A field of checkboxes; no choice means all."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class EndpointForm(WagtailAdminModelForm):
    actions = ChoicesField(
        label=_("What happened"), choices=ACTIONS, help_text=_("Choose none to be told of all.")
    )
    kinds = ChoicesField(
        label=_("To what"), choices=KINDS, help_text=_("Choose none to be told of all.")
    )
    languages = ChoicesField(
        label=_("Languages"),
        help_text=_("Choose none to be told of all. A change that shows in a language counts too."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = settings.WAGTAIL_CONTENT_LANGUAGES
        sites = Site.objects.order_by("-is_default_site")
        if self.instance.site_id is None:
            self.instance.site = sites[0]
            self.initial["site"] = sites[0].pk
        if len(sites) == 1:
            del self.fields["site"]

    def save(self, commit: bool = True) -> Any:
        if self.instance.active:
            # The problem may be solved: try again at once.
            self.instance.forget_failures()
        return super().save(commit)
