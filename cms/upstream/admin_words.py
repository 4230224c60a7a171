"""Translates words of Wagtail's admin for each reader, where Wagtail has fixed them at its start.

From `wagtail.admin.forms`, `wagtail.admin.ui.tables`, `wagtail.admin.views.generic`,
`wagtail.admin.views.reports`, `wagtail.admin.viewsets.chooser`, `wagtail.admin.widgets.chooser`,
`wagtail.contrib.redirects`, `wagtail.images.forms`, `wagtail.sites.views` and
`wagtail.snippets.widgets`, Wagtail 8.0. What these modules translate when they are imported is in
the language of the settings, for readers of every language; some of it they translate never.
"""

from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as theirs
from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    LocaleFilterMixin,
    PhoneLinkChooserForm,
)
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.admin.forms.workflows import (
    TaskChooserSearchForm,
    WorkflowContentTypeForm,
    WorkflowPageForm,
)
from wagtail.admin.ui.tables import LocaleColumn, UpdatedAtColumn
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.generic.multiple_upload import AddView as MultipleUploadView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.images.forms import (
    GroupImagePermissionFormSet,
    ImageInsertionForm,
    URLGeneratorForm,
)
from wagtail.models import Locale, Page
from wagtail.sites.views import IndexView as SiteIndexView
from wagtail.snippets.widgets import AdminSnippetChooser
from wagtail_localize.models import Translation

VIEWSET: Final = {
    "choose_one_text": "Choose",
    "choose_another_text": "Choose another",
    "edit_item_text": "Edit",
    "search_tab_label": "Search",
    "create_action_label": "Create",
}
SNIPPETS: Final = {
    "choose_one_text": "Choose %(object)s",
    "choose_another_text": "Choose another %(object)s",
    "link_to_chosen_text": "Edit this %(object)s",
}
PERMISSIONS: Final = (
    (
        GroupCollectionManagementPermissionFormSet,
        {
            "add_collection": ("Add", "Add collections"),
            "change_collection": ("Edit", "Edit collections"),
            "delete_collection": ("Delete", "Delete collections"),
        },
    ),
    (
        GroupImagePermissionFormSet,
        {
            "add_image": ("Add", "Add/edit images you own"),
            "change_image": ("Edit", "Edit any image"),
            "choose_image": ("Choose", "Select images in choosers"),
        },
    ),
)
FORMS: Final = (
    (ExternalLinkChooserForm, {"link_text": "Link text"}),
    (AnchorLinkChooserForm, {"link_text": "Link text"}),
    (PhoneLinkChooserForm, {"phone_number": "Phone number", "link_text": "Link text"}),
    (
        EmailLinkChooserForm,
        {
            "email_address": "Email address",
            "link_text": "Link text",
            "subject": "Subject",
            "body": "Body",
        },
    ),
    (WorkflowContentTypeForm, {"content_types": "Content types"}),
    (WorkflowPageForm, {"page": "Page"}),
    (
        ImageInsertionForm,
        {"format": "Format", "image_is_decorative": "Image is decorative", "alt_text": "Alt text"},
    ),
    (
        URLGeneratorForm,
        {
            "filter_method": "Filter",
            "width": "Width",
            "height": "Height",
            "closeness": "Closeness",
        },
    ),
)
FILTERS: Final = (
    (LocaleFilterMixin, "locale", "Locale"),
    (TaskChooserSearchForm, "task_type", "Task type"),
)
NEWS: Final = "whats-new-in-wagtail-"
# What Wagtail's templates and code say, and its catalogues lack or say badly.
MISSING: Final = (
    gettext_noop("%(label)s and Publish"),
    gettext_noop("Cancel workflow "),
    gettext_noop("Restart workflow "),
    gettext_noop("What's new in Wagtail %(version)s"),
    gettext_noop("Content types"),
    gettext_noop("Email address"),
    gettext_noop("Link text"),
    gettext_noop("Phone number"),
    gettext_noop("Subject"),
    gettext_noop("Body"),
    gettext_noop("Must upload a file"),
)
# Types whose model names itself in English for everybody. No migration comes of another name here,
# as migrations are made from what the class says.
TYPES: Final = ((Locale, "locale", "Locales"), (Translation, "translation", "translations"))
COLUMNS: Final = ((LocaleColumn, "Locale"), (UpdatedAtColumn, "Updated"))
# Columns of exports that Wagtail heads with the name of an attribute.
EXPORTS: Final = (
    (WorkflowView, {"workflow": "Workflow", "requested_by": "Requested by"}),
    (
        WorkflowTasksView,
        {
            "task": "Task",
            "started_at": "Started at",
            "finished_at": "Completed at",
            "finished_by": gettext_noop("Finished by"),
        },
    ),
)
RESIZING: Final = {
    "original": "Original size",
    "width": "Resize to width",
    "height": "Resize to height",
    "min": "Resize to min",
    "max": "Resize to max",
    "fill": "Resize to fill",
}


