"""How Wagtail reads streams, rich text, redirects and links from what was typed.

From `wagtail.blocks.base`, `wagtail.admin.rich_text` and its converters,
`wagtail.admin.views.chooser`, `wagtail.contrib.redirects` and `draftjs_exporter.error`,
Wagtail 8.0. Wagtail takes what its own scripts send for granted: a missing or wrong number is an
error of the server (wagtail/wagtail issues 1697 and 11920). Every StreamField and rich text makes
these widgets by itself, so that they cannot be subclassed. A redirect whose path cannot be read is
an error of the server too.

Each `wrap_…` puts a wrapper around a method. The wrapper gets the original method first, then its
arguments, `self` included.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.forms import CharField
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.views.chooser import EmailLinkView
from wagtail.blocks.base import BlockWidget
from wagtail.contrib.redirects.models import Redirect

Wrapper = Callable[..., Any]

# Raised by the conversion of rich text for content that Draftail does not make.
RichTextExportError: type[Exception] = ExporterException


def wrap_stream_reading(wrapper: Wrapper) -> None:
    """Wrap `value_from_datadict(self, data, files, name)`; the block is in `self.block_def`."""
    _wrap(BlockWidget, "value_from_datadict", wrapper)


def wrap_rich_text_reading(wrapper: Wrapper) -> None:
    """Wrap `value_from_datadict(self, data, files, name)` of the rich text editor."""
    _wrap(DraftailRichTextArea, "value_from_datadict", wrapper)


def wrap_rich_text_storing(wrapper: Wrapper) -> None:
    """Wrap `to_database_format(self, contentstate)`, which returns stored HTML for JSON."""
    _wrap(ContentstateConverter, "to_database_format", wrapper)


def wrap_page_link_loading(wrapper: Wrapper) -> None:
    """Wrap `get_attribute_data(self, attributes)`: the editor's data of a stored link to a page."""
    _wrap(PageLinkElementHandler, "get_attribute_data", wrapper)


def wrap_text_cleaning(wrapper: Wrapper) -> None:
    """Wrap `to_python(self, value)` of every text field of a form, blocks' included."""
    _wrap(CharField, "to_python", wrapper)


def wrap_redirect_paths(wrapper: Wrapper) -> None:
    """Wrap `Redirect.normalise_path(url, decode_unicode=True)`, which raises ValueError."""
    original = Redirect.normalise_path

    @wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return wrapper(original, *args, **kwargs)

    Redirect.normalise_path = staticmethod(wrapped)


def wrap_email_links(wrapper: Wrapper) -> None:
    """Wrap the reading of an address that the dialog for links to e-mail is opened with."""
    _wrap(EmailLinkView, "parse_email_link", wrapper)


def validate_field(app: str, model: str, name: str, validator: Callable[[Any], None]) -> None:
    """Add a validator to a field of a model of upstream, of which migrations know nothing."""
    apps.get_model(app, model)._meta.get_field(name).validators.append(validator)


def _wrap(owner: Any, name: str, wrapper: Wrapper) -> None:
    original = getattr(owner, name)

    @wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return wrapper(original, *args, **kwargs)

    setattr(owner, name, wrapped)