def translate_for_each_reader() -> None:
    """Put lazy translations where Wagtail has finished ones. To be called once."""
    for name, text in VIEWSET.items():
        setattr(ChooserViewSet, name, theirs(text))
    for formset, labels in PERMISSIONS:
        formset.permission_types[:] = [
            (codename, theirs(short), theirs(long)) for codename, (short, long) in labels.items()
        ]
    for form, texts in FORMS:
        for name, text in texts.items():
            form.base_fields[name].label = theirs(text)
    URLGeneratorForm.base_fields["filter_method"].choices = [
        (value, theirs(text)) for value, text in RESIZING.items()
    ]
    kinds = RedirectsReportFilterSet.base_filters["is_permanent"]
    kinds.label = theirs("Type")
    kinds.extra["choices"] = ((True, theirs("Permanent")), (False, theirs("Temporary")))
    kinds.extra["empty_label"] = theirs("All")
    names = {"site_name": _("Site name"), "root_page": _("Root page")}
    for column in SiteIndexView.columns:
        column.label = names.get(column.name, column.label)
    for view, headings in EXPORTS:
        view.export_headings.update({name: theirs(text) for name, text in headings.items()})
    for model, one, several in TYPES:
        model._meta.verbose_name, model._meta.verbose_name_plural = theirs(one), theirs(several)
    _translate_choosers()
    _translate_columns()
    _translate_filters()
    _translate_uploads()


def _translate_choosers() -> None:
    of_page, of_snippet = AdminPageChooser.__init__, AdminSnippetChooser.__init__

    @wraps(of_page)
    def init_page(self: Any, *args: Any, **kwargs: Any) -> None:
        of_page(self, *args, **kwargs)
        if self.model is not Page and "choose_one_text" not in kwargs:
            self.choose_one_text = _of_type("%(text)s (%(object)s)", self.model, "Choose a page")

    @wraps(of_snippet)
    def init_snippet(self: Any, *args: Any, **kwargs: Any) -> None:
        of_snippet(self, *args, **kwargs)
        for name, text in SNIPPETS.items():
            if name not in kwargs:
                setattr(self, name, _of_type(text, self.model))

    AdminPageChooser.__init__ = init_page
    AdminSnippetChooser.__init__ = init_snippet


def _of_type(text: str, model: Any, other: str = "") -> Any:
    """Return a lazy text that names a type of content, and has another text in it."""

    def in_readers_language() -> str:
        values = {"object": model._meta.verbose_name, "text": gettext(other) if other else ""}
        return gettext(text) % values

    return lazy(in_readers_language, str)()


def _translate_columns() -> None:
    of_title = PageTitleColumn.get_header_context_data

    @wraps(of_title)
    def get_header_context_data(self: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = of_title(self, parent_context)
        if context["model_name"] is None:
            # Where a view does not say what it lists, Wagtail's header says "None".
            one = context["items_count"] == 1
            context["model_name"] = (
                Page._meta.verbose_name if one else Page._meta.verbose_name_plural
            )
        return context

    for column, text in COLUMNS:
        _label_lazily(column, theirs(text))
    PageTitleColumn.get_header_context_data = get_header_context_data


def _translate_filters() -> None:
    for form, name, label in FILTERS:
        _label_field(form, name, theirs(label))


def _label_field(form: Any, name: str, label: Any) -> None:
    """Label a field that a form makes for itself, which Django would call by its name."""
    upstream = form.__init__

    @wraps(upstream)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        upstream(self, *args, **kwargs)
        if name in self.fields:
            self.fields[name].label = label

    form.__init__ = init


def _translate_uploads() -> None:
    of_upload = MultipleUploadView.post

    @wraps(of_upload)
    def post(self: Any, request: HttpRequest) -> HttpResponse:
        if not request.FILES:
            return HttpResponseBadRequest(gettext("Must upload a file"))
        response: HttpResponse = of_upload(self, request)
        return response

    MultipleUploadView.post = post


def _label_lazily(column: Any, label: Any) -> None:
    upstream = column.__init__

    @wraps(upstream)
    def init(self: Any, **kwargs: Any) -> None:
        upstream(self, **{"label": label, **kwargs})

    column.__init__ = init


def translate_news(items: list[Any]) -> None:
    """Translate the item of the help menu that leads to what is new, which is made once for all."""
    for item in items:
        if item.name.startswith(NEWS):
            item.label = _whats_new(item.name.removeprefix(NEWS))


def _whats_new(version: str) -> Any:
    def in_readers_language() -> str:
        return gettext("What's new in Wagtail %(version)s") % {"version": version}

    return lazy(in_readers_language, str)()
